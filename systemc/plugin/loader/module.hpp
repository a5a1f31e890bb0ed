// SPDX-License-Identifier: Apache-2.0
// Loads what the plugin is made of: libplumbline_sc_module.so, which lies beside it and binds to the program's SystemC.
//
// Nothing of it is loaded before the SystemC of the program is known to be that which it was built for.
#pragma once

#include <string>

#include "plumbline_sc.h"

namespace plumbline::plugin {

struct Module {
    /// NULL: the plugin does not fit this program.
    const plumbline_sc_functions* functions = nullptr;
    /// Why, and what to do about it.
    std::string refusal;
};

Module load_module();

}  // namespace plumbline::plugin
