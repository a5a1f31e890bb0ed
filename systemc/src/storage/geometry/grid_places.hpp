// SPDX-License-Identifier: Apache-2.0
// Which columns and rows of a stack's tile grid stand for all others?
//
// Tiles of one class behave alike, but the first and the last of neighbours that do have other neighbours.
#pragma once

#include <cstdint>
#include <vector>

#include "plumbline/schedule.hpp"

namespace plumbline::sim {

/// Columns from `from` on, ascending: the first three, the last, and of each range of columns that a class names the first two
/// and the last.
std::vector<std::int64_t> columns_that_differ(const Stack& stack, std::int64_t from = 0);
/// The same of rows.
std::vector<std::int64_t> rows_that_differ(const Stack& stack);

}  // namespace plumbline::sim
