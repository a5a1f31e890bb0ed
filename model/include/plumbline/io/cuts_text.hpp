// SPDX-License-Identifier: Apache-2.0
// Cuts as people write them: where stacks end, in one word or as a list of layers.
//
//     parse_cuts("auto", fsrcnn, "--cuts");        // where weights overflow
//     parse_cuts("3,Conv_7", fsrcnn, "--cuts");    // after these two layers, by id or by name
#pragma once

#include <string>

#include "plumbline/plan.hpp"

#pragma GCC visibility push(default)
namespace plumbline::io {

/// "auto", "none", "each", or layers by id or name, separated by commas. \throws InputError of `field`
Cuts parse_cuts(const std::string& text, const Workload& workload, const std::string& field);

}  // namespace plumbline::io
#pragma GCC visibility pop
