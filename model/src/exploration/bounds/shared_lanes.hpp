// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plumbline/mapping.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::detail {

/// Lanes of the array at most that share an element of an operand in an iteration.
double most_lanes_sharing(const Operand& operand, const MappingRule& rule);

}  // namespace plumbline::detail
