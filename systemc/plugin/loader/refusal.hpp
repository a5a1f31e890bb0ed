// SPDX-License-Identifier: Apache-2.0
// What a program gets that the plugin does not fit: a table like any other, of functions that say why.
//
// Versions in it are those of the plugin. Configurations are made, so that there is one to ask for the error; whatever is
// done with them fails, and no instance comes of them.
#pragma once

#include <string>

#include "plumbline_sc.h"

namespace plumbline::plugin {

/// \param reason what error() says of configurations made from now on
const plumbline_sc_functions& refusing_functions(const std::string& reason);

}  // namespace plumbline::plugin
