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
        ShareSum sum;
        add_relevant(sum);
        for (const SlidingAxis& axis : facts_.operand->sliding) add_axis(sum, axis);
        return sum;
    }

    /// Of full blocks only along sliding axis `only`, `times` in all.
    ShareSum sum_of_full(const SlidingAxis& only, std::int64_t times) const
    {
        ShareSum sum;
        add_relevant(sum);
        for (const SlidingAxis& axis : facts_.operand->sliding)
            &axis == &only ? add_full(sum, axis, times) : add_axis(sum, axis);
        return sum;
    }

private:
    void add_relevant(ShareSum& sum) const
    {
        for (LoopDim dim : lanes_.relevant) {
            const DimLanes& seen = lanes_.level[level_][dim];
            for (const DimShare& share : shares_along(seen, steps_[dim]))
                sum.add(share.steps * seen.inside + share.extra, share.count);
            sum.end_axis();
        }
    }

    void add_axis(ShareSum& sum, const SlidingAxis& axis) const
    {
        const BlockedDim positions = along(axis.position);
        const BlockedDim offsets = along(axis.window);
        const DimShares offset_shares = shares_along(offsets.dim, offsets.steps);
        for (const DimShare& position : shares_along(positions.dim, positions.steps))
            for (const DimShare& offset : offset_shares)
                sum.add(features(axis, positions.dim, position, offsets.dim, offset), position.count * offset.count);
        sum.end_axis();
    }

    void add_full(ShareSum& sum, const SlidingAxis& axis, std::int64_t times) const
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

Rounding rounding_at(const LevelFacts& level, Direction direction, std::int64_t precision)
{
    return {static_cast<double>(precision), static_cast<double>(level.granule[direction])};
}

double words_at(const LevelFacts& level, Direction direction, double granules)
{
    return granules * static_cast<double>(level.granule[direction]) / static_cast<double>(level.width[direction]);
}

/// An input at one end of a link.
class InputEnd {
public:
    InputEnd(const OperandFacts& facts, const Blocks& blocks)
        : facts_{facts},
          blocks_{blocks},
          sum_{blocks.sum()},
          times_{blocks.instance_rounds().all}
    {}

    double words(const LevelFacts& level, Direction direction, const Outside& outside) const
    {
        const Rounding rounding = rounding_at(level, direction, facts_.precision);
        if (rounding.granule == 0) return 0;
        const double staying = staying_granules(facts_, blocks_, outside, rounding);
        return words_at(level, direction, times_ * sum_.granules(rounding) - staying);
    }

private:
    const OperandFacts& facts_;
    const Blocks& blocks_;
    ShareSum sum_;
    double times_;
};

/// Outputs at one end of a link.
class OutputEnd {
public:
    OutputEnd(const OperandFacts& facts, const Blocks& blocks)
        : facts_{facts},
          sum_{blocks.sum()},
          instances_{blocks.instance_rounds()},
          rounds_{blocks.rounds()}
    {}

    /// Leaves as partial sums in each round of the reduction but the last.
    double up(const LevelFacts& level, Direction direction) const
    {
        return words(level, direction, facts_.precision, instances_.all - instances_.last) +
               words(level, direction, facts_.final_precision, instances_.last);
    }
    /// Comes back to one instance in each round but the first.
    double down(const LevelFacts& level, Direction direction) const
    {
        return words(level, direction, facts_.precision, rounds_.all - rounds_.first);
    }
    /// As `down`, to every instance: what the MACs accumulate into.
    double to_macs(const LevelFacts& level) const
    {
        return words(level, Direction::read_down, facts_.precision, instances_.all - instances_.first);
    }

private:
    double words(const LevelFacts& level, Direction direction, std::int64_t precision, double times) const
    {
        const Rounding rounding = rounding_at(level, direction, precision);
        if (times == 0 || rounding.granule == 0) return 0;
        return words_at(level, direction, times * sum_.granules(rounding));
    }

    const OperandFacts& facts_;
    ShareSum sum_;
    Rounds instances_;
    Rounds rounds_;
};

/// Moves the beginning up over loops that leave the operand's block where it is.
void skip_stationary(const OperandFacts& facts, Outside& outside)
{
    while (outside.begin != outside.end && (outside.begin->size == 1 || facts.irrelevant(outside.begin->dim))) {
        outside.steps[outside.begin->dim] *= outside.begin->size;
        ++outside.begin;
    }
}

/// Calls `below` with the lower and `above` with the upper end of the link above `level`. Where both have the same lanes,
/// blocks look the same to them.
template <class End, class Below, class Above>
void for_both_ends(const OperandFacts& facts, const OperandLanes& lanes, std::size_t level, const LoopSizes& steps,
                   Below below, Above above)
{
    const Blocks lower{facts, lanes, level, steps};
    const End lower_end{facts, lower};
    below(lower_end, facts.level[level]);
    if (lanes.as_below[level + 1]) return above(lower_end, facts.level[level + 1]);
    const Blocks upper{facts, lanes, level + 1, steps};
    above(End{facts, upper}, facts.level[level + 1]);
}

void count_inputs(OperandAccesses& words, const OperandFacts& facts, const OperandLanes& lanes, std::size_t level,
                  const Outside& outside)
{
    for_both_ends<InputEnd>(
        facts, lanes, level, outside.steps,
        [&](const InputEnd& end, const LevelFacts& here) {
            words[level][Direction::write_from_up] = end.words(here, Direction::write_from_up, outside);
        },
        [&](const InputEnd& end, const LevelFacts& here) {
            words[level + 1][Direction::read_down] = end.words(here, Direction::read_down, outside);
        });
}

void count_outputs(OperandAccesses& words, const OperandFacts& facts, const OperandLanes& lanes, std::size_t level,
                   const LoopSizes& steps)
{
    for_both_ends<OutputEnd>(
        facts, lanes, level, steps,
        [&](const OutputEnd& end, const LevelFacts& here) {
            words[level][Direction::read_up] = end.up(here, Direction::read_up);
            words[level][Direction::write_from_up] = end.down(here, Direction::write_from_up);
        },
        [&](const OutputEnd& end, const LevelFacts& here) {
            words[level + 1][Direction::write_from_down] = end.up(here, Direction::write_from_down);
            words[level + 1][Direction::read_down] = end.down(here, Direction::read_down);
        });
}

}  // namespace

PerDirection<double> mac_accesses(const OperandFacts& facts, const OperandLanes& lanes)
{
    constexpr LoopSizes kEachStep = kUnitLoopSizes;
    const Blocks blocks{facts, lanes, 0, kEachStep};
    const LevelFacts& nearest = facts.level[0];
    PerDirection<double> words;
    if (facts.output) {
        const OutputEnd end{facts, blocks};
        words[Direction::read_down] = end.to_macs(nearest);
        words[Direction::write_from_down] = end.up(nearest, Direction::write_from_down);
    } else {
        words[Direction::read_down] = InputEnd{facts, blocks}.words(nearest, Direction::read_down, {});
    }
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
        if (facts.output)
            count_outputs(words, facts, lanes, level, outside.steps);
        else
            count_inputs(words, facts, lanes, level, outside);
    }
    return words;
}

}  // namespace plumbline::detail
