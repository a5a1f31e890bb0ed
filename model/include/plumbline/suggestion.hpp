// SPDX-License-Identifier: Apache-2.0
// Which name was meant where one is not known?
//
// Whoever refuses a name ends the sentence with what this file says: the known name that is nearest to it by edit distance, or
// all that are known. Keys of files, built-in descriptions, layers, commands and flags are refused alike.
//
//     throw InputError{"--workload", '\'' + name + "' is not built in" + suggestion(name, names)};
#pragma once

#include <string>
#include <string_view>
#include <vector>

#pragma GCC visibility push(default)
namespace plumbline {

/// The candidate that begins with `name`, or that fewest insertions, deletions and replacements of a character lead to (no more
/// than half of the characters of `name`, or 2); of equals the first. Empty where none is as near.
std::string_view nearest_name(std::string_view name, const std::vector<std::string_view>& candidates);

/// ", did you mean 'served_dimensions'?" for the nearest candidate, or ", expected one of …" with all where none is near.
std::string suggestion(std::string_view name, const std::vector<std::string_view>& candidates);

/// Views of names, which must outlive them.
inline std::vector<std::string_view> views_of(const std::vector<std::string>& names)
{
    return {names.begin(), names.end()};
}

}  // namespace plumbline
#pragma GCC visibility pop
