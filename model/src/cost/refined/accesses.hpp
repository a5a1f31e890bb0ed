// SPDX-License-Identifier: Apache-2.0
// Words that a mapped layer moves, counted on whole lanes: full blocks and edges by themselves, as a machine moves them.
//
// The counterpart of accesses.hpp, which averages. model/docs/refined_accesses.md derives it.
//
//     auto words = lane_accesses(model.operand[0], lanes.operand[0], cuts[0])[level][Direction::read_up];
#pragma once

#include "cost/refined/lanes.hpp"
#include "cost/refined/output_traffic.hpp"
#include "cost/uniform/reuse.hpp"

namespace plumbline::detail {

/// What a machine does, or less of it, to see what it makes of the whole (access_chain.hpp).
struct LaneCounting {
    bool windows_stay = true;  ///< inputs that are there already do not move
    SumMoves sums = SumMoves::exact;
    /// Per array level: sums that reach it are partial. Asked for where sums are not exact.
    std::array<bool, kMaxArrayLevels> partial{};
};

/// Words at each level, all instances together. Allocates only where a memory is replicated along a sliding axis.
OperandAccesses lane_accesses(const OperandFacts& facts, const OperandLanes& lanes, const LoopCut& cut);
OperandAccesses lane_accesses(const OperandFacts& facts, const OperandLanes& lanes, const LoopCut& cut,
                              const LaneCounting& counting);

/// Words between the MACs and level 0.
PerDirection<double> mac_accesses(const OperandFacts& facts, const OperandLanes& lanes,
                                  const LaneCounting& counting = {});

}  // namespace plumbline::detail
