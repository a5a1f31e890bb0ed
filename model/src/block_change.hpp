// SPDX-License-Identifier: Apache-2.0
// How long does the MAC array wait when a loop advances and blocks change?
//
// A change costs what its transfers take beyond the iterations that hide them: one after the other along the levels of an
// operand, side by side otherwise, sharing ports with each other and with what goes on in smaller blocks meanwhile.
// model/README.md derives it.
#pragma once

#include "block_links.hpp"

namespace plumbline::detail {

/// A run of the loops below a position, without the change of blocks at its end. Not initialised.
struct Pace {
    double cycles;
    PerPort busy;      ///< slots
    PerPort critical;  ///< of these, that delay the run when they are late
};

/// Of outputs: which round of the reduction ends, and which begins.
struct SumsThat {
    bool come = false;       ///< partial sums are brought for the next visit
    bool are_final = false;  ///< those of the last one leave
};

struct BlockChange {
    double stall;
    PerPort busy;
    PerPort critical;
};

/// When the loop at `position` advances.
/// \pre paces up to `position` are known
void change_blocks(BlockChange& change, const BlockLinks& links, const Pace* paces, int ports, std::size_t position,
                   SumsThat sums);

}  // namespace plumbline::detail
