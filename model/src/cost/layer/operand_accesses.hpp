// SPDX-License-Identifier: Apache-2.0
// What an estimator says of an operand's accesses: words, level by level. Energy follows from them in the same way for all.
#pragma once

#include <array>

#include "cost/layer/layer_facts.hpp"

namespace plumbline::detail {

/// Full-width words per level and direction, all instances of the memory together; may be fractions.
using OperandAccesses = std::array<PerDirection<double>, kMaxLevels>;

/// Words that one loop outside of an input's block does not move, at both ends of the link that the block moves over.
struct StayingWords {
    double below = 0;  ///< written at the lower level; none at the MACs
    double above = 0;  ///< read at the upper one
};

}  // namespace plumbline::detail
