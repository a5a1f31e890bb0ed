// SPDX-License-Identifier: Apache-2.0
// How many features do blocks of window positions and offsets need where some lie beyond the edges of the map?
//
// Blocks inside the map need as many as window_blocks.hpp says. Those at an edge need less, each in its own way, and so do blocks
// of an up-sampled map, which begin anywhere within an element; here they are looked at one by one. A search asks for the same blocks again and again, from several threads, so answers are kept.
//
//     PaddedAxis axis{sliding, {1, 1}, positions, offsets};  // one feature beyond each edge
//     axis.blocks(4, 3).shares;                              // {5 features, 2 blocks}, …
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <tuple>
#include <vector>

#include "cost/refined/blocks/granule_sum.hpp"
#include "cost/refined/blocks/window_blocks.hpp"
#include "plumbline/mapping.hpp"

namespace plumbline::detail::refined {

/// Features of blocks, in all instances.
struct PaddedBlocks {
    std::vector<GranuleSum::Share> shares;  ///< by how many features an instance holds; empty ones left out
    /// Blocks by the features of the instance with most of them, largest first, empty ones too; a few sizes, of which each may
    /// stand for several. Counts are parts of all blocks.
    std::vector<GranuleSum::Share> sizes;
    /// Features of the instance with most of each block: blocks of offsets within blocks of positions.
    std::vector<std::int64_t> largest;
    std::size_t offset_blocks = 0;

    /// \pre there is such a block
    std::int64_t largest_of(std::size_t position_block, std::size_t offset_block) const
    {
        return largest[position_block * offset_blocks + offset_block];
    }
    std::int64_t most() const { return sizes.empty() ? 0 : static_cast<std::int64_t>(sizes.front().elements); }
};

/// One sliding axis, as the instances of one memory level see it.
class PaddedAxis {
public:
    PaddedAxis(const SlidingAxis& axis, AxisPadding padding, const DimLanes& positions, const DimLanes& offsets);

    /// All blocks of so many steps along positions and along offsets.
    const PaddedBlocks& blocks(std::int64_t position_steps, std::int64_t offset_steps) const;
    /// Of the advances that `stays` counts (window_blocks.hpp), the blocks that stay.
    const PaddedBlocks& staying(const Advance& advance, bool positions_advance) const;

private:
    /// Indices of one block in one instance.
    struct Part {
        DimShare share;
        std::int64_t first;
    };
    /// One for each instance that holds some of the block.
    using Parts = std::vector<Part>;
    using Key = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t, bool>;
    struct Known {
        std::mutex mutex;
        std::map<Key, std::unique_ptr<const PaddedBlocks>> blocks;
    };

    template <class Find>
    const PaddedBlocks& once(const Key& key, Find find) const;
    static Parts parts(const DimLanes& dim, std::int64_t first_step, std::int64_t steps);
    PaddedBlocks count(const std::vector<Parts>& positions, const std::vector<Parts>& offsets) const;
    std::int64_t features_between(const Part& position, const Part& offset) const;
    std::int64_t marked_between(const Part& position, const Part& offset) const;

    SlidingAxis axis_;
    DimLanes positions_;
    DimLanes offsets_;
    std::int64_t begin_;  ///< of the map, counted from the first position that the first window reaches
    std::int64_t end_;
    std::int64_t phase_;  ///< AxisPadding::phase
    std::shared_ptr<Known> known_ = std::make_shared<Known>();
};

}  // namespace plumbline::detail::refined
