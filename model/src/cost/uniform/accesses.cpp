// SPDX-License-Identifier: Apache-2.0
#include "cost/uniform/accesses.hpp"

#include <algorithm>
#include <cmath>

namespace plumbline::detail {
namespace {

/// Words of `elements` moved in one access, granules rounded up.
double words(double elements, std::int64_t precision, std::int64_t granule, std::int64_t width)
{
    return std::ceil(elements * static_cast<double>(precision) / static_cast<double>(granule)) *
           (static_cast<double>(granule) / static_cast<double>(width));
}

/// Elements per cycle between a level and the one below, which may be narrower (ZigZag: the other side's bandwidth).
double elements_per_cycle(const OperandFacts& facts, std::size_t level, Direction direction, const Transfer& move)
{
    const Direction other = direction == Direction::read_down ? Direction::write_from_up : Direction::read_up;
    const Unrolled& unrolled = facts.average;
    const auto precision = static_cast<double>(move.precision);
    const double below = static_cast<double>(facts.level[level - 1].width[other]) *
                         (unrolled.unique_units[level] / unrolled.unique_units[level + 1]);
    const auto here = static_cast<double>(facts.level[level].width[direction]);
    return std::min({below / precision, here / precision, static_cast<double>(move.elements)});
}

double accesses_below(const OperandFacts& facts, std::size_t level, Direction direction, const Transfer& move,
                      LinkTransfers links)
{
    if (move.elements == 0 || move.precision == 0 || move.periods == 0) return 0;
    const auto elements = static_cast<double>(move.elements);
    const bool split = level > 0 && links == LinkTransfers::split;
    const double at_once = split ? elements_per_cycle(facts, level, direction, move) : elements;
    const double cycles = split ? std::ceil(elements / at_once) : 1;
    const LevelFacts& here = facts.level[level];
    return words(at_once, move.precision, here.granule[direction], here.width[direction]) *
           static_cast<double>(move.periods) * cycles * static_cast<double>(facts.average.units[level + 1]);
}

double accesses_above(const OperandFacts& facts, std::size_t level, Direction direction, const Transfer& move)
{
    if (move.elements == 0 || move.periods == 0) return 0;
    const LevelFacts& here = facts.level[level];
    return words(static_cast<double>(move.elements), move.precision, here.granule[direction], here.width[direction]) *
           static_cast<double>(move.periods) * static_cast<double>(facts.average.units[level + 1]);
}

}  // namespace

OperandAccesses word_accesses(const OperandFacts& facts, const Transfers& transfers, LinkTransfers links)
{
    OperandAccesses accesses{};
    for (std::size_t level = 0; level < facts.levels; ++level) {
        const PerDirection<Transfer>& moves = transfers[level];
        for (Direction d : {Direction::read_down, Direction::write_from_down})
            accesses[level][d] = accesses_below(facts, level, d, moves[d], links);
        for (Direction d : {Direction::read_up, Direction::write_from_up})
            accesses[level][d] = accesses_above(facts, level, d, moves[d]);
    }
    return accesses;
}

}  // namespace plumbline::detail
