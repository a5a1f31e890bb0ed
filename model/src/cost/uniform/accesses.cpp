// SPDX-License-Identifier: Apache-2.0
#include "cost/uniform/accesses.hpp"

#include <algorithm>
#include <cmath>

namespace plumbline::detail::uniform {
namespace {

/// Words of `elements` moved in one access, granules rounded up.
double words_of(double elements, std::int64_t precision, std::int64_t granule, std::int64_t width)
{
    return std::ceil(elements * static_cast<double>(precision) / static_cast<double>(granule)) *
           (static_cast<double>(granule) / static_cast<double>(width));
}

/// Elements per cycle between a level and the one below, which may be narrower (ZigZag: the other side's bandwidth).
double elements_per_cycle(const OperandFacts& facts, std::size_t level, Direction direction, const Transfer& transfer)
{
    const Direction other = direction == Direction::read_down ? Direction::write_from_up : Direction::read_up;
    const Unrolled& unrolled = facts.average;
    const auto precision = static_cast<double>(transfer.precision);
    const double below = static_cast<double>(facts.level[level - 1].width[other]) *
                         (unrolled.unique_units[level] / unrolled.unique_units[level + 1]);
    const auto here = static_cast<double>(facts.level[level].width[direction]);
    return std::min({below / precision, here / precision, static_cast<double>(transfer.elements)});
}

double accesses_below(const OperandFacts& facts, std::size_t level, Direction direction, const Transfer& transfer,
                      LinkTransfers links)
{
    if (transfer.elements == 0 || transfer.precision == 0 || transfer.periods == 0) return 0;
    const auto elements = static_cast<double>(transfer.elements);
    const bool split = level > 0 && links == LinkTransfers::split;
    const double at_once = split ? elements_per_cycle(facts, level, direction, transfer) : elements;
    const double cycles = split ? std::ceil(elements / at_once) : 1;
    const LevelFacts& here = facts.level[level];
    return words_of(at_once, transfer.precision, here.granule[direction], here.width[direction]) *
           static_cast<double>(transfer.periods) * cycles * static_cast<double>(facts.average.units[level + 1]);
}

double accesses_above(const OperandFacts& facts, std::size_t level, Direction direction, const Transfer& transfer)
{
    if (transfer.elements == 0 || transfer.periods == 0) return 0;
    const LevelFacts& here = facts.level[level];
    return words_of(static_cast<double>(transfer.elements), transfer.precision, here.granule[direction],
                    here.width[direction]) *
           static_cast<double>(transfer.periods) * static_cast<double>(facts.average.units[level + 1]);
}

}  // namespace

LinkTransfers link_transfers(const OperandFacts& facts)
{
    return facts.rereads ? LinkTransfers::split : LinkTransfers::whole;
}

OperandAccesses accesses(const OperandFacts& facts, const Transfers& transfers, LinkTransfers links)
{
    OperandAccesses words{};
    for (std::size_t level = 0; level < facts.levels; ++level) {
        const PerDirection<Transfer>& crossing = transfers[level];
        for (Direction d : {Direction::read_down, Direction::write_from_down})
            words[level][d] = accesses_below(facts, level, d, crossing[d], links);
        for (Direction d : {Direction::read_up, Direction::write_from_up})
            words[level][d] = accesses_above(facts, level, d, crossing[d]);
    }
    return words;
}

}  // namespace plumbline::detail::uniform
