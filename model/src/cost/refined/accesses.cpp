// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/accesses.hpp"

#include "cost/refined/input_traffic.hpp"
#include "cost/refined/output_traffic.hpp"

namespace plumbline::detail::refined {
namespace {

/// Moves the beginning up over loops that leave the operand's block where it is.
void skip_stationary(const OperandFacts& facts, Outside& outside)
{
    while (outside.begin != outside.end && (outside.begin->size == 1 || facts.irrelevant(outside.begin->dim))) {
        outside.steps[outside.begin->dim] *= outside.begin->size;
        ++outside.begin;
    }
}

/// Calls `below` with the lower and `above` with the upper end of the link above `level`. Where both have the same lanes,
/// blocks look the same to them. `end_of` makes an end of blocks.
template <class MakeEnd, class Below, class Above>
void for_both_ends(const OperandFacts& facts, const OperandLanes& lanes, std::size_t level, const LoopSizes& steps,
                   MakeEnd end_of, Below below, Above above)
{
    const Blocks lower{facts, lanes, level, steps};
    const auto lower_end = end_of(lower);
    below(lower_end, facts.level[level]);
    if (lanes.as_below[level + 1]) return above(lower_end, facts.level[level + 1]);
    const Blocks upper{facts, lanes, level + 1, steps};
    above(end_of(upper), facts.level[level + 1]);
}

void count_inputs(OperandAccesses& words, const OperandFacts& facts, const OperandLanes& lanes, std::size_t level,
                  const Outside& outside, const Counting& counting)
{
    for_both_ends(
        facts, lanes, level, outside.steps,
        [&](const Blocks& blocks) {
            return InputTraffic{facts, blocks, counting.windows_stay};
        },
        [&](const InputTraffic& end, const LevelFacts& here) {
            words[level][Direction::write_from_up] = end.words(here, Direction::write_from_up, outside);
        },
        [&](const InputTraffic& end, const LevelFacts& here) {
            words[level + 1][Direction::read_down] = end.words(here, Direction::read_down, outside);
        });
}

void count_outputs(OperandAccesses& words, const OperandFacts& facts, const OperandLanes& lanes, std::size_t level,
                   const LoopSizes& steps, const Counting& counting)
{
    for_both_ends(
        facts, lanes, level, steps,
        [&](const Blocks& blocks) {
            return OutputTraffic{facts, blocks, counting.sums, counting.partial[level + 1]};
        },
        [&](const OutputTraffic& end, const LevelFacts& here) {
            words[level][Direction::read_up] = end.up(here, Direction::read_up);
            words[level][Direction::write_from_up] = end.down(here, Direction::write_from_up);
        },
        [&](const OutputTraffic& end, const LevelFacts& here) {
            words[level + 1][Direction::write_from_down] = end.up(here, Direction::write_from_down);
            words[level + 1][Direction::read_down] = end.down(here, Direction::read_down);
        });
}

/// Words at each level, what passes between the MACs and level 0 left to the caller.
OperandAccesses link_accesses(const OperandFacts& facts, const OperandLanes& lanes, const LoopCut& cut,
                              const Counting& counting)
{
    OperandAccesses words{};
    Outside outside{cut.loops, cut.loops + cut.count};
    for (std::size_t level = 0; level + 1 < facts.levels; ++level) {
        for (; outside.begin < cut.loops + cut.cut[level + 1]; ++outside.begin)
            outside.steps[outside.begin->dim] *= outside.begin->size;
        skip_stationary(facts, outside);
        if (facts.output)
            count_outputs(words, facts, lanes, level, outside.steps, counting);
        else
            count_inputs(words, facts, lanes, level, outside, counting);
    }
    return words;
}

/// Directions of level 0 towards the MACs.
void add_at_macs(OperandAccesses& words, const PerDirection<double>& at_macs)
{
    for (Direction d : {Direction::read_down, Direction::write_from_down}) words[0][d] = at_macs[d];
}

/// Of an input that stays at the MACs: each block of an iteration once per visit, as between memory levels.
PerDirection<double> kept_accesses(const OperandFacts& facts, const OperandLanes& lanes, const LoopCut& cut,
                                   const Counting& counting)
{
    Outside outside{cut.loops, cut.loops + cut.count};
    skip_stationary(facts, outside);
    const Blocks blocks{facts, lanes, 0, outside.steps};
    PerDirection<double> words;
    words[Direction::read_down] =
        InputTraffic{facts, blocks, counting.windows_stay}.words(facts.level[0], Direction::read_down, outside);
    return words;
}

double staying_words_at(const OperandFacts& facts, const OperandLanes& lanes, std::size_t level, Direction direction,
                        const LoopSizes& block, const LoopSizes& steps, const TemporalLoop& loop)
{
    const Rounding rounding = rounding_at(facts.level[level], direction, facts.precision);
    if (rounding.granule == 0) return 0;
    const Blocks blocks{facts, lanes, level, block};
    const SlidingAxis& axis = *axis_of(*facts.operand, loop.dim);
    return words_at(facts.level[level], direction, staying_granules(blocks, axis, loop, steps, rounding));
}

}  // namespace

StayingWords staying_words(const OperandFacts& facts, const OperandLanes& lanes, std::size_t above,
                           const LoopSizes& block, const LoopSizes& steps, const TemporalLoop& loop)
{
    StayingWords words;
    if (above > 0)
        words.below = staying_words_at(facts, lanes, above - 1, Direction::write_from_up, block, steps, loop);
    words.above = staying_words_at(facts, lanes, above, Direction::read_down, block, steps, loop);
    return words;
}

PerDirection<double> mac_accesses(const OperandFacts& facts, const OperandLanes& lanes, const Counting& counting)
{
    constexpr LoopSizes kEachStep = kUnitLoopSizes;
    const Blocks blocks{facts, lanes, 0, kEachStep};
    const LevelFacts& nearest = facts.level[0];
    PerDirection<double> words;
    if (facts.output) {
        const OutputTraffic end{facts, blocks, counting.sums, counting.partial[0]};
        words[Direction::read_down] = end.to_macs(nearest);
        words[Direction::write_from_down] = end.up(nearest, Direction::write_from_down);
    } else {
        words[Direction::read_down] =
            InputTraffic{facts, blocks, counting.windows_stay}.words(nearest, Direction::read_down, {});
    }
    return words;
}

OperandAccesses accesses(const OperandFacts& facts, const OperandLanes& lanes, const LoopCut& cut)
{
    OperandAccesses words = link_accesses(facts, lanes, cut, {});
    add_at_macs(words, facts.kept ? kept_accesses(facts, lanes, cut, {}) : lanes.at_macs);
    return words;
}

OperandAccesses accesses(const OperandFacts& facts, const OperandLanes& lanes, const LoopCut& cut,
                         const Counting& counting)
{
    OperandAccesses words = link_accesses(facts, lanes, cut, counting);
    add_at_macs(words, facts.kept ? kept_accesses(facts, lanes, cut, counting) : mac_accesses(facts, lanes, counting));
    return words;
}

}  // namespace plumbline::detail::refined
