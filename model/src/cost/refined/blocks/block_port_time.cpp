// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/blocks/block_port_time.hpp"

#include <algorithm>

#include "cost/refined/blocks/window_blocks.hpp"

namespace plumbline::detail::refined {
namespace {

/// What the instance with most of a block has of it, for full blocks and for the one at the edge.
struct LargestShares {
    std::array<DimShare, 2> share;
    std::size_t count = 0;
    double blocks = 0;

    double fraction(std::size_t i) const { return static_cast<double>(share[i].count) / blocks; }
};

LargestShares largest_shares(const DimLanes& dim, std::int64_t steps)
{
    LargestShares shares;
    const std::int64_t block = steps * dim.lanes;
    const std::int64_t full = dim.size / block;
    const std::int64_t rest = dim.size - full * block;
    if (full > 0) shares.share[shares.count++] = {steps, 0, full};
    if (rest > 0) {
        const std::int64_t whole = rest / dim.lanes;
        const std::int64_t busy = rest - whole * dim.lanes;
        const bool filled = busy >= dim.inside;
        shares.share[shares.count++] = {filled ? whole + 1 : whole, filled ? 0 : busy, 1};
    }
    shares.blocks = static_cast<double>(full + (rest > 0 ? 1 : 0));
    return shares;
}

}  // namespace

BlockPortTime::BlockPortTime(const OperandFacts& facts, const OperandLanes& lanes, std::size_t level,
                             const LoopSizes& steps)
{
    add_dimensions(facts, lanes, level, steps, [&](LoopDim dim) -> const DimLanes& { return lanes.level[level][dim]; });
}

BlockPortTime::BlockPortTime(const OperandFacts& facts, const OperandLanes& lanes, std::size_t level,
                             const LoopSizes& steps, const LoopSizes& sizes)
{
    add_dimensions(facts, lanes, level, steps, [&](LoopDim dim) {
        const DimLanes& all = lanes.level[level][dim];
        return DimLanes{sizes[dim], all.lanes, all.inside};
    });
}

template <class LanesAlong>
void BlockPortTime::add_dimensions(const OperandFacts& facts, const OperandLanes& lanes, std::size_t level,
                                   const LoopSizes& steps, const LanesAlong& lanes_along)
{
    sizes_[0] = {1, 1};
    std::array<Size, 4> along;
    for (LoopDim dim : lanes.relevant) {
        const DimLanes& seen = lanes_along(dim);
        const LargestShares shares = largest_shares(seen, steps[dim]);
        for (std::size_t i = 0; i < shares.count; ++i)
            along[i] = {static_cast<double>(shares.share[i].steps * seen.inside + shares.share[i].extra),
                        shares.fraction(i)};
        multiply(along.data(), shares.count);
    }
    const double relevant = sizes_[0].elements;
    most_ = begin_ = 1;
    for (std::size_t along_axis = 0; along_axis < facts.operand->sliding.size(); ++along_axis) {
        const SlidingAxis& axis = facts.operand->sliding[along_axis];
        if (!lanes.padded[level].empty()) {
            const PaddedBlocks& blocks =
                lanes.padded[level][along_axis].blocks(steps[axis.position], steps[axis.window]);
            std::size_t sizes = 0;
            for (const GranuleSum::Share& size : blocks.sizes) along[sizes++] = {size.elements, size.count};
            most_ *= static_cast<double>(blocks.most());
            begin_ *= static_cast<double>(blocks.largest_of(0, 0));
            multiply(along.data(), sizes);
            continue;
        }
        const DimLanes& positions = lanes_along(axis.position);
        const DimLanes& offsets = lanes_along(axis.window);
        const LargestShares there = largest_shares(positions, steps[axis.position]);
        const LargestShares within = largest_shares(offsets, steps[axis.window]);
        std::size_t count = 0;
        for (std::size_t i = 0; i < there.count; ++i)
            for (std::size_t j = 0; j < within.count; ++j)
                along[count++] = {
                    static_cast<double>(features(axis, positions, there.share[i], offsets, within.share[j])),
                    there.fraction(i) * within.fraction(j)};
        most_ *= along[0].elements;
        begin_ *= along[0].elements;
        multiply(along.data(), count);
    }
    most_ *= relevant;
    begin_ *= relevant;
}

void BlockPortTime::multiply(const Size* sizes, std::size_t count)
{
    for (std::size_t i = count; i-- > 0;)
        for (std::size_t j = 0; j < count_; ++j)
            sizes_[i * count_ + j] = {sizes_[j].elements * sizes[i].elements, sizes_[j].share * sizes[i].share};
    count_ *= count;
}

double BlockPortTime::empty_share() const
{
    double share = 0;
    for (std::size_t i = 0; i < count_; ++i)
        if (sizes_[i].elements == 0) share += sizes_[i].share;
    return share;
}

double BlockPortTime::mean_pieces(const Rounding& rounding) const
{
    if (rounding.granule == 0) return 0;
    double mean = 0;
    for (std::size_t i = 0; i < count_; ++i) mean += sizes_[i].share * rounding.granules(sizes_[i].elements);
    return mean;
}

}  // namespace plumbline::detail::refined
