// SPDX-License-Identifier: Apache-2.0
// Which transfers belong to a change of blocks, when do they begin, and how long do they take beside each other?
//
// Fills of a level with space for one block begin in the last pass of a visit, all else at the change. Those that begin at
// the same time take turns at their ports; so do those that begin at the change and what is left of earlier ones.
#pragma once

#include "cost/refined/links.hpp"

namespace plumbline::detail::refined {

/// A transfer of a change.
struct BlockTransfer {
    const BlockLink* link;
    const PortTransfer* ports;
    bool fill;
    bool before;         ///< has to be over when the next visit begins; else, when its first pass (or it) ends
    bool leads;          ///< waits for no other transfer of the change
    std::size_t anchor;  ///< begins when so many of the last iterations are left, or at the change
    double cycles;       ///< with those that it meets
    double begin;        ///< after the last iteration, as far as transfers of the same operand decide

    bool at_change() const;
    double moves_from() const { return begin + ports->latency; }
    double end() const { return begin + cycles; }
};

struct BlockTransfers {
    std::array<BlockTransfer, 2 * kMaxOperands * kMaxLevels> transfer;
    std::size_t count = 0;

    void add(const BlockTransfer& each) { transfer[count++] = each; }
    BlockTransfer* begin() { return transfer.data(); }
    BlockTransfer* end() { return transfer.data() + count; }
    const BlockTransfer* begin() const { return transfer.data(); }
    const BlockTransfer* end() const { return transfer.data() + count; }
};

/// Those of all operands when the loop at `position` advances, operand by operand: fills from the top downwards, then
/// drains upwards. With the cycles that they take beside others that begin at the same time.
/// \param absent of which there is no fill
void find_transfers(BlockTransfers& transfers, const BlockLinks& links, std::size_t position, SumsThat sums,
                    const LinkSet& absent);

/// Whether two transfers slow each other down where they move at once.
bool collide(const PortTransfer& a, const PortTransfer& b);

/// Adds what transfers that begin at the change and those that are still under way take of each other. False where there
/// is nothing to add.
/// \pre `begin` is known
bool meet_at_change(BlockTransfers& transfers);

}  // namespace plumbline::detail::refined
