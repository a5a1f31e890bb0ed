// SPDX-License-Identifier: Apache-2.0
// A drawing in the language of Graphviz, laid out by its program `dot` where that is installed.
#pragma once

#include <string>

namespace plumbline::cli {

/// \return SVG \param flag that asked for it, named in errors
/// \throws InputError where the program is missing or fails
std::string drawn_by_graphviz(const std::string& dot, const std::string& flag);

}  // namespace plumbline::cli
