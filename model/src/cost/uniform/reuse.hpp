// SPDX-License-Identifier: Apache-2.0
// How long data stays at each memory level, and how much of it: the reuse that a cut of the temporal loops gives.
//
// The temporal loops of a layer are cut into memory levels, per operand. A loop irrelevant to an operand at the bottom of
// a level belongs to the level below: the data is stationary there while it runs.
#pragma once

#include <array>
#include <cstdint>

#include "cost/layer/layer_facts.hpp"
#include "cost/layer/loop_cuts.hpp"

namespace plumbline::detail::uniform {

/// Indexed by array level: 0 is the MACs, i + 1 memory level i.
struct Reuse {
    std::array<std::int64_t, kMaxArrayLevels> elements{};        ///< that one unit holds, fractional unrolling rounded
    std::array<std::int64_t, kMaxArrayLevels> lane_elements{};   ///< the same with whole lanes
    std::array<std::int64_t, kMaxArrayLevels> cycles{};          ///< iterations for which it holds them
    std::array<std::int64_t, kMaxArrayLevels> top_relevant{};    ///< iterations of the outermost relevant loops
    std::array<std::int64_t, kMaxArrayLevels> top_irrelevant{};  ///< … and irrelevant ones
    std::array<bool, kMaxArrayLevels> partial{};  ///< output: sums are not finished when they reach this level
    std::int64_t iterations = 1;                  ///< of all temporal loops
};

/// Moves each cut up over irrelevant loops: what is stationary is not counted as replaced.
LoopCut stationary(const OperandFacts& facts, LoopCut cut);

/// \pre `cut` is stationary
Reuse analyse_reuse(const OperandFacts& facts, const LoopCut& cut);

}  // namespace plumbline::detail::uniform
