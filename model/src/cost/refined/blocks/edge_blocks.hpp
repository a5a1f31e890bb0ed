// SPDX-License-Identifier: Apache-2.0
// Which sizes have two blocks that follow each other, where the last ones along a dimension are smaller?
//
// When a loop advances, the loops inside it start again. So along a dimension with loops inside, the block before may be the
// one at the edge, and the block after is a full one. Along the dimension that advances it is the other way round, and
// along one whose loops are all outside both are full or both at the edge. Counting takes a few divisions a dimension.
//
//     EdgeBlocks blocks{layer.sizes, lanes.level[0], cut, link.advance};
//     blocks.for_each_change([](EdgeSet before, EdgeSet after, double share) { … });
#pragma once

#include "cost/layer/loop_cuts.hpp"
#include "cost/refined/blocks/dimension_blocks.hpp"

namespace plumbline::detail::refined {

/// Dimensions along which a block is at the edge: bit i stands for the i-th one that has an edge.
using EdgeSet = unsigned;

/// The blocks of the loops below a position, and all changes from one to the next.
class EdgeBlocks {
public:
    static constexpr std::size_t kMostSets = std::size_t{1} << kLoopDims;

    /// \param position of the loop whose advance changes the block. \pre `cut` outlives it
    EdgeBlocks(const LoopSizes& tile, const PerLoopDim<DimLanes>& lanes, const LoopCut& cut, std::size_t position);

    /// 1 where all blocks are alike.
    std::size_t sets() const { return std::size_t{1} << count_; }
    /// Temporal steps of a full block.
    const LoopSizes& steps() const { return steps_; }
    /// Indices along each dimension of a block at these edges.
    LoopSizes sizes(EdgeSet edges) const;

    /// Calls visit(before, after, share of all changes).
    template <class Visit>
    void for_each_change(Visit visit) const
    {
        for_each_advance(cut_, position_, [&](std::size_t i, double share) { for_each_change_at(i, share, visit); });
    }

    /// The same for the changes when the loop at `advancing` does. \param share_of_loop of all changes
    template <class Visit>
    void for_each_change_at(std::size_t advancing, double share_of_loop, Visit&& visit) const
    {
        std::array<AtEdge, kLoopDims> along;
        for (std::size_t i = 0; i < count_; ++i) along[i] = at_edge(dim_[i], advancing);
        for (EdgeSet some = 0; some < sets(); ++some) {
            EdgeSet before = 0;
            EdgeSet after = 0;
            double share = share_of_loop;
            for (std::size_t i = 0; i < count_; ++i) {
                const EdgeSet bit = some & EdgeSet{1} << i;
                share *= bit != 0 ? along[i].share : 1 - along[i].share;
                if (along[i].before) before |= bit;
                if (along[i].after) after |= bit;
            }
            if (share > 0) visit(before, after, share);
        }
    }

private:
    /// Along one dimension, of changes when one loop advances: the share in which blocks at an edge take part.
    struct AtEdge {
        bool before;
        bool after;
        double share;
    };
    AtEdge at_edge(LoopDim dim, std::size_t advancing) const;

    const LoopCut& cut_;
    std::size_t position_;
    LoopSizes steps_ = kUnitLoopSizes;
    LoopSizes full_ = kUnitLoopSizes;
    LoopSizes edge_ = kUnitLoopSizes;
    std::array<LoopDim, kLoopDims> dim_{};
    std::size_t count_ = 0;
};

}  // namespace plumbline::detail::refined
