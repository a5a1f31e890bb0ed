// SPDX-License-Identifier: Apache-2.0
// Which links of a mapping that is built from the MACs outwards are cut for good?
#pragma once

#include <array>
#include <cstddef>

#include "cost/layer/layer_facts.hpp"

namespace plumbline::detail {

/// Cycles by the lower level of a link.
using LinkCycles = std::array<double, kMaxLevels>;

struct DecidedLinks {
    std::array<std::size_t, kMaxOperands> levels{};  ///< per operand: the link above level i is, for i below this
    std::array<bool, kMaxOperands> at_macs{};        ///< and for how many iterations the MACs keep what they read
    /// Cycles at least of the first fills (of the output: last drains) of the other links, one after the other.
    std::array<double, kMaxOperands> others{};

    /// Whether it is known what crosses the border of a level in this direction.
    bool knows(std::size_t operand, std::size_t level, Direction d) const
    {
        const bool down = d == Direction::read_down || d == Direction::write_from_down;
        if (!down) return level < levels[operand];
        return level == 0 ? at_macs[operand] : level - 1 < levels[operand];
    }
};

}  // namespace plumbline::detail
