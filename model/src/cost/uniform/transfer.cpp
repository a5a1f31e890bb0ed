// SPDX-License-Identifier: Apache-2.0
#include "cost/uniform/transfer.hpp"

namespace plumbline::detail::uniform {
namespace {

/// What the border between array level `a` and memory level `a` moves down, or memory level `a - 1` and `a` move up.
Transfer at_border(const Reuse& reuse, std::size_t a, std::int64_t elements, std::int64_t lane_elements,
                   std::int64_t precision)
{
    Transfer transfer;
    transfer.elements = elements;
    transfer.lane_elements = lane_elements;
    transfer.precision = precision;
    transfer.period = reuse.cycles[a];
    transfer.periods = reuse.iterations / reuse.cycles[a];
    transfer.window = transfer.period / reuse.top_irrelevant[a];
    return transfer;
}

}  // namespace

Transfers transfers_of(const OperandFacts& facts, const Reuse& reuse)
{
    Transfers transfers{};
    for (std::size_t level = 0; level < facts.levels; ++level) {
        const auto below = [&](std::int64_t precision) {
            return at_border(reuse, level, reuse.elements[level] * facts.average.boost[level],
                             reuse.lane_elements[level] * facts.lanes.boost[level], precision);
        };
        const auto above = [&](std::int64_t precision) {
            return at_border(reuse, level + 1, reuse.elements[level + 1], reuse.lane_elements[level + 1], precision);
        };
        const bool top = level + 1 == facts.levels;
        auto& crossing = transfers[level];
        if (!facts.output) {
            crossing[Direction::read_down] = below(facts.precision);
            if (!top) crossing[Direction::write_from_up] = above(facts.precision);
            continue;
        }
        const bool partial_below = reuse.partial[level];
        const bool partial_above = reuse.partial[level + 1];
        crossing[Direction::write_from_down] = below(partial_below ? facts.precision : facts.final_precision);
        if (partial_below) crossing[Direction::read_down] = below(facts.precision);
        if (top) continue;
        crossing[Direction::read_up] = above(partial_above ? facts.precision : facts.final_precision);
        if (partial_above) crossing[Direction::write_from_up] = above(facts.precision);
    }
    return transfers;
}

MappedOperands map_operands(const LayerFacts& layer, const LoopCuts& cuts)
{
    MappedOperands mapped;
    for (std::size_t i = 0; i < layer.operands; ++i) {
        const OperandFacts& facts = layer.operand[i];
        mapped[i].reuse = analyse_reuse(facts, stationary(facts, cuts[i]));
        mapped[i].transfers = transfers_of(facts, mapped[i].reuse);
    }
    return mapped;
}

}  // namespace plumbline::detail::uniform
