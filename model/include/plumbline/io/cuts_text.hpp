// SPDX-License-Identifier: Apache-2.0
// Cuts as people write them: where stacks end, in one word or as a list of layers.
//
//     parse_cuts("auto", fsrcnn, "--cuts");                      // where weights overflow
//     parse_cuts("3,Conv_7", fsrcnn, "--cuts");                  // after these two layers, by id or by name
//     parse_cut_alternatives("auto;none;3,7", fsrcnn, "--cuts")  // three ways to cut
//     to_text({Cuts::Kind::given, {3, 7}});                      // "3,7"
#pragma once

#include <string>
#include <vector>

#include "plumbline/plan.hpp"

#pragma GCC visibility push(default)
namespace plumbline::io {

/// "auto", "none", "each", or layers by id or name, separated by commas. \throws InputError of `field`
Cuts parse_cuts(const std::string& text, const Workload& workload, const std::string& field);
/// Alternatives between semicolons; a keyword between commas is one of its own ("auto,none,3,7" are three). At least one.
/// \throws InputError of `field`
std::vector<Cuts> parse_cut_alternatives(const std::string& text, const Workload& workload, const std::string& field);

/// "auto", "none", "each", or the layers by id: "3,7".
std::string to_text(const Cuts& cuts);

}  // namespace plumbline::io
#pragma GCC visibility pop
