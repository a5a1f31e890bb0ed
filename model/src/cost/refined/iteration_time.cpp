// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/iteration_time.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "cost/refined/blocks/block_port_time.hpp"
#include "cost/refined/input_traffic.hpp"

namespace plumbline::detail::refined {
namespace {

/// Slots of the MACs at level 0 of an operand, on average over the iterations of a part of the tile.
struct Accesses {
    double read = 0;
    double write = 0;        ///< partial sums
    double write_final = 0;  ///< sums of the last round
};

Accesses accesses_of(const OperandFacts& facts, const OperandLanes& lanes, const BlockPortTime& step)
{
    Accesses slots;
    const auto of = [&](Direction d, std::int64_t bits) { return step.mean_slots(facts.port_at(0, d), bits); };
    if (lanes.port[0][Direction::read_down] != kNoPort) slots.read = of(Direction::read_down, facts.precision);
    if (!facts.output || lanes.port[0][Direction::write_from_down] == kNoPort) return slots;
    slots.write = of(Direction::write_from_down, facts.precision);
    slots.write_final = of(Direction::write_from_down, facts.final_precision);
    return slots;
}

/// Slots that some of the iterations need at a port beside all else.
struct ReadSlots {
    int port;
    double slots;
    double share;  ///< of the iterations
};

/// Few: sizes of blocks are. Made for each mapping of a search.
class ReadKinds {
public:
    /// Those that need as much are one kind.
    void add(const ReadSlots& more)
    {
        const auto alike = [&](const ReadSlots& each) { return each.port == more.port && each.slots == more.slots; };
        ReadSlots* const found = std::find_if(kinds_.data(), kinds_.data() + count_, alike);
        if (found == kinds_.data() + count_)
            kinds_[count_++] = more;
        else
            found->share += more.share;
    }
    const ReadSlots* begin() const { return kinds_.data(); }
    const ReadSlots* end() const { return kinds_.data() + count_; }
    /// \param least whether those with least slots come first, or last
    void sort(bool least)
    {
        std::sort(kinds_.data(), kinds_.data() + count_, [&](const ReadSlots& a, const ReadSlots& b) {
            return least ? a.slots < b.slots : b.slots < a.slots;
        });
    }

private:
    std::array<ReadSlots, BlockPortTime::kMostSizes + 1> kinds_;  // not initialised
    std::size_t count_ = 0;
};

/// What iterations read of an input, each kind once. \param stays part of those that have it from the one before
ReadKinds kinds_of_reads(const OperandFacts& facts, const OperandLanes& lanes, const BlockPortTime& step, double stays)
{
    const int port = lanes.port[0][Direction::read_down];
    ReadKinds kinds;
    if (stays > 0) kinds.add({port, 0, stays});
    step.for_each_size(facts.port_at(0, Direction::read_down), facts.precision, [&](double slots, double share) {
        kinds.add({port, slots, (1 - stays) * share});
    });
    return kinds;
}

void add_part(LoopTime& sum, const LoopTime& time, double part, int ports)
{
    sum.cycles += part * time.cycles;
    for (std::size_t port = 0; port < static_cast<std::size_t>(ports); ++port) {
        sum.busy[port] += part * time.busy[port];
        sum.critical[port] += part * time.critical[port];
    }
}

/// When an input is read that stays at the MACs.
struct InputReads {
    std::int64_t every = 1;  ///< so many iterations, in which it does not change
    double stays = 0;        ///< part of these times in which windows let it stay, so that it is not read
};
using Reads = std::array<InputReads, kMaxOperands>;

/// What the MACs need of an operand.
struct OperandUse {
    Accesses slots;
    bool differs =
        false;  ///< iterations read more or less of it: where windows reach beyond edges, or what they reach stays
    ReadKinds reads;  ///< where they do
};

/// Inputs of which iterations read more or less, side by side: iterations are numbered from 0 to 1, and go through the kinds of each
/// input in their order.
struct Differing {
    std::array<const ReadKinds*, kMaxOperands> kinds;
    std::array<const ReadSlots*, kMaxOperands> next;
    std::array<double, kMaxOperands> left;  ///< share of the next kind
    std::size_t count = 0;

    void add(const ReadKinds& reads)
    {
        kinds[count] = &reads;
        next[count] = reads.begin();
        left[count++] = reads.begin()->share;
    }
    bool any() const { return next[0] != kinds[0]->end(); }

    /// Adds what the next iterations read, and returns their share of all.
    double take(PerPort& slots)
    {
        double share = left[0];
        for (std::size_t i = 1; i < count; ++i) share = std::min(share, left[i]);
        for (std::size_t i = 0; i < count; ++i) {
            slots[static_cast<std::size_t>(next[i]->port)] += next[i]->slots;
            pass(i, share);
        }
        return share;
    }

private:
    /// Shares of all kinds of an input are 1, but for the last bits: its last kind lasts until that of the first input ends.
    void pass(std::size_t i, double share)
    {
        constexpr double kNoise = 1e-12;
        left[i] -= share;
        if (left[i] > kNoise) return;
        const bool last = next[i] + 1 == kinds[i]->end();
        if (last && i > 0) {
            left[i] = 1;
            return;
        }
        ++next[i];
        if (!last) left[i] = next[i]->share;
    }
};

/// The time of an iteration on average, from those of its kinds.
class IterationTime {
public:
    /// \param part sizes of the part of the tile that these iterations compute
    IterationTime(const Lanes& lanes, const LayerFacts& layer, const Reads& reads, const LoopSizes& part)
        : lanes_{lanes},
          layer_{layer},
          reads_{reads},
          ports_{static_cast<std::size_t>(lanes.ports)}
    {
        for (std::size_t i = 0; i < layer.operands; ++i) {
            const OperandFacts& facts = layer.operand[i];
            const OperandLanes& seen = lanes.operand[i];
            const BlockPortTime step{facts, seen, 0, kUnitLoopSizes, part};
            OperandUse& use = use_[i];
            use.slots = accesses_of(facts, seen, step);
            use.differs =
                (!seen.padded[0].empty() || reads[i].stays > 0) && seen.port[0][Direction::read_down] != kNoPort;
            if (!use.differs) continue;
            use.reads = kinds_of_reads(facts, seen, step, reads[i].stays);
            use.reads.sort(!seen.ends_first);
        }
    }

    /// The first of all rounds of the reduction reads no sums, and the last one writes final ones.
    IterationTimes average()
    {
        double rounds = 1;
        for (LoopDim dim : lanes_.operand[0].irrelevant) rounds *= rounds_along(lanes_.operand[0].level[0][dim], 1).all;
        IterationTimes times{};
        add_reads({false, rounds == 1}, 1 / rounds);
        add_part(times.first, sum_, rounds, lanes_.ports);
        if (rounds > 2) add_reads({true, false}, 1 - 2 / rounds);
        if (rounds > 1) add_reads({true, true}, 1 / rounds);
        times.all = sum_;
        return times;
    }

private:
    /// Inputs are read after some of the innermost loops: where one is, those that are read more often are, too.
    void add_reads(SumsThat sums, double part)
    {
        for (std::int64_t since = 1; since > 0;) {
            std::int64_t next = 0;
            for (const InputReads& each : reads_)
                if (each.every > since && (next == 0 || each.every < next)) next = each.every;
            const double rarer = next == 0 ? 0 : 1 / static_cast<double>(next);
            add(sums, since, part * (1 / static_cast<double>(since) - rarer));
            since = next;
        }
    }

    /// An iteration that reads little makes up for none that reads much.
    void add(SumsThat sums, std::int64_t since, double part)
    {
        PerPort others;
        std::fill_n(others.begin(), ports_, 0.0);
        Differing differing;
        for (std::size_t i = 0; i < layer_.operands; ++i) {
            const bool reads = reads_[i].every <= since;
            if (reads && use_[i].differs)
                differing.add(use_[i].reads);
            else
                add_accesses(others, i, sums, reads);
        }
        if (since == 1) set_frequent(others, differing);
        if (differing.count == 0) return add_iteration(others, part);
        while (differing.any()) {
            PerPort each;
            std::copy_n(others.begin(), ports_, each.begin());
            const double share = differing.take(each);
            add_iteration(each, part * share);
        }
    }

    void add_accesses(PerPort& busy, std::size_t operand, SumsThat sums, bool reads) const
    {
        const OperandFacts& facts = layer_.operand[operand];
        const Accesses& slots = use_[operand].slots;
        const PerDirection<int>& port = lanes_.operand[operand].port[0];
        const int from = port[Direction::read_down];
        if (from != kNoPort && (facts.output ? sums.come : reads)) busy[static_cast<std::size_t>(from)] += slots.read;
        const int to = port[Direction::write_from_down];
        if (facts.output && to != kNoPort)
            busy[static_cast<std::size_t>(to)] += sums.are_final ? slots.write_final : slots.write;
    }

    void set_frequent(const PerPort& others, const Differing& differing)
    {
        std::copy_n(others.begin(), ports_, frequent_.begin());
        for (std::size_t i = 0; i < differing.count; ++i)
            for (const ReadSlots& kind : *differing.kinds[i])
                frequent_[static_cast<std::size_t>(kind.port)] += kind.share * kind.slots;
    }

    /// It needs all its slots, and a cycle. A port that it keeps busy for most of it is critical: others delay it.
    /// Where the iterations after it leave a port alone, others had it last, and the first turn is the iteration's.
    void add_iteration(const PerPort& slots, double part)
    {
        double cycles = 1;
        for (std::size_t port = 0; port < ports_; ++port) cycles = std::max(cycles, slots[port]);
        sum_.cycles += part * cycles;
        for (std::size_t port = 0; port < ports_; ++port) {
            const double busy = slots[port];
            const double first_turn = frequent_[port] == 0 ? std::min(1.0, busy) : 0;
            sum_.busy[port] += part * busy;
            sum_.critical[port] += part * std::max(0.0, std::min(2 * busy - cycles, busy - first_turn));
        }
    }

    const Lanes& lanes_;
    const LayerFacts& layer_;
    const Reads& reads_;
    std::size_t ports_;
    std::array<OperandUse, kMaxOperands> use_;
    PerPort frequent_;  ///< slots of iterations that read what each of them does; set with the first of them
    LoopTime sum_{};
};

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
/// \param visit called with each set of edges, and the cycles of its iterations
template <class Visit>
IterationTimes mean_iteration(const Lanes& lanes, const LayerFacts& layer, const Reads& reads, Visit visit)
{
    IterationTimes mean{};
    for (std::size_t some = 0; some < lanes.at_edges.sets(); ++some) {
        const EdgePart part = edge_part(lanes, layer, some);
        const IterationTimes times = IterationTime{lanes, layer, reads, part.sizes}.average();
        visit(some, times.all.cycles);
        add_part(mean.all, times.all, part.share, lanes.ports);
        add_part(mean.first, times.first, part.share, lanes.ports);
    }
    return mean;
}

/// Dimensions along which the last iteration is not full.
DimList edges_of(const Lanes& lanes, const LayerFacts& layer)
{
    DimList edges;
    for (LoopDim dim : kAllLoopDims)
        if (layer.sizes[dim] % lanes.operand[0].level[0][dim].lanes != 0) edges.add(dim);
    return edges;
}

bool windows_overlap(const OperandFacts& facts, const LoopSizes& sizes)
{
    const std::vector<SlidingAxis>& sliding = facts.operand->sliding;
    return std::any_of(sliding.begin(), sliding.end(),
                       [&](const SlidingAxis& axis) { return sizes[axis.position] > 1 && sizes[axis.window] > 1; });
}

/// Of what iterations read from a loop on that changes it; the first one finds nothing.
double share_that_stays(const OperandFacts& facts, const OperandLanes& lanes, const LoopCut& cut, std::size_t first)
{
    double stays = 0;
    for_each_advance(cut, first, [&](std::size_t position, double share) {
        stays += share * staying_share(facts, lanes, 0, cut, first, position);
    });
    if (stays == 0) return 0;
    double all = 1;
    for (std::size_t i = first; i < cut.count; ++i) all *= static_cast<double>(cut.loops[i].size);
    return stays * (1 - 1 / all);
}

}  // namespace

void set_iteration_time(Lanes& lanes, const LayerFacts& layer)
{
    double rounds = 1;
    for (LoopDim dim : lanes.operand[0].irrelevant) rounds *= rounds_along(lanes.operand[0].level[0][dim], 1).all;
    lanes.sums = reads_of_sums(layer.operand[0], lanes.operand[0], rounds);
    lanes.at_edges.dims = edges_of(lanes, layer);
    lanes.iteration = mean_iteration(lanes, layer, {},
                                     [&](std::size_t some, double cycles) { lanes.at_edges.cycles[some] = cycles; });
}

IterationTimes iteration_time(const Lanes& lanes, const LayerFacts& layer, const LoopCuts& cuts, Windows windows)
{
    Reads reads;
    bool each_iteration = true;
    for (std::size_t i = 1; i < layer.operands; ++i) {
        const OperandFacts& facts = layer.operand[i];
        if (!facts.kept) continue;
        std::size_t first = 0;  // loop that changes what an iteration reads
        for (; first < cuts[i].count; ++first) {
            const TemporalLoop& each = cuts[i].loops[first];
            if (each.size > 1 && !facts.irrelevant(each.dim)) break;
            reads[i].every *= each.size;
        }
        if (windows == Windows::may_stay)
            reads[i].stays = windows_overlap(facts, layer.sizes) ? 1 : 0;
        else
            reads[i].stays = share_that_stays(facts, lanes.operand[i], cuts[i], first);
        each_iteration = each_iteration && reads[i].every == 1 && reads[i].stays == 0;
    }
    return each_iteration ? lanes.iteration : mean_iteration(lanes, layer, reads, [](std::size_t, double) {});
}

}  // namespace plumbline::detail::refined
