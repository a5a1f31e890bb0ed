// SPDX-License-Identifier: Apache-2.0
#include "cost/differences/unrounded_accesses.hpp"

namespace plumbline::detail {
namespace {

/// Elements that cross the border of a level at a time, in one unit.
struct Crossing {
    double below = 0;  ///< to the level below
    double above = 0;  ///< to the level above
};

void add_all(LoopElements& block, const std::vector<SpatialLoop>& loops)
{
    for (const SpatialLoop& loop : loops) block.add(loop.dim, loop.size);
}

std::array<Crossing, kMaxLevels> crossings(const OperandFacts& facts, const LoopCut& cut, Spans spans)
{
    std::array<Crossing, kMaxLevels> all{};
    LoopElements block{facts};
    LoopElements lanes{facts};  // without loops in time
    for (std::size_t level = 0; level < facts.levels; ++level) {
        const double apart = block.elements(spans) / lanes.elements(spans);
        add_all(lanes, facts.spatial[level]);
        add_all(block, facts.spatial[level]);
        // ZigZag takes lanes to share as many features in a block as in one iteration.
        all[level].below = spans == Spans::exact ? block.elements(spans) : apart * lanes.elements(spans);
        for (std::size_t i = cut.cut[level]; i < cut.cut[level + 1]; ++i)
            block.add(cut.loops[i].dim, static_cast<double>(cut.loops[i].size));
        all[level].above = block.elements(spans);
    }
    return all;
}

/// Units in use at each level.
std::array<double, kMaxLevels> units(const OperandFacts& facts)
{
    std::array<double, kMaxLevels> units{};
    double product = 1;
    for (std::size_t level = facts.levels; level-- > 0;) {
        for (const SpatialLoop& loop : facts.spatial[level + 1]) product *= loop.size;
        units[level] = product;
    }
    return units;
}

}  // namespace

OperandAccesses unrounded_accesses(const OperandFacts& facts, const LoopCut& cut, const uniform::Transfers& transfers,
                                   Spans spans)
{
    OperandAccesses words{};
    const auto crossing = crossings(facts, cut, spans);
    const auto in_use = units(facts);
    for (std::size_t level = 0; level < facts.levels; ++level)
        for (Direction d : kAllDirections) {
            const uniform::Transfer& transfer = transfers[level][d];
            const std::int64_t width = facts.level[level].width[d];
            if (transfer.elements == 0 || transfer.periods == 0 || width == 0) continue;
            const bool below = d == Direction::read_down || d == Direction::write_from_down;
            const double elements = below ? crossing[level].below : crossing[level].above;
            words[level][d] = elements * static_cast<double>(transfer.precision) / static_cast<double>(width) *
                              static_cast<double>(transfer.periods) * in_use[level];
        }
    return words;
}

}  // namespace plumbline::detail
