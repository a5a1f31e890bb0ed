// SPDX-License-Identifier: Apache-2.0
// Words that a mapped layer moves, counted on whole lanes: full blocks and edges by themselves, as a machine moves them.
//
// Closed-form: its time does not depend on the number of iterations or blocks. model/docs/refined_accesses.md derives it.
//
//     auto words = accesses(layer.operand[0], lanes.operand[0], cuts[0])[level][Direction::read_up];
#pragma once

#include "cost/layer/loop_cuts.hpp"
#include "cost/layer/operand_accesses.hpp"
#include "cost/refined/blocks/lanes.hpp"
#include "cost/refined/output_traffic.hpp"

namespace plumbline::detail::refined {

/// What a machine does, or less of it, to see what it makes of the whole (assumption_chain.hpp).
struct Counting {
    bool windows_stay = true;  ///< inputs that are there already do not move
    SumMoves sums = SumMoves::exact;
    /// Per array level: sums that reach it are partial. Asked for where sums are not exact.
    std::array<bool, kMaxArrayLevels> partial{};
};

/// Allocates only where a memory is replicated along a sliding axis.
OperandAccesses accesses(const OperandFacts& facts, const OperandLanes& lanes, const LoopCut& cut);
OperandAccesses accesses(const OperandFacts& facts, const OperandLanes& lanes, const LoopCut& cut,
                         const Counting& counting);

/// \param above level at the upper end: 0 for blocks of one iteration at the MACs
/// \param block iterations of the block \param steps below the loop, which runs along a sliding axis of the operand
StayingWords staying_words(const OperandFacts& facts, const OperandLanes& lanes, std::size_t above,
                           const LoopSizes& block, const LoopSizes& steps, const TemporalLoop& loop);

/// Words between the MACs and level 0, in every iteration. \pre the operand is not kept there
PerDirection<double> mac_accesses(const OperandFacts& facts, const OperandLanes& lanes, const Counting& counting = {});

}  // namespace plumbline::detail::refined
