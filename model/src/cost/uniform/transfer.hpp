// SPDX-License-Identifier: Apache-2.0
// What crosses each memory's border: how much at a time, how often, and within which window.
//
// Derived from reuse: when the data at a level is replaced, it moves once per period of the loops below. Partial sums
// move both ways and are wider than finished outputs. Nothing crosses the border of the highest level in use.
#pragma once

#include <array>
#include <cstdint>

#include "cost/layer/layer_facts.hpp"
#include "cost/uniform/reuse.hpp"

namespace plumbline::detail::uniform {

struct Transfer {
    std::int64_t elements = 0;       ///< per period; fractional unrolling rounded
    std::int64_t lane_elements = 0;  ///< per period, whole lanes
    std::int64_t precision = 0;      ///< bits per element
    std::int64_t period = 0;         ///< cycles
    std::int64_t periods = 0;        ///< in the whole layer; 0: never moves
    std::int64_t window = 0;         ///< cycles of a period in which it may move without double buffering
};

using Transfers = std::array<PerDirection<Transfer>, kMaxLevels>;

Transfers transfers_of(const OperandFacts& facts, const Reuse& reuse);

/// Of one order of loops.
struct MappedOperand {
    Reuse reuse;
    Transfers transfers;
};

/// Output first.
using MappedOperands = std::array<MappedOperand, kMaxOperands>;

MappedOperands map_operands(const LayerFacts& layer, const LoopCuts& cuts);

}  // namespace plumbline::detail::uniform
