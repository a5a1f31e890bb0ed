// SPDX-License-Identifier: Apache-2.0
// The blocks of an operand at one memory level: how many granules all of them are, in how many instances and how often.
//
// Puts what dimension_blocks.hpp and window_blocks.hpp say of single dimensions together; input_traffic.hpp and
// output_traffic.hpp make words of it. Inline, since a search asks for each mapping.
#pragma once

#include "cost/refined/blocks/granule_sum.hpp"
#include "cost/refined/blocks/lanes.hpp"
#include "cost/refined/blocks/window_blocks.hpp"

namespace plumbline::detail::refined {

/// The blocks of an operand below a position in the sequence of loops, as the instances of one level see them.
class Blocks {
public:
    Blocks(const OperandFacts& facts, const OperandLanes& lanes, std::size_t level, const LoopSizes& steps)
        : facts_{facts},
          lanes_{lanes},
          level_{level},
          steps_{steps}
    {}

    BlockedDim along(LoopDim dim) const { return {lanes_.level[level_][dim], steps_[dim]}; }

    /// How often blocks of the same data come, and in how many instances.
    Rounds instance_rounds(const LoopSizes& steps) const
    {
        Rounds product;
        for (LoopDim dim : lanes_.irrelevant) product *= instance_rounds_along(lanes_.level[level_][dim], steps[dim]);
        return product;
    }
    Rounds instance_rounds() const { return instance_rounds(steps_); }
    /// The same for data that only one of the instances that share it gets.
    Rounds rounds() const
    {
        Rounds product;
        for (LoopDim dim : lanes_.irrelevant) product *= rounds_along(lanes_.level[level_][dim], steps_[dim]);
        return product;
    }

    GranuleSum sum() const
    {
        GranuleSum sum;
        add_relevant(sum);
        for (const SlidingAxis& axis : facts_.operand->sliding) add_axis(sum, axis);
        return sum;
    }

    /// Of full blocks only along sliding axis `only`, `times` in all.
    GranuleSum sum_of_full(const SlidingAxis& only, std::int64_t times) const
    {
        GranuleSum sum;
        add_relevant(sum);
        for (const SlidingAxis& axis : facts_.operand->sliding)
            &axis == &only ? add_full(sum, axis, times) : add_axis(sum, axis);
        return sum;
    }

    /// Of those blocks only along sliding axis `only` that stay when a loop advances.
    GranuleSum sum_of_staying(const SlidingAxis& only, const Advance& advance, bool positions_advance,
                              std::int64_t times) const
    {
        const PaddedAxis* const padded = padded_along(only);
        if (padded == nullptr) return sum_of_full(only, times);
        GranuleSum sum;
        add_relevant(sum);
        for (const SlidingAxis& axis : facts_.operand->sliding)
            &axis == &only ? sum.add_axis(padded->staying(advance, positions_advance).shares) : add_axis(sum, axis);
        return sum;
    }

private:
    /// Null where no window reaches beyond an edge, or is up-sampled.
    const PaddedAxis* padded_along(const SlidingAxis& axis) const
    {
        const std::vector<PaddedAxis>& padded = lanes_.padded[level_];
        return padded.empty() ? nullptr : &padded[static_cast<std::size_t>(&axis - facts_.operand->sliding.data())];
    }

    void add_relevant(GranuleSum& sum) const
    {
        for (LoopDim dim : lanes_.relevant) {
            const DimLanes& seen = lanes_.level[level_][dim];
            for (const DimShare& share : shares_along(seen, steps_[dim]))
                sum.add(share.steps * seen.inside + share.extra, share.count);
            sum.end_axis();
        }
    }

    void add_axis(GranuleSum& sum, const SlidingAxis& axis) const
    {
        if (const PaddedAxis* padded = padded_along(axis))
            return sum.add_axis(padded->blocks(steps_[axis.position], steps_[axis.window]).shares);
        const BlockedDim positions = along(axis.position);
        const BlockedDim offsets = along(axis.window);
        const DimShares offset_shares = shares_along(offsets.dim, offsets.steps);
        for (const DimShare& position : shares_along(positions.dim, positions.steps))
            for (const DimShare& offset : offset_shares)
                sum.add(features(axis, positions.dim, position, offsets.dim, offset), position.count * offset.count);
        sum.end_axis();
    }

    void add_full(GranuleSum& sum, const SlidingAxis& axis, std::int64_t times) const
    {
        const BlockedDim positions = along(axis.position);
        const BlockedDim offsets = along(axis.window);
        sum.add(features(axis, positions.dim, {positions.steps, 0, 1}, offsets.dim, {offsets.steps, 0, 1}),
                times * positions.dim.instances() * offsets.dim.instances());
        sum.end_axis();
    }

    const OperandFacts& facts_;
    const OperandLanes& lanes_;
    std::size_t level_;
    const LoopSizes& steps_;
};

inline Rounding rounding_at(const LevelFacts& level, Direction direction, std::int64_t precision)
{
    return {static_cast<double>(precision), static_cast<double>(level.granule[direction])};
}

inline double words_at(const LevelFacts& level, Direction direction, double granules)
{
    return granules * static_cast<double>(level.granule[direction]) / static_cast<double>(level.width[direction]);
}

}  // namespace plumbline::detail::refined
