// SPDX-License-Identifier: Apache-2.0
#include "cost/uniform/latency.hpp"

#include <algorithm>

#include "cost/uniform/double_buffer.hpp"
#include "cost/uniform/port_stalls.hpp"
#include "plumbline/units.hpp"

namespace plumbline::detail::uniform {
namespace {

/// Ticks that a transfer takes at its end in one memory, from when it may begin. What the MACs read waits for nothing.
std::int64_t real_ticks(const LayerFacts& layer, const OperandFacts& facts, std::size_t level, Direction d,
                        const Transfer& transfer)
{
    if (transfer.periods == 0) return 0;
    const TimedPort port = facts.port_at(level, d);
    const bool waits = is_read(d) && port.between_memories;
    return (waits ? port.timing.access_latency.count() * layer.ticks : 0) +
           port_time(port, layer.ticks, WholeTransfer{Bits{transfer.lane_elements * transfer.precision}});
}

template <class Visit>
void for_each_transfer(const LayerFacts& layer, const MappedOperands& mapped, Visit visit)
{
    for (std::size_t i = 0; i < layer.operands; ++i)
        for (std::size_t level = 0; level < layer.operand[i].levels; ++level)
            for (Direction d : kAllDirections) {
                const Transfer& transfer = mapped[i].transfers[level][d];
                if (transfer.periods > 0) visit(i, level, d, transfer);
            }
}

std::int64_t busiest_port_stall(const LayerFacts& layer, const MappedOperands& mapped)
{
    const DoubleBuffered buffered = double_buffered(layer, mapped);
    PeriodicTransfers transfers;
    for_each_transfer(layer, mapped, [&](std::size_t i, std::size_t level, Direction d, const Transfer& transfer) {
        const bool down = d == Direction::read_down || d == Direction::write_from_down;
        const bool whole_period = buffered[i][down ? level : level + 1];
        const OperandFacts& facts = layer.operand[i];
        transfers.add({facts.level[level].port[d], real_ticks(layer, facts, level, d, transfer),
                       (whole_period ? transfer.period : transfer.window) * layer.ticks, transfer.period * layer.ticks,
                       transfer.periods});
    });
    std::int64_t worst = 0;
    for (int port = 0; port < layer.ports; ++port) {
        PeriodicTransfers served;
        for (const PeriodicTransfer& transfer : transfers)
            if (transfer.port == port) served.add(transfer);
        worst = std::max(worst, port_stall(served));
    }
    return worst;
}

/// Both ends of the link between two memory levels of an operand, and how long its first transfer takes.
struct Link {
    int lower_port;
    int upper_port;
    std::int64_t ticks;
};

Link input_link(const LayerFacts& layer, const OperandFacts& facts, const Transfers& transfers, std::size_t lower)
{
    const Direction in = Direction::write_from_up;
    const Direction out = Direction::read_down;
    return {facts.level[lower].port[in], facts.level[lower + 1].port[out],
            std::max(real_ticks(layer, facts, lower, in, transfers[lower][in]),
                     real_ticks(layer, facts, lower + 1, out, transfers[lower + 1][out]))};
}

bool uses_port(const OperandFacts& facts, int port)
{
    for (std::size_t level = 0; level < facts.levels; ++level)
        for (Direction d : kAllDirections)
            if (facts.level[level].port[d] == port) return true;
    return false;
}

bool shared_by_inputs(const LayerFacts& layer, int port)
{
    int inputs = 0;
    for (std::size_t i = 1; i < layer.operands; ++i) inputs += uses_port(layer.operand[i], port) ? 1 : 0;
    return inputs > 1;
}

/// Loading of one input, by whether the links on the way share their ports with the other input.
struct LoadingParts {
    std::int64_t alone = 0;
    std::int64_t half_shared = 0;
    std::int64_t shared = 0;
    std::int64_t total() const { return alone + half_shared + shared; }
};

LoadingParts loading_parts(const LayerFacts& layer, const MappedOperands& mapped, std::size_t operand)
{
    LoadingParts parts;
    for (std::size_t level = 0; level + 1 < layer.operand[operand].levels; ++level) {
        const Link link = input_link(layer, layer.operand[operand], mapped[operand].transfers, level);
        const bool lower = shared_by_inputs(layer, link.lower_port);
        const bool upper = shared_by_inputs(layer, link.upper_port);
        if (!lower && !upper)
            parts.alone += link.ticks;
        else if (lower && upper)
            parts.shared += link.ticks;
        else
            parts.half_shared = link.ticks;  // the last such link stands for all, as in ZigZag
    }
    return parts;
}

/// Inputs load in parallel where their ports differ; on shared ports one goes first, whichever is better.
std::int64_t loading(const LayerFacts& layer, const MappedOperands& mapped)
{
    const LoadingParts a = loading_parts(layer, mapped, 1);
    if (layer.operands == 2) return a.alone;
    const LoadingParts b = loading_parts(layer, mapped, 2);
    return std::min(a.shared + std::max(b.total(), a.half_shared + a.alone),
                    b.shared + std::max(a.total(), b.half_shared + b.alone));
}

/// The last outputs cross the top link; each memory between adds its latency.
std::int64_t offloading(const LayerFacts& layer, const Transfers& transfers)
{
    const OperandFacts& output = layer.operand[0];
    if (output.levels < 2) return 0;
    const std::size_t lower = output.levels - 2;
    const Direction out = Direction::read_up;
    const Direction in = Direction::write_from_down;
    std::int64_t ticks = std::max(real_ticks(layer, output, lower, out, transfers[lower][out]),
                                  real_ticks(layer, output, lower + 1, in, transfers[lower + 1][in]));
    Cycles latency{};
    for (std::size_t level = 1; level <= lower; ++level) latency += output.level[level].latency;
    if (lower > 0) latency -= output.level[lower].timing.access_latency;  // the transfer has waited for it
    ticks += latency.count() * layer.ticks;
    return ticks;
}

/// Ticks that transfers of one port stall, if all were double-buffered.
struct LeastStall {
    std::int64_t beyond_periods = 0;
    std::int64_t real = 0;
};

std::int64_t least_stall(const LayerFacts& layer, const MappedOperands& mapped, const DecidedLinks& decided, int port)
{
    LeastStall stall;
    for_each_transfer(layer, mapped, [&](std::size_t i, std::size_t level, Direction d, const Transfer& transfer) {
        const OperandFacts& facts = layer.operand[i];
        if (facts.level[level].port[d] != port || !decided.knows(i, level, d)) return;
        const std::int64_t real = real_ticks(layer, facts, level, d, transfer);
        stall.beyond_periods +=
            std::max<std::int64_t>(0, real - transfer.period * layer.ticks) * (transfer.periods - 1);
        stall.real += real * (transfer.periods - 1);
    });
    return std::max(stall.beyond_periods, stall.real - mapped[0].reuse.iterations * layer.ticks);
}

/// Of the links that count in any case: of those of which one end is shared, only the last does.
std::int64_t least_loading(const LayerFacts& layer, const MappedOperands& mapped, const DecidedLinks& decided)
{
    std::int64_t most = 0;
    for (std::size_t operand = 1; operand < layer.operands; ++operand) {
        std::int64_t ticks = 0;
        for (std::size_t level = 0; level < decided.levels[operand]; ++level) {
            const Link link = input_link(layer, layer.operand[operand], mapped[operand].transfers, level);
            if (shared_by_inputs(layer, link.lower_port) == shared_by_inputs(layer, link.upper_port))
                ticks += link.ticks;
        }
        most = std::max(most, ticks);
    }
    return most;
}

}  // namespace

std::int64_t least_latency(const LayerFacts& layer, const MappedOperands& mapped, const DecidedLinks& decided)
{
    std::int64_t stall = 0;
    for (int port = 0; port < layer.ports; ++port) stall = std::max(stall, least_stall(layer, mapped, decided, port));
    const bool leaves = decided.levels[0] + 1 == layer.operand[0].levels;
    const std::int64_t last = leaves ? offloading(layer, mapped[0].transfers) : 0;
    return mapped[0].reuse.iterations + divide_up(stall, layer.ticks) +
           divide_up(least_loading(layer, mapped, decided), layer.ticks) + divide_up(last, layer.ticks);
}

LatencyTerms latency(const LayerFacts& layer, const MappedOperands& mapped)
{
    const auto cycles = [&](std::int64_t ticks) { return divide_up(ticks, layer.ticks); };
    return {mapped[0].reuse.iterations, cycles(busiest_port_stall(layer, mapped)), cycles(loading(layer, mapped)),
            cycles(offloading(layer, mapped[0].transfers))};
}

}  // namespace plumbline::detail::uniform
