// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/latency.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "cost/layer/least_port_time.hpp"
#include "cost/refined/accesses.hpp"
#include "cost/refined/block_stall.hpp"
#include "cost/refined/input_traffic.hpp"
#include "cost/refined/iteration_time.hpp"
#include "cost/refined/loading_offloading.hpp"
#include "cost/refined/read_latency.hpp"

namespace plumbline::detail::refined {
namespace {

/// Changes of blocks where a loop advances: on average over the rounds of the reduction outside.
class Changes {
public:
    /// \param times of which that of an iteration is known
    Changes(const Model& model, const LoopCuts& cuts, const BlockLinks& links, const LoopTime* times)
        : model_{model},
          cuts_{cuts},
          links_{links},
          edges_{model, cuts, links, times[0].cycles},
          times_{times},
          ports_{model.lanes.ports}
    {}

    /// \param rounds of the reduction loops outside
    void average(BlockChange& sum, std::size_t position, bool reduces, double rounds)
    {
        sum.stall = 0;
        std::fill_n(sum.busy.begin(), ports_, 0.0);
        std::fill_n(sum.critical.begin(), ports_, 0.0);
        find_changing(position);
        if (reduces) return add(sum, position, {true, false}, 1);
        if (rounds == 1) return add(sum, position, {false, true}, 1);
        add(sum, position, {false, false}, 1 / rounds);
        if (rounds > 2) add(sum, position, {true, false}, 1 - 2 / rounds);
        add(sum, position, {true, true}, 1 / rounds);
    }

private:
    /// Changes are the same at the next loop unless further blocks change there, or others stay.
    void find_changing(std::size_t position)
    {
        std::size_t changing = 0;
        bool alike = true;
        for (std::size_t i = 0; i < links_.count; ++i) {
            const BlockLink& link = links_.link[i];
            if (link.advance > position) continue;
            ++changing;
            const double before = std::exchange(absent_[i], link.output ? 0 : absent_share(link, position));
            alike = alike && before == absent_[i];
        }
        if (!alike || changing != changing_) known_.fill(false);
        changing_ = changing;
    }

    /// Part of the changes in which nothing comes: the block is there already, or there is nothing of it.
    double absent_share(const BlockLink& link, std::size_t position) const
    {
        const double there = stays(link, position);
        return there + (1 - there) * link.empty;
    }

    /// Whether a fill is absent from a change, of which all are numbered from 0 to 1: from the first ones, or where another input
    /// begins once this one ends, from the last ones.
    /// \param until the next number from which on it may not be so
    bool is_absent(std::size_t link, double from, double& until) const
    {
        const bool at_end = model_.lanes.operand[links_.link[link].operand].ends_first;
        const double change = at_end ? 1 - absent_[link] : absent_[link];
        const bool after = from >= change;
        if (!after) until = std::min(until, change);
        return after == at_end;
    }

    /// The mean of changes with and without fills that are absent from some: where one is, so are those that are absent more
    /// often, but for inputs that take turns.
    void find(BlockChange& mean, std::size_t position, SumsThat sums)
    {
        mean.stall = 0;
        std::fill_n(mean.busy.begin(), ports_, 0.0);
        std::fill_n(mean.critical.begin(), ports_, 0.0);
        for (double from = 0; from < 1;) {
            double to = 1;
            LinkSet absent;
            for (std::size_t i = 0; i < links_.count; ++i)
                if (links_.link[i].advance <= position) absent[i] = is_absent(i, from, to);
            BlockChange each;  // not initialised
            change_blocks(each, links_, times_, ports_, position, sums, &edges_, absent);
            add_part(mean, each, to - from);
            from = to;
        }
    }

    double stays(const BlockLink& link, std::size_t position) const
    {
        return staying_share(model_.layer.operand[link.operand], model_.lanes.operand[link.operand], link.level,
                             cuts_[link.operand], link.advance, position);
    }

    void add_part(BlockChange& sum, const BlockChange& change, double part) const
    {
        sum.stall += part * change.stall;
        for (std::size_t port = 0; port < static_cast<std::size_t>(ports_); ++port) {
            sum.busy[port] += part * change.busy[port];
            sum.critical[port] += part * change.critical[port];
        }
    }

    void add(BlockChange& sum, std::size_t position, SumsThat sums, double part)
    {
        if (changing_ == 0) return;
        const std::size_t kind = (sums.come ? 2 : 0) + (sums.are_final ? 1 : 0);
        BlockChange& change = change_[kind];
        if (!known_[kind]) find(change, position, sums);
        known_[kind] = true;
        add_part(sum, change, part);
    }

    const Model& model_;
    const LoopCuts& cuts_;
    const BlockLinks& links_;
    EdgeStalls edges_;
    const LoopTime* times_;
    int ports_;
    std::size_t changing_ = 0;
    std::array<double, kMaxOperands * kMaxLevels> absent_{};  ///< by link
    std::array<bool, 4> known_{};
    std::array<BlockChange, 4> change_;
};

/// Steps of all lanes along a dimension.
std::int64_t steps_along(const Model& model, LoopDim dim)
{
    return divide_up(model.layer.sizes[dim], model.lanes.operand[0].level[0][dim].lanes);
}

/// How often each loop runs inside of the others, on average: the last run of one that does not divide its dimension is cut off.
std::array<double, kMaxLoops> runs_of(const Model& model, const LoopCut& cut)
{
    std::array<double, kMaxLoops> runs;  // not initialised beyond the loops
    LoopSizes inside = kUnitLoopSizes;
    for (std::size_t i = 0; i < cut.count; ++i) {
        const TemporalLoop& loop = cut.loops[i];
        const std::int64_t all = steps_along(model, loop.dim);
        const std::int64_t blocks = divide_up(all, inside[loop.dim]);
        inside[loop.dim] *= loop.size;
        runs[i] = static_cast<double>(blocks) / static_cast<double>(divide_up(all, inside[loop.dim]));
    }
    return runs;
}

/// `runs` of the inner loops, and the changes between them.
void repeat(LoopTime& outer, const LoopTime& inner, const BlockChange& change, double runs, int ports)
{
    outer.cycles = runs * inner.cycles + (runs - 1) * change.stall;
    for (std::size_t port = 0; port < static_cast<std::size_t>(ports); ++port) {
        outer.busy[port] = runs * inner.busy[port] + (runs - 1) * change.busy[port];
        outer.critical[port] = runs * inner.critical[port] + (runs - 1) * change.critical[port];
    }
}

/// From the begin of the first iteration to the end of the last.
double cycles_between(const Model& model, const LoopCuts& cuts, BlockLinks& links)
{
    const LoopCut& cut = cuts[0];
    std::array<LoopTime, kMaxLoops + 1> times;  // not initialised: large, and filled as far as there are loops
    const OperandFacts& output = model.layer.operand[0];
    const std::array<double, kMaxLoops> runs = runs_of(model, cut);
    double rounds = 1;
    for (std::size_t i = 0; i < cut.count; ++i)
        if (output.irrelevant(cut.loops[i].dim)) rounds *= runs[i];
    const IterationTimes iteration = iteration_time(model.lanes, model.layer, cuts, Windows::as_mapped);
    times[0] = iteration.all;
    links.first = &iteration.first;
    Changes changes{model, cuts, links, times.data()};
    BlockChange change{};
    for (std::size_t i = 0; i < cut.count; ++i) {
        const TemporalLoop& loop = cut.loops[i];
        const bool reduces = output.irrelevant(loop.dim);
        if (reduces) rounds /= runs[i];
        if (runs[i] > 1)
            changes.average(change, i, reduces, rounds);
        else
            change.stall = 0;  // and nothing is multiplied with the rest
        repeat(times[i + 1], times[i], change, runs[i], model.lanes.ports);
    }
    return times[cut.count].cycles;
}

/// A block has room beside another one where the space of its memory is no less than both take.
void narrow_by_depths(CapacityRanges& ranges, const LayerFacts& layer, const BlockLinks& links)
{
    for (std::size_t i = 0; i < links.count; ++i) {
        const BlockLink& link = links.link[i];
        CapacityRange& range = ranges[layer.operand[link.operand].level[link.level].memory];
        if (link.one_block)
            range.overflows(static_cast<std::int64_t>(std::floor(link.both_blocks)));
        else
            range.fits(static_cast<std::int64_t>(std::ceil(link.both_blocks)));
    }
}

/// The MACs read ahead: the latency of what they read delays the first iteration alone.
double latency_at_macs(const LayerFacts& layer)
{
    Cycles most{1};
    for (std::size_t i = 1; i < layer.operands; ++i) most = std::max(most, layer.operand[i].level[0].latency);
    return read_latency(most);
}

std::int64_t whole(double cycles) { return round_up(cycles, kSumNoise); }

std::int64_t iterations_of(const LoopCut& cut)
{
    std::int64_t iterations = 1;
    for (std::size_t i = 0; i < cut.count; ++i) iterations *= cut.loops[i].size;
    return iterations;
}

/// Of all iterations, those that find something to do. The others, behind the end of a dimension that its loops do not divide, take
/// a cycle and move nothing.
std::int64_t busy_iterations(const Model& model)
{
    std::int64_t iterations = 1;
    for (LoopDim dim : kAllLoopDims) iterations *= steps_along(model, dim);
    return iterations;
}

/// Of an iteration. Inputs may stay at the MACs for longer than is known yet, but an iteration has a cycle at least.
double least_cycles(const Model& model, const LoopCuts& cuts, const DecidedLinks& decided)
{
    for (std::size_t i = 1; i < model.layer.operands; ++i)
        if (model.layer.operand[i].kept && !decided.at_macs[i]) return 1;
    return iteration_time(model.lanes, model.layer, cuts, Windows::may_stay).all.cycles;
}

double first_or_last(const BlockLink& link)
{
    if (link.output) return link.last_drain.cycles();
    return link.first_fill.slots() == 0 ? 0 : link.first_fill.cycles();
}

/// Of links that are decided, one after the other, and of the others.
double cycles_in_turn(const BlockLinks& links, std::size_t operand, const DecidedLinks& decided)
{
    double cycles = decided.others[operand];
    for (std::size_t i = links.begin[operand]; i < links.begin[operand + 1]; ++i)
        if (links.link[i].level < decided.levels[operand]) cycles += first_or_last(links.link[i]);
    return cycles;
}

/// Cycles of the port that is busy for longest with the words of all operands: no layer takes less.
double least_port_cycles(const Model& model, const LoopCuts& cuts)
{
    PerPort cycles;  // not initialised: this is done for each mapping of a search
    std::fill_n(cycles.begin(), model.lanes.ports, 0.0);
    for (std::size_t i = 0; i < model.layer.operands; ++i) {
        const OperandFacts& facts = model.layer.operand[i];
        const OperandAccesses words = accesses(facts, model.lanes.operand[i], cuts[i]);
        for (std::size_t level = 0; level < facts.levels; ++level)
            for (Direction d : kAllDirections) {
                const int port = model.lanes.operand[i].port[level][d];
                if (port != kNoPort)
                    cycles[static_cast<std::size_t>(port)] += least_port_time(facts, level, d, words[level][d]);
            }
    }
    return *std::max_element(cycles.begin(), cycles.begin() + model.lanes.ports);
}

}  // namespace

LinkCycles first_or_last(const Model& model, const LoopCut& cut, std::size_t operand)
{
    LinkCycles cycles{};
    const BlockLinks links = block_links(model, cut, operand);
    for (std::size_t i = 0; i < links.count; ++i) cycles[links.link[i].level] = first_or_last(links.link[i]);
    return cycles;
}

std::int64_t least_latency(const Model& model, const LoopCuts& cuts, const DecidedLinks& decided)
{
    constexpr double kSurely = 1 - 1e-12;  // sums of fractions differ in the last bits
    const BlockLinks links = block_links(model, cuts);
    const std::int64_t busy = busy_iterations(model);
    const double computing = static_cast<double>(busy) * least_cycles(model, cuts, decided) +
                             static_cast<double>(iterations_of(cuts[0]) - busy);
    double first = 0;
    for (std::size_t i = 1; i < model.layer.operands; ++i) first = std::max(first, cycles_in_turn(links, i, decided));
    const double last = cycles_in_turn(links, 0, decided);
    return whole(computing * kSurely) + whole((first + latency_at_macs(model.layer)) * kSurely) + whole(last * kSurely);
}

LatencyTerms latency(const Model& model, const LoopCuts& cuts, CapacityRanges* ranges)
{
    BlockLinks links = block_links(model, cuts);
    if (ranges != nullptr) narrow_by_depths(*ranges, model.layer, links);
    const std::int64_t iterations = iterations_of(cuts[0]);
    const double computing =
        cycles_between(model, cuts, links) + static_cast<double>(iterations - busy_iterations(model));
    LatencyTerms terms{iterations, whole(computing) - iterations, whole(loading(links) + latency_at_macs(model.layer)),
                       whole(offloading(links))};
    terms.stall += std::max<std::int64_t>(0, whole(least_port_cycles(model, cuts)) - terms.total());
    return terms;
}

}  // namespace plumbline::detail::refined
