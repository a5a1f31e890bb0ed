// SPDX-License-Identifier: Apache-2.0
// How long does the MAC array wait when a loop advances and blocks change?
//
// A change costs what its transfers take beyond the iterations that hide them: one after the other along the levels of an
// operand, side by side otherwise, sharing ports with each other and with what goes on in smaller blocks meanwhile.
// model/docs/refined_latency.md derives it.
#pragma once

#include "cost/refined/edge_stall.hpp"

namespace plumbline::detail::refined {

/// What a loop's advance adds to a run, as in LoopTime. Not initialised.
struct BlockChange {
    double stall;      ///< cycles
    PerPort busy;      ///< slots
    PerPort critical;  ///< of these, that delay the run when they are late
};

/// When the loop at `position` advances.
/// \param times by position. \pre those up to `position` are known
/// \param edges none: all blocks are alike
/// \param absent links without a fill
void change_blocks(BlockChange& change, const BlockLinks& links, const LoopTime* times, int ports, std::size_t position,
                   SumsThat sums, EdgeStalls* edges = nullptr, const LinkSet& absent = {});

}  // namespace plumbline::detail::refined
