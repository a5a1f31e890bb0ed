// SPDX-License-Identifier: Apache-2.0
#include "lane_accesses.hpp"

#include "feature_blocks.hpp"
#include "share_sum.hpp"

namespace plumbline::detail {
namespace {

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

    ShareSum sum() const
    {
        ShareSum sum = relevant();
        for (const SlidingAxis& axis : facts_.operand->sliding) sum.add(shares(axis));
        return sum;
    }

    /// Of full blocks only along sliding axis `only`, `times` in all.
    ShareSum sum_of_full(const SlidingAxis& only, std::int64_t times) const
    {
        ShareSum sum = relevant();
        for (const SlidingAxis& axis : facts_.operand->sliding)
            sum.add(&axis == &only ? full_shares(axis, times) : shares(axis));
        return sum;
    }

    Rounding rounding(Direction direction, std::int64_t precision) const
    {
        return {static_cast<double>(precision), static_cast<double>(facts_.level[level_].granule[direction])};
    }

    double words(Direction direction, double granules) const
    {
        const LevelFacts& here = facts_.level[level_];
        return granules * static_cast<double>(here.granule[direction]) / static_cast<double>(here.width[direction]);
    }

private:
    ShareSum relevant() const
    {
        ShareSum sum;
        for (LoopDim dim : lanes_.relevant) {
            const DimLanes& seen = lanes_.level[level_][dim];
            Shares shares;
            for (const DimShare& share : shares_along(seen, steps_[dim]))
                shares.add(share.steps * seen.inside + share.extra, share.count);
            sum.add(shares);
        }
        return sum;
    }

    Shares shares(const SlidingAxis& axis) const
    {
        const BlockedDim positions = along(axis.position);
        const BlockedDim offsets = along(axis.window);
        const DimShares offset_shares = shares_along(offsets.dim, offsets.steps);
        Shares shares;
        for (const DimShare& position : shares_along(positions.dim, positions.steps))
            for (const DimShare& offset : offset_shares)
                shares.add(features(axis, positions.dim, position, offsets.dim, offset), position.count * offset.count);
        return shares;
    }

    Shares full_shares(const SlidingAxis& axis, std::int64_t times) const
    {
        const BlockedDim positions = along(axis.position);
        const BlockedDim offsets = along(axis.window);
        Shares shares;
        shares.add(features(axis, positions.dim, {positions.steps, 0, 1}, offsets.dim, {offsets.steps, 0, 1}),
                   times * positions.dim.instances() * offsets.dim.instances());
        return shares;
    }

    const OperandFacts& facts_;
    const OperandLanes& lanes_;
    std::size_t level_;
    const LoopSizes& steps_;
};

const SlidingAxis* axis_of(const Operand& operand, LoopDim dim)
{
    for (const SlidingAxis& axis : operand.sliding)
        if (axis.position == dim || axis.window == dim) return &axis;
    return nullptr;
}

/// Where a loop along an axis stands against the other dimension of the axis, `steps` below the loop each.
Advance advance_of(const SlidingAxis& axis, const TemporalLoop& loop, const Blocks& blocks, const LoopSizes& steps)
{
    const bool position = loop.dim == axis.position;
    const LoopDim other = position ? axis.window : axis.position;
    return {blocks.along(loop.dim), position ? axis.stride : axis.dilation, steps[loop.dim], loop.size,
            blocks.along(other),    position ? axis.dilation : axis.stride, steps[other]};
}

/// Loops outside a link and the iterations below them.
struct Outside {
    const TemporalLoop* begin = nullptr;
    const TemporalLoop* end = nullptr;
    LoopSizes steps = kUnitLoopSizes;  ///< below `begin`
};

/// Granules that an input does not move since the features are there already. A block stays only where nothing but
/// loops of one sliding axis advance.
double staying_granules(const OperandFacts& facts, const Blocks& blocks, const Outside& outside,
                        const Rounding& rounding)
{
    if (facts.operand->sliding.empty()) return 0;
    double granules = 0;
    const SlidingAxis* axis = nullptr;
    LoopSizes steps = outside.steps;
    for (const TemporalLoop* loop = outside.begin; loop != outside.end; steps[loop->dim] *= loop->size, ++loop) {
        if (loop->size == 1 || facts.irrelevant(loop->dim)) continue;
        const SlidingAxis* moves = axis_of(*facts.operand, loop->dim);
        if (moves == nullptr || (axis != nullptr && axis != moves)) break;
        axis = moves;
        const std::int64_t staying = stays(advance_of(*axis, *loop, blocks, steps));
        if (staying > 0)
            granules += blocks.instance_rounds(steps).all * blocks.sum_of_full(*axis, staying).granules(rounding);
    }
    return granules;
}

double input_words(const OperandFacts& facts, const Blocks& blocks, const Outside& outside, Direction direction)
{
    const Rounding rounding = blocks.rounding(direction, facts.precision);
    if (rounding.granule == 0) return 0;
    const double granules = blocks.instance_rounds().all * blocks.sum().granules(rounding);
    return blocks.words(direction, granules - staying_granules(facts, blocks, outside, rounding));
}

/// `partial` times a block of partial sums, and `finished` times one of final values.
double output_words(const OperandFacts& facts, const Blocks& blocks, const ShareSum& sum, Direction direction,
                    double partial, double finished)
{
    const Rounding wide = blocks.rounding(direction, facts.precision);
    if (wide.granule == 0) return 0;
    double granules = 0;
    if (partial > 0) granules += partial * sum.granules(wide);
    if (finished > 0) granules += finished * sum.granules(blocks.rounding(direction, facts.final_precision));
    return blocks.words(direction, granules);
}

/// Outputs between two levels, at one end: what leaves goes `up`; what an earlier visit began comes `down`.
void count_outputs(PerDirection<double>& words, const OperandFacts& facts, const Blocks& blocks, Direction up,
                   Direction down)
{
    const ShareSum sum = blocks.sum();
    const Rounds drains = blocks.instance_rounds();
    const Rounds fills = blocks.rounds();
    words[up] = output_words(facts, blocks, sum, up, drains.all - drains.last, drains.last);
    words[down] = output_words(facts, blocks, sum, down, fills.all - fills.first, 0);
}

/// Moves the beginning up over loops that leave the operand's block where it is.
void skip_stationary(const OperandFacts& facts, Outside& outside)
{
    while (outside.begin != outside.end && (outside.begin->size == 1 || facts.irrelevant(outside.begin->dim))) {
        outside.steps[outside.begin->dim] *= outside.begin->size;
        ++outside.begin;
    }
}

}  // namespace

PerDirection<double> mac_accesses(const OperandFacts& facts, const OperandLanes& lanes)
{
    constexpr LoopSizes each_step = kUnitLoopSizes;
    const Blocks blocks{facts, lanes, 0, each_step};
    PerDirection<double> words;
    if (!facts.output) {
        words[Direction::read_down] = input_words(facts, blocks, {}, Direction::read_down);
        return words;
    }
    const ShareSum sum = blocks.sum();
    const Rounds rounds = blocks.instance_rounds();
    words[Direction::read_down] = output_words(facts, blocks, sum, Direction::read_down, rounds.all - rounds.first, 0);
    words[Direction::write_from_down] =
        output_words(facts, blocks, sum, Direction::write_from_down, rounds.all - rounds.last, rounds.last);
    return words;
}

OperandAccesses lane_accesses(const OperandFacts& facts, const OperandLanes& lanes, const LoopCut& cut)
{
    OperandAccesses words{};
    words[0] = lanes.at_macs;
    Outside outside{cut.loops, cut.loops + cut.count};
    for (std::size_t level = 0; level + 1 < facts.levels; ++level) {
        for (; outside.begin < cut.loops + cut.cut[level + 1]; ++outside.begin)
            outside.steps[outside.begin->dim] *= outside.begin->size;
        skip_stationary(facts, outside);
        const Blocks lower{facts, lanes, level, outside.steps};
        const Blocks upper{facts, lanes, level + 1, outside.steps};
        if (facts.output) {
            count_outputs(words[level], facts, lower, Direction::read_up, Direction::write_from_up);
            count_outputs(words[level + 1], facts, upper, Direction::write_from_down, Direction::read_down);
        } else {
            words[level][Direction::write_from_up] = input_words(facts, lower, outside, Direction::write_from_up);
            words[level + 1][Direction::read_down] = input_words(facts, upper, outside, Direction::read_down);
        }
    }
    return words;
}

}  // namespace plumbline::detail
