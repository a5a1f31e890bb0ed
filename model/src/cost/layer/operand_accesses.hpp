// SPDX-License-Identifier: Apache-2.0
// What an estimator says of an operand's accesses: words, level by level. Energy follows from them in the same way for all.
#pragma once

#include <array>

#include "cost/layer/layer_facts.hpp"

namespace plumbline::detail {

/// Full-width words per level and direction, all instances of the memory together; may be fractions.
using OperandAccesses = std::array<PerDirection<double>, kMaxLevels>;

}  // namespace plumbline::detail
