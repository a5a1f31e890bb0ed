// SPDX-License-Identifier: Apache-2.0
#include "mapper/exact/latency_bounds.hpp"

#include <algorithm>

#include "cost/layer/least_port_time.hpp"
#include "cost/layer/port_number.hpp"
#include "mapper/exact/most_staying.hpp"
#include "mapper/exact/other_links.hpp"
#include "mapper/exact/state_loops.hpp"

namespace plumbline::detail {
namespace {

constexpr std::size_t kMostTabled = std::size_t{1} << 14;
constexpr double kNoWay = std::numeric_limits<double>::infinity();

}  // namespace

LatencyBounds::LatencyBounds(const MappingSpace& space)
    : space_{space},
      known_{space.model().bounded_by_ports() && space.loops().size() <= kMostTabled}
{
    for (std::size_t operand = 0; known_ && operand < space.operands(); ++operand) {
        OperandTables& tables = operand_[operand];
        tables.edges.of_link.assign(space.links(operand), std::vector<double>(space.loops().size(), kNoWay));
        for (LoopState state = 0; state < space.loops().size(); ++state) fill(operand, state);
        for (Table& table : tables.ports) find_others(table);
        find_others(tables.edges);
    }
}

std::optional<std::size_t> LatencyBounds::number_of(int port)
{
    if (port == kNoPort) return std::nullopt;
    const auto known = std::find(numbers_.begin(), numbers_.end(), port);
    const auto number = static_cast<std::size_t>(known - numbers_.begin());
    if (number == kMostBounded) return std::nullopt;
    if (known == numbers_.end()) numbers_.push_back(port);
    return number;
}

/// Null where nothing is to be known of the port.
LatencyBounds::Table* LatencyBounds::table_of(OperandTables& tables, int port, std::size_t links)
{
    const std::optional<std::size_t> number = number_of(port);
    if (!number) return nullptr;
    const auto known = std::find_if(tables.ports.begin(), tables.ports.end(),
                                    [&](const Table& table) { return table.port == *number; });
    if (known != tables.ports.end()) return &*known;
    const std::vector<double> none(space_.loops().size(), 0.0);
    tables.ports.push_back({*number, std::vector<std::vector<double>>(links, none), {}});
    return &tables.ports.back();
}

void LatencyBounds::fill(std::size_t operand, LoopState state)
{
    const OperandFacts& facts = space_.model().layer().operand[operand];
    const StateLoops loops{facts, space_.loops().below(state), space_.loops().all()};
    const OperandAccesses words = space_.model().moved(operand, loops.cut);
    const LinkCycles edges = space_.model().first_or_last(operand, loops.cut);
    const auto kUp = {Direction::read_up, Direction::write_from_up};
    const auto kDown = {Direction::read_down, Direction::write_from_down};
    if (state == space_.loops().begin() && !facts.kept)
        for (Direction d : kDown)
            if (const auto number = number_of(facts.level[0].port[d]))
                at_macs_[*number] += least_port_time(facts, 0, d, words[0][d]);
    for (std::size_t link = 0; link < space_.links(operand); ++link) {
        const std::size_t above = space_.above(operand, link);
        if (above > 0) add_end(operand, link, state, words, above - 1, kUp);
        add_end(operand, link, state, words, above, kDown);
        if (space_.may_cut(operand, link, state))
            operand_[operand].edges.of_link[link][state] = above > 0 ? edges[above - 1] : 0;
    }
}

void LatencyBounds::add_end(std::size_t operand, std::size_t link, LoopState state, const OperandAccesses& words,
                            std::size_t level, std::initializer_list<Direction> directions)
{
    const OperandFacts& facts = space_.model().layer().operand[operand];
    for (Direction d : directions) {
        Table* const table = table_of(operand_[operand], facts.level[level].port[d], space_.links(operand));
        if (table == nullptr) continue;
        double& cycles = table->of_link[link][state];
        if (!space_.may_cut(operand, link, state))
            cycles = kNoWay;
        else
            cycles += std::max(
                0.0, least_port_time(facts, level, d, words[level][d]) - saved(operand, link, state, level, d));
    }
}

/// By loops outside that leave features of an input where they are: at most.
double LatencyBounds::saved(std::size_t operand, std::size_t link, LoopState state, std::size_t level,
                            Direction d) const
{
    const OperandFacts& facts = space_.model().layer().operand[operand];
    if (facts.output) return 0;
    const std::size_t above = space_.above(operand, link);
    const LoopSizes& block = space_.loops().below(state);
    return most_staying(*facts.operand, block, space_.loops().all(), [&](const LoopSizes& steps, TemporalLoop loop) {
        const StayingWords words = space_.model().staying_words(operand, above, block, steps, loop);
        return least_port_time(facts, level, d, level < above ? words.below : words.above);
    });
}

void LatencyBounds::find_others(Table& table) const
{
    table.others = least_of_other_links(space_.loops(), table.of_link.size(), kNoWay,
                                        [&](std::size_t link, LoopState state) { return table.of_link[link][state]; });
}

void LatencyBounds::add_cut(PortCycles& cycles, const PartialMapping& mapping, std::size_t operand) const
{
    if (!known_) return;
    for (const Table& table : operand_[operand].ports)
        cycles[table.port] += table.of_link[mapping.cut[operand]][mapping.state];
}

double LatencyBounds::least_port_cycles(const PortCycles& cut, const PartialMapping& mapping) const
{
    if (!known_) return 0;
    PortCycles cycles;  // not initialised beyond the ports in use
    std::copy_n(cut.begin(), numbers_.size(), cycles.begin());
    for (std::size_t operand = 0; operand < space_.operands(); ++operand)
        for (const Table& table : operand_[operand].ports)
            cycles[table.port] += table.others[mapping.cut[operand] * space_.loops().size() + mapping.state];
    return numbers_.empty()
               ? 0
               : *std::max_element(cycles.begin(), cycles.begin() + static_cast<std::ptrdiff_t>(numbers_.size()));
}

double LatencyBounds::first_or_last(const PartialMapping& mapping, std::size_t operand) const
{
    if (!known_) return 0;
    return operand_[operand].edges.others[mapping.cut[operand] * space_.loops().size() + mapping.state];
}

}  // namespace plumbline::detail
