// SPDX-License-Identifier: Apache-2.0
// Is a text JSON that can be taken apart without harm?
//
// A parser takes what it gets: lists nested a hundred thousand deep, which break whoever walks through them, and objects with
// one key twice, of which one value is lost. All readers of JSON ask here first.
//
//     check_json(line, {"runs.store", 7, {}});
#pragma once

#include <string_view>
#include <vector>

#include "plumbline/error.hpp"

#pragma GCC visibility push(default)
namespace plumbline::io {

/// \param where file and line of the text's beginning
/// \return lines on which the elements begin where the text is a list
/// \throws InputError with file and line unless the text is JSON with limited depth, each key once in its object
std::vector<int> check_json(std::string_view text, const SourceLocation& where);

}  // namespace plumbline::io
#pragma GCC visibility pop
