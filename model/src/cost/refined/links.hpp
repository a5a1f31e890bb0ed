// SPDX-License-Identifier: Apache-2.0
// What moves between neighbouring memory levels of a mapped layer, when, and how long it takes alone.
//
// A link is an operand between a level and the one above. Its block lasts for a visit: all iterations until a loop outside
// advances that the operand depends on. Within a visit the block is walked through in passes. A level with space for two
// blocks fills one while the other is in use; with space for one, the next block comes in while the last pass frees it,
// and an old one leaves while the first pass of the next overwrites it.
//
// Positions count loops from the innermost: position p stands for the iterations of the p innermost loops.
#pragma once

#include <bitset>

#include "cost/layer/concurrent_transfers.hpp"
#include "cost/layer/loop_cuts.hpp"
#include "cost/refined/model.hpp"

namespace plumbline::detail::refined {

// Nothing here is initialised by itself: links are made for each mapping of a search.

struct BlockLink {
    std::size_t operand;
    std::size_t level;  ///< the lower one
    bool output;
    std::size_t advance;  ///< position whose iterations are a visit
    std::size_t pass;     ///< and a pass
    bool one_block;       ///< the lower level has no space for a second
    double both_blocks;   ///< bits that its memory has to have for one, beside all that comes before it
    bool late;            ///< … and a visit has several passes, so that fills wait for the last one
    double empty;         ///< part of the blocks of an input of which there is nothing: no fill
    PortTransfer fill;    ///< on average, of those that come
    PortTransfer drain_partial;
    PortTransfer drain_final;
    PortTransfer first_fill;
    PortTransfer last_drain;
    PortUse
        begin_reads;  ///< of the MACs in an iteration, on average, of a block that stays there: as its visit begins, and no more
    double least;  ///< slots of the smallest block, with all sums of an output partial
    double most;   ///< and of a full one

    /// Position whose iterations hide a transfer, before the change of blocks or after it.
    std::size_t window() const { return one_block ? pass : advance; }
};

/// Some of the links of a layer, by their places in BlockLinks.
using LinkSet = std::bitset<kMaxOperands * kMaxLevels>;

/// Links of all operands, output first, each from the MACs upwards.
struct BlockLinks {
    std::array<BlockLink, kMaxOperands * kMaxLevels> link;
    std::size_t count = 0;
    std::array<std::size_t, kMaxOperands + 1> begin{};  ///< of each operand
    PortUse sums{kNoPort, 0};                           ///< Lanes::sums
    std::size_t first_sums = 0;       ///< position whose iterations begin a sum each: there the MACs read none
    const LoopTime* first = nullptr;  ///< such an iteration; none: as all are

    BlockLink& add() { return link[count++]; }
};

/// \pre the cuts are those of `model`
BlockLinks block_links(const Model& model, const LoopCuts& cuts);
/// Of one operand, without what depends on others: whether there is space for two blocks.
BlockLinks block_links(const Model& model, const LoopCut& cut, std::size_t operand);

}  // namespace plumbline::detail::refined
