// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/make_lanes.hpp"

#include <algorithm>
#include <vector>

#include "cost/layer/port_number.hpp"
#include "cost/refined/accesses.hpp"
#include "cost/refined/blocks/block_port_time.hpp"

namespace plumbline::detail::refined {
namespace {

void add_padded_axes(OperandLanes& lanes, const OperandFacts& facts)
{
    for (std::size_t level = 0; level < facts.levels; ++level)
        for (std::size_t i = 0; i < facts.padding.size(); ++i) {
            const SlidingAxis& axis = facts.operand->sliding[i];
            const PerLoopDim<DimLanes>& seen = lanes.level[level];
            lanes.padded[level].emplace_back(axis, facts.padding[i], seen[axis.position], seen[axis.window]);
        }
}

OperandLanes operand_lanes(const OperandFacts& facts, const LoopSizes& sizes)
{
    OperandLanes lanes;
    for (LoopDim dim : kAllLoopDims) {
        if (sizes[dim] == 1 || facts.slides(dim)) continue;
        (facts.relevant(dim) ? lanes.relevant : lanes.irrelevant).add(dim);
    }
    LoopSizes inside = kUnitLoopSizes;
    for (std::size_t level = 0; level <= facts.levels; ++level) {
        const LoopSizes below = inside;
        for (const SpatialLoop& loop : facts.spatial[level]) inside[loop.dim] *= whole_lanes(loop);
        if (level == facts.levels) break;
        lanes.as_below[level] = inside == below;
        for (LoopDim dim : kAllLoopDims) lanes.level[level][dim].inside = inside[dim];
    }
    for (std::size_t level = 0; level < facts.levels; ++level)
        for (LoopDim dim : kAllLoopDims) {
            lanes.level[level][dim].size = sizes[dim];
            lanes.level[level][dim].lanes = inside[dim];
        }
    add_padded_axes(lanes, facts);
    lanes.at_macs = mac_accesses(facts, lanes);
    return lanes;
}

/// In the order of their first use.
void number_ports(Lanes& lanes, const LayerFacts& layer)
{
    std::vector<int> number(static_cast<std::size_t>(layer.ports), kNoPort);
    for (std::size_t i = 0; i < layer.operands; ++i)
        for (std::size_t level = 0; level < layer.operand[i].levels; ++level)
            for (Direction d : kAllDirections) {
                const int port = layer.operand[i].level[level].port[d];
                lanes.operand[i].port[level][d] = kNoPort;
                if (port < 0) continue;
                int& known = number[static_cast<std::size_t>(port)];
                if (known == kNoPort) known = lanes.ports++;
                lanes.operand[i].port[level][d] = known;
            }
}

/// Slots of the MACs at level 0 of an operand on average. \param reads whether an input is read
void add_accesses(LoopTime& iteration, const OperandFacts& facts, const OperandLanes& lanes, const LoopSizes& part,
                  SumsThat sums, bool reads)
{
    const BlockPortTime step{facts, lanes, 0, kUnitLoopSizes, part};
    const auto add = [&](Direction d, std::int64_t bits) {
        if (lanes.port[0][d] == kNoPort) return;
        iteration.busy[static_cast<std::size_t>(lanes.port[0][d])] += step.mean_slots(facts.port_at(0, d), bits);
    };
    if (facts.output ? sums.come : reads) add(Direction::read_down, facts.precision);
    if (facts.output) add(Direction::write_from_down, sums.are_final ? facts.final_precision : facts.precision);
}

/// Slots that some of the iterations need at a port beside all else.
struct ReadSlots {
    int port = kNoPort;
    double slots = 0;
    double share = 1;  ///< of the iterations
};
using ReadKinds = std::vector<ReadSlots>;

/// What iterations read of an input whose windows reach beyond edges, each kind once.
ReadKinds padded_reads(const OperandFacts& facts, const OperandLanes& lanes, const LoopSizes& part)
{
    ReadKinds kinds;
    const int port = lanes.port[0][Direction::read_down];
    const BlockPortTime step{facts, lanes, 0, kUnitLoopSizes, part};
    step.for_each_size(facts.port_at(0, Direction::read_down), facts.precision, [&](double slots, double share) {
        const auto alike = [&](const ReadSlots& each) { return each.slots == slots; };
        const auto found = std::find_if(kinds.begin(), kinds.end(), alike);
        if (found == kinds.end())
            kinds.push_back({port, slots, share});
        else
            found->share += share;
    });
    return kinds;
}

/// Iterations from one read of each operand to the next.
using ReadEvery = std::array<std::int64_t, kMaxOperands>;

/// The time of an iteration on average, from those of its kinds.
class IterationTime {
public:
    IterationTime(const Lanes& lanes, const LayerFacts& layer, const ReadEvery& every, const LoopSizes& part)
        : lanes_{lanes},
          layer_{layer},
          every_{every},
          part_{part}
    {}

    /// The first of all rounds of the reduction reads no sums, and the last one writes final ones.
    LoopTime average()
    {
        double rounds = 1;
        for (LoopDim dim : lanes_.operand[0].irrelevant) rounds *= rounds_along(lanes_.operand[0].level[0][dim], 1).all;
        if (rounds == 1) {
            add_reads({false, true}, 1);
            return sum_;
        }
        add_reads({false, false}, 1 / rounds);
        if (rounds > 2) add_reads({true, false}, 1 - 2 / rounds);
        add_reads({true, true}, 1 / rounds);
        return sum_;
    }

private:
    /// Inputs are read after some of the innermost loops: where one is, those that are read more often are, too.
    void add_reads(SumsThat sums, double part)
    {
        for (std::int64_t since = 1; since > 0;) {
            std::int64_t next = 0;
            for (std::int64_t each : every_)
                if (each > since && (next == 0 || each < next)) next = each;
            const double rarer = next == 0 ? 0 : 1 / static_cast<double>(next);
            add(sums, since, part * (1 / static_cast<double>(since) - rarer));
            since = next;
        }
    }

    /// Where windows reach beyond edges, an iteration that reads little makes up for none that reads much.
    void add(SumsThat sums, std::int64_t since, double part)
    {
        LoopTime others{};
        ReadKinds kinds{{}};
        for (std::size_t i = 0; i < layer_.operands; ++i) {
            const bool reads = every_[i] <= since;
            const OperandLanes& lanes = lanes_.operand[i];
            const bool padded = reads && !lanes.padded[0].empty() && lanes.port[0][Direction::read_down] != kNoPort;
            if (padded)
                kinds = padded_reads(layer_.operand[i], lanes, part_);
            else
                add_accesses(others, layer_.operand[i], lanes, part_, sums, reads);
        }
        if (since == 1) {
            frequent_ = others;
            for (const ReadSlots& kind : kinds)
                if (kind.port != kNoPort)
                    frequent_.busy[static_cast<std::size_t>(kind.port)] += kind.share * kind.slots;
        }
        for (const ReadSlots& kind : kinds) {
            LoopTime each = others;
            if (kind.port != kNoPort) each.busy[static_cast<std::size_t>(kind.port)] += kind.slots;
            add_iteration(each, part * kind.share);
        }
    }

    /// It needs all its slots, and a cycle. A port that it keeps busy for most of it is critical: others delay it.
    /// Where the iterations after it leave a port alone, others had it last, and the first turn is the iteration's.
    void add_iteration(LoopTime& each, double part)
    {
        each.cycles = std::max(1.0, *std::max_element(each.busy.begin(), each.busy.begin() + lanes_.ports));
        sum_.cycles += part * each.cycles;
        for (std::size_t port = 0; port < static_cast<std::size_t>(lanes_.ports); ++port) {
            const double busy = each.busy[port];
            const double first_turn = frequent_.busy[port] == 0 ? std::min(1.0, busy) : 0;
            sum_.busy[port] += part * busy;
            sum_.critical[port] += part * std::max(0.0, std::min(2 * busy - each.cycles, busy - first_turn));
        }
    }

    const Lanes& lanes_;
    const LayerFacts& layer_;
    const ReadEvery& every_;
    const LoopSizes& part_;
    LoopTime frequent_{};  ///< iterations that read what each of them does
    LoopTime sum_{};
};

constexpr ReadEvery kEachIteration{1, 1, 1};

PortUse reads_of_sums(const OperandFacts& output, const OperandLanes& lanes, double rounds)
{
    const int port = lanes.port[0][Direction::read_down];
    if (port == kNoPort) return {kNoPort, 0};
    const BlockPortTime step{output, lanes, 0, kUnitLoopSizes};
    return {port, step.mean_slots(output.port_at(0, Direction::read_down), output.precision) * (1 - 1 / rounds)};
}

/// Iterations with all lanes, or the last ones along some of the dimensions that lanes do not divide.
struct EdgePart {
    LoopSizes sizes = kUnitLoopSizes;
    double share = 1;  ///< of all iterations
};

EdgePart edge_part(const Lanes& lanes, const LayerFacts& layer, std::size_t some)
{
    const PerLoopDim<DimLanes>& along = lanes.operand[0].level[0];
    EdgePart part;
    for (LoopDim dim : kAllLoopDims) part.sizes[dim] = std::min(along[dim].lanes, layer.sizes[dim]);
    for (std::size_t i = 0; i < lanes.at_edges.dims.count; ++i) {
        const LoopDim dim = lanes.at_edges.dims.dim[i];
        const double last = 1 / static_cast<double>(divide_up(layer.sizes[dim], along[dim].lanes));
        const bool at_edge = (some >> i & 1) != 0;
        if (at_edge) part.sizes[dim] = layer.sizes[dim] % along[dim].lanes;
        part.share *= at_edge ? last : 1 - last;
    }
    return part;
}

/// The mean over all iterations: which port takes longest is not the same one at edges.
LoopTime mean_iteration(const Lanes& lanes, const LayerFacts& layer, const ReadEvery& every)
{
    LoopTime mean{};
    for (std::size_t some = 0; some < lanes.at_edges.sets(); ++some) {
        const EdgePart part = edge_part(lanes, layer, some);
        if (part.share == 0) continue;
        const LoopTime time = IterationTime{lanes, layer, every, part.sizes}.average();
        mean.cycles += part.share * time.cycles;
        for (std::size_t port = 0; port < static_cast<std::size_t>(lanes.ports); ++port) {
            mean.busy[port] += part.share * time.busy[port];
            mean.critical[port] += part.share * time.critical[port];
        }
    }
    return mean;
}

void set_edge_iterations(Lanes& lanes, const LayerFacts& layer)
{
    EdgeIterations& edges = lanes.at_edges;
    edges.dims = {};
    for (LoopDim dim : kAllLoopDims)
        if (layer.sizes[dim] % lanes.operand[0].level[0][dim].lanes != 0) edges.dims.add(dim);
    for (std::size_t some = 0; some < edges.sets(); ++some)
        edges.cycles[some] =
            IterationTime{lanes, layer, kEachIteration, edge_part(lanes, layer, some).sizes}.average().cycles;
}

}  // namespace

void set_iteration_time(Lanes& lanes, const LayerFacts& layer)
{
    double rounds = 1;
    for (LoopDim dim : lanes.operand[0].irrelevant) rounds *= rounds_along(lanes.operand[0].level[0][dim], 1).all;
    lanes.sums = reads_of_sums(layer.operand[0], lanes.operand[0], rounds);
    set_edge_iterations(lanes, layer);
    lanes.iteration = mean_iteration(lanes, layer, kEachIteration);
}

LoopTime iteration_time(const Lanes& lanes, const LayerFacts& layer, const LoopCuts& cuts)
{
    ReadEvery every = kEachIteration;
    for (std::size_t i = 1; i < layer.operands; ++i) {
        if (!layer.operand[i].kept) continue;
        for (std::size_t loop = 0; loop < cuts[i].count; ++loop) {
            const TemporalLoop& each = cuts[i].loops[loop];
            if (each.size > 1 && !layer.operand[i].irrelevant(each.dim)) break;
            every[i] *= each.size;
        }
    }
    return every == kEachIteration ? lanes.iteration : mean_iteration(lanes, layer, every);
}

Lanes make_lanes(const LayerFacts& layer)
{
    Lanes lanes;
    for (std::size_t i = 0; i < layer.operands; ++i) lanes.operand[i] = operand_lanes(layer.operand[i], layer.sizes);
    number_ports(lanes, layer);
    set_iteration_time(lanes, layer);
    return lanes;
}

}  // namespace plumbline::detail::refined
