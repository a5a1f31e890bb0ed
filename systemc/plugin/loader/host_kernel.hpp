// SPDX-License-Identifier: Apache-2.0
// Which SystemC runs the program that loaded the plugin?
//
// The dynamic linker is asked for the functions that say so, before anything of the plugin is bound to them: a library that
// needs symbols of another SystemC cannot be loaded, and one of the same that lies hidden in the program is not shared.
#pragma once

#include <optional>
#include <string>

namespace plumbline::plugin {

struct HostKernel {
    /// As SC_VERSION, such as "2.3.4-Accellera".
    std::string release;
    /// The C++ standard that it was built with, as SC_CPLUSPLUS; 0: it says none of those that are known.
    long cplusplus = 0;
    /// The library that has it, where that was loaded for a few alone (RTLD_LOCAL); empty where all see it.
    std::string library;
};

/// None: no file of the program shows one.
std::optional<HostKernel> find_host_kernel();

/// Lets libraries that are loaded from now on bind to it.
void show_to_all(const HostKernel& kernel);

}  // namespace plumbline::plugin
