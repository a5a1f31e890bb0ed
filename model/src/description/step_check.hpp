// SPDX-License-Identifier: Apache-2.0
// Do the regions of a stack leave out columns and rows that its layers read?
#pragma once

#include <string>

#include "plumbline/schedule.hpp"

namespace plumbline {

/// \pre layers, producers and inputs exist
/// \throws InputError where a `row_step` or `column_step` does not divide what readers step over, differs between regions of
/// one map, or is of a map that the stack makes
void check_steps(const Stack& stack, const Workload& workload, const std::string& field);

}  // namespace plumbline
