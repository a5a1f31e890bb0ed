// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/loading_offloading.hpp"

#include "cost/layer/concurrent_transfers.hpp"

namespace plumbline::detail::refined {
namespace {

/// First blocks of one input, in the order in which they come down.
using FirstBlocks = std::array<PortTransfer, kMaxLevels>;

/// Of links from the MACs upwards. What keeps no port busy is not waited for.
RowProgress first_blocks(FirstBlocks& blocks, const BlockLink* begin, const BlockLink* end)
{
    PortTransfer* last = blocks.data();
    for (const BlockLink* link = end; link != begin; --link)
        if (link[-1].first_fill.slots() != 0) *last++ = link[-1].first_fill;
    return {blocks.data(), last};
}

}  // namespace

double loading(const BlockLinks& links)
{
    std::array<FirstBlocks, kMaxOperands> blocks;  // not initialised: this is done for each mapping of a search
    std::array<RowProgress, kMaxOperands> inputs;  // that of the output stays empty
    static_assert(kMaxOperands == 3, "an output and two inputs");
    for (std::size_t i = 1; i < kMaxOperands; ++i)
        inputs[i] = first_blocks(blocks[i], &links.link[0] + links.begin[i], &links.link[0] + links.begin[i + 1]);
    return cycles_side_by_side(inputs.data(), inputs.data() + inputs.size(), PortOrder::as_listed);
}

double offloading(const BlockLinks& links)
{
    double cycles = 0;
    for (std::size_t i = 0; i < links.begin[1]; ++i) cycles += links.link[i].last_drain.cycles();
    return cycles;
}

}  // namespace plumbline::detail::refined
