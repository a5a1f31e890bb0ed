// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/links.hpp"

#include <algorithm>

#include "cost/refined/blocks/block_port_time.hpp"
#include "cost/refined/read_latency.hpp"

namespace plumbline::detail::refined {
namespace {

/// The loops of a mapping as one operand sees them.
class LoopView {
public:
    LoopView(const OperandFacts& facts, const LoopCut& cut) : facts_{facts}, cut_{cut} {}

    std::size_t advance(std::size_t position) const
    {
        while (position < cut_.count && !changes_block(position)) ++position;
        return position;
    }
    std::size_t pass(std::size_t position) const
    {
        while (position > 0 && !changes_block(position - 1)) --position;
        return position;
    }
    /// Of the loops before the first that the operand does not depend on.
    std::size_t distinct() const
    {
        std::size_t position = 0;
        while (position < cut_.count && (cut_.loops[position].size == 1 || changes_block(position))) ++position;
        return position;
    }
    bool reduces_from(std::size_t position) const
    {
        return std::any_of(cut_.loops + position, cut_.loops + cut_.count,
                           [&](const TemporalLoop& loop) { return loop.size > 1 && facts_.irrelevant(loop.dim); });
    }
    /// Whether loops between two positions run.
    bool iterates(std::size_t from, std::size_t to) const
    {
        return std::any_of(cut_.loops + from, cut_.loops + to, [](const TemporalLoop& loop) { return loop.size > 1; });
    }

private:
    bool changes_block(std::size_t position) const
    {
        const TemporalLoop& loop = cut_.loops[position];
        return loop.size > 1 && !facts_.irrelevant(loop.dim);
    }

    const OperandFacts& facts_;
    const LoopCut& cut_;
};

/// Both ends of a link, for blocks of the same steps.
struct Ends {
    const OperandFacts& facts;
    const OperandLanes& lanes;
    std::size_t level;  ///< the lower one
    const BlockPortTime& sizes_below;
    const BlockPortTime& sizes_above;

    using Slots = double (BlockPortTime::*)(const TimedPort&, std::int64_t) const;
    PortTransfer transfer(Direction at_below, Direction at_above, std::int64_t bits, Slots slots) const
    {
        const LevelFacts& source = facts.level[is_read(at_below) ? level : level + 1];
        return {{use(level, at_below, sizes_below, bits, slots), use(level + 1, at_above, sizes_above, bits, slots)},
                read_latency(source.latency)};
    }

private:
    PortUse use(std::size_t at, Direction direction, const BlockPortTime& sizes, std::int64_t bits, Slots slots) const
    {
        return {lanes.port[at][direction], (sizes.*slots)(facts.port_at(at, direction), bits)};
    }
};

void add_transfers(BlockLink& link, const OperandFacts& facts, const Ends& ends)
{
    constexpr Direction kIn = Direction::write_from_up;
    constexpr Direction kOut = Direction::read_down;
    link.fill = ends.transfer(kIn, kOut, facts.precision, &BlockPortTime::mean_slots);
    link.empty = facts.padding.empty() ? 0 : ends.sizes_below.empty_share();
    if (link.empty > 0 && link.empty < 1)
        for (PortUse& use : link.fill.uses) use.slots /= 1 - link.empty;
    const bool alike = ends.sizes_below.alike() && ends.sizes_above.alike();
    if (!link.output) {
        link.first_fill = ends.transfer(kIn, kOut, facts.precision, &BlockPortTime::begin_slots);
        link.most = facts.padding.empty()
                        ? link.first_fill.slots()
                        : ends.transfer(kIn, kOut, facts.precision, &BlockPortTime::first_slots).slots();
        link.least = alike ? link.most : ends.transfer(kIn, kOut, facts.precision, &BlockPortTime::last_slots).slots();
        return;
    }
    constexpr Direction kUp = Direction::read_up;
    constexpr Direction kFromDown = Direction::write_from_down;
    link.drain_partial = ends.transfer(kUp, kFromDown, facts.precision, &BlockPortTime::mean_slots);
    link.drain_final = ends.transfer(kUp, kFromDown, facts.final_precision, &BlockPortTime::mean_slots);
    link.last_drain = ends.transfer(kUp, kFromDown, facts.final_precision, &BlockPortTime::last_slots);
    link.most = link.drain_partial.slots();
    link.least = link.last_drain.slots();
    if (!alike) link.most = ends.transfer(kUp, kFromDown, facts.precision, &BlockPortTime::first_slots).slots();
}

using BlockBits = std::array<std::array<double, kMaxLevels>, kMaxOperands>;

/// Where an iteration needs a whole block, and keeps it until the next one: in the last pass nobody reads it.
PortUse begin_reads(const OperandFacts& facts, const OperandLanes& lanes, const BlockLink& link, const LoopCut& cut,
                    const BlockPortTime& block)
{
    if (link.level > 0 || !facts.kept || link.pass > 0) return {kNoPort, 0};
    double visit = 1;
    for (std::size_t i = 0; i < link.advance; ++i) visit *= static_cast<double>(cut.loops[i].size);
    return {lanes.port[0][Direction::read_down],
            block.mean_slots(facts.port_at(0, Direction::read_down), facts.precision) / visit};
}

/// Adds the links of an operand, and notes the bits of its blocks.
void add_links(BlockLinks& links, BlockBits& bits, const Model& model, const LoopCut& cut, std::size_t operand)
{
    const OperandFacts& facts = model.layer.operand[operand];
    const OperandLanes& lanes = model.lanes.operand[operand];
    const LoopView view{facts, cut};
    LoopSizes steps = kUnitLoopSizes;
    std::size_t position = 0;
    std::size_t changed = 0;  // position from which the block below is changed
    for (std::size_t level = 0; level < facts.levels; ++level) {
        for (; position < cut.cut[level + 1]; ++position) steps[cut.loops[position].dim] *= cut.loops[position].size;
        const BlockPortTime below{facts, lanes, level, steps};
        const bool final_sums = facts.output && !view.reduces_from(changed);
        bits[operand][level] =
            below.most_elements() * static_cast<double>(final_sums ? facts.final_precision : facts.precision);
        if (level + 1 == facts.levels) break;
        BlockLink& link = links.add();
        link.operand = operand;
        link.level = level;
        link.output = facts.output;
        link.advance = changed = view.advance(position);
        link.pass = view.pass(position);
        link.begin_reads = begin_reads(facts, lanes, link, cut, below);
        if (lanes.as_below[level + 1])
            add_transfers(link, facts, {facts, lanes, level, below, below});
        else
            add_transfers(link, facts, {facts, lanes, level, below, BlockPortTime{facts, lanes, level + 1, steps}});
    }
}

/// Space that is left in the memory of one level when all blocks are in.
double space_beside(const LayerFacts& layer, const BlockBits& bits, const LevelFacts& level)
{
    auto space = static_cast<double>(level.free.count());
    for (std::size_t i = 0; i < layer.operands; ++i)
        for (std::size_t at = 0; at < layer.operand[i].levels; ++at)
            if (layer.operand[i].level[at].memory == level.memory) space -= bits[i][at];
    return space;
}

/// Second blocks take what space is left, output first, from the MACs upwards.
void find_depths(BlockLinks& links, const LayerFacts& layer, const LoopCuts& cuts, const BlockBits& bits)
{
    for (std::size_t i = 0; i < links.count; ++i) {
        BlockLink& link = links.link[i];
        const LevelFacts& level = layer.operand[link.operand].level[link.level];
        double space = space_beside(layer, bits, level);
        for (std::size_t before = 0; before < i; ++before) {
            const BlockLink& other = links.link[before];
            if (!other.one_block && layer.operand[other.operand].level[other.level].memory == level.memory)
                space -= bits[other.operand][other.level];
        }
        link.one_block = space < bits[link.operand][link.level];
        link.both_blocks = static_cast<double>(level.free.count()) - space + bits[link.operand][link.level];
        link.late = link.one_block &&
                    LoopView{layer.operand[link.operand], cuts[link.operand]}.iterates(link.pass, link.advance);
    }
}

}  // namespace

BlockLinks block_links(const Model& model, const LoopCuts& cuts)
{
    BlockLinks links;
    BlockBits bits;
    for (std::size_t i = 0; i < model.layer.operands; ++i) {
        add_links(links, bits, model, cuts[i], i);
        std::fill(links.begin.begin() + static_cast<std::ptrdiff_t>(i) + 1, links.begin.end(), links.count);
    }
    find_depths(links, model.layer, cuts, bits);
    links.sums = model.lanes.sums;
    links.first_sums = LoopView{model.layer.operand[0], cuts[0]}.distinct();
    return links;
}

BlockLinks block_links(const Model& model, const LoopCut& cut, std::size_t operand)
{
    BlockLinks links;
    BlockBits bits;
    add_links(links, bits, model, cut, operand);
    return links;
}

}  // namespace plumbline::detail::refined
