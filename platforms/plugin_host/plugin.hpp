// SPDX-License-Identifier: Apache-2.0
// Loads the plugin, or refuses it where its sockets would not fit this program.
#pragma once

#include <stdexcept>
#include <string>

#include <dlfcn.h>
#include <systemc>

#include <plumbline_sc.h>

/// \throws std::runtime_error naming what does not fit
inline const plumbline_sc_functions& load_plugin(const std::string& path)
{
    void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw std::runtime_error(dlerror());
    auto* entry = reinterpret_cast<plumbline_sc_entry*>(dlsym(library, PLUMBLINE_SC_ENTRY));
    const plumbline_sc_functions* functions = entry == nullptr ? nullptr : entry(PLUMBLINE_SC_VERSION);
    if (functions == nullptr) throw std::runtime_error(path + ": serves no hosts of this version");
    const std::string kernel = functions->systemc_version;
    if (kernel != SC_VERSION || functions->systemc_cplusplus != SC_CPLUSPLUS || functions->bus_width != 32)
        throw std::runtime_error(path + ": was built for SystemC " + kernel + " of C++ " +
                                 std::to_string(functions->systemc_cplusplus) + ", this program for " + SC_VERSION +
                                 " of C++ " + std::to_string(SC_CPLUSPLUS));
    return *functions;
}
