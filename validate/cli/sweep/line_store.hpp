// SPDX-License-Identifier: Apache-2.0
// Stores of `plumbline explore` as they were before SQLite: a header and a line of JSON for each point. They are read, to be
// merged into a store of today, and not written any more.
#pragma once

#include <functional>
#include <string>

#include "sweep/explore_store.hpp"

namespace plumbline::cli {

/// Whether a file begins like one.
bool is_line_store(const std::string& path);

/// What its points depend on. \throws InputError naming the line
ExploreInputs inputs_of_line_store(const std::string& path);

/// Adds all its points to a store of the same inputs. A line that was cut off at its end is left out.
/// \throws InputError naming the line; nothing is added then
void add_line_store(ExploreStore& store, const std::string& path);

}  // namespace plumbline::cli
