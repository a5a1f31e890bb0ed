// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/block_stall.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "cost/refined/port_delays.hpp"
#include "cost/refined/transfer_chain.hpp"

namespace plumbline::detail::refined {
namespace {

/// Words that a transfer reads before it has written any.
constexpr double kReadAhead = 2;

/// What a long transfer takes of a port of which others need a part of the time.
struct Turns {
    double taken = 0;   ///< slots that others need at once
    double cycles = 0;  ///< that it takes until the transfer is over
    double moved = 0;   ///< slots of its own, where it is not over
};

/// While both want the port they take turns; in the time left over the transfer is as fast as alone (`rate`).
Turns turns_at(const PortUse& use, double rate, double critical)
{
    if (critical <= 0) return {0, use.slots / rate, 0};
    critical = std::min(critical, 1.0);
    const double share = std::min(rate, 0.5);
    const double taken = share * critical / (1 - share);
    const double cycles = use.slots / (rate * (1 - critical) + taken);
    return {taken * cycles, (1 + taken) * cycles, 0};
}

/// Transfers that share a port, and the iterations that hide them.
struct PortGroup {
    double before;
    double after;
    double late_delay;  ///< of others that need the port at once
    double not_read;    ///< slots that iterations before the change need on average, but not in the last pass
    std::size_t window_before;
    std::size_t window_after;
    std::size_t visit;
};

/// Iterations after a change that begin new outputs: they read no sums, and are over the sooner.
struct FirstIterations {
    const LoopTime* each = nullptr;  ///< one; none: there are no such iterations, or they are as all are
    double cycles = 0;
    double of_average = 0;  ///< cycles of so many average ones
    double sums = 0;        ///< slots that these would need at the port that reads sums, if nothing else is read there

    double critical(std::size_t port) const { return each->critical[port] / each->cycles; }
};

FirstIterations first_iterations(const BlockLinks& links, const LoopTime* times, std::size_t position, SumsThat sums)
{
    constexpr double kNoise = 1e-9;
    const bool outputs_begin = !sums.come && links.begin[1] > 0;
    if (!outputs_begin || links.first == nullptr || links.sums.port == kNoPort) return {};
    FirstIterations first;
    first.each = links.first;
    first.of_average = times[std::min({links.first_sums, links.link[0].pass, position})].cycles;
    first.cycles = first.of_average / times[0].cycles * first.each->cycles;
    const auto port = static_cast<std::size_t>(links.sums.port);
    const bool alone = times[0].busy[port] <= links.sums.slots + kNoise;
    first.sums = alone ? times[0].busy[port] * first.of_average / times[0].cycles : 0;
    return first;
}

class Change {
public:
    Change(BlockChange& change, const BlockLinks& links, const LoopTime* times, int ports, const FirstIterations& first)
        : change_{change},
          sums_{links.sums.port},
          first_{first},
          times_{times},
          ports_{ports}
    {
        std::fill_n(change_.busy.begin(), ports, 0.0);
        std::fill_n(change_.critical.begin(), ports, 0.0);
        std::fill_n(groups_.begin(), ports, PortGroup{});
    }

    void add(const BlockTransfer& transfer, double stall)
    {
        const BlockLink& link = *transfer.link;
        const double slots = transfer.ports->slots();
        const double begin = begin_of(transfer);
        double cycles = transfer.ports->cycles();
        // Long fills beside long iterations stall less than by their means.
        const double alone = transfer.cycles - times_[link.window()].cycles;
        const double spared = link.empty > 0 ? std::max(0.0, alone - std::max(0.0, stall)) : 0;
        PortDelays::Ports ports;
        for (const PortUse& use : transfer.ports->uses)
            if (use.port != kNoPort && use.slots > 0) ports.set(static_cast<std::size_t>(use.port));
        if (link.late) late_ports_ |= ports;
        for (const PortUse& use : transfer.ports->uses) {
            if (use.port == kNoPort || use.slots == 0) continue;
            const auto port = static_cast<std::size_t>(use.port);
            const Turns turns = turns_with_others(transfer, &use, use.slots / slots);
            const double delay = turns.taken;
            if (link.late)
                groups_[port].late_delay += delay;
            else
                delays_.add(port, begin, transfer.ports->latency, turns.cycles, delay, ports);
            cycles = std::max(cycles, transfer.ports->latency + turns.cycles);
            change_.busy[port] += use.slots;
            // What a transfer needs for no more than half of its time it gets in turn with another, as the MACs do.
            const double beyond_half = std::max(0.0, 2 - slots / use.slots);
            needs_[needs_count_++] = {port, beyond_half, use.slots, stall, link.late};
            group(groups_[port], transfer, use, use.slots - spared);
            if (transfer.leads) after_latency_ = std::max(after_latency_, excess_after_latency(transfer, use));
        }
        if (transfer.at_change()) (transfer.fill ? filled_ : drained_) = begin + cycles;
        double& most = link.late ? late_stall_ : stall_;
        most = std::max(most, stall);
    }

    /// What is late stalls at the end of a visit; what began with the visit goes on meanwhile, and delays iterations after it. And
    /// no port does more than there is time for.
    void end()
    {
        double most = after_latency_;
        for (std::size_t port = 0; port < static_cast<std::size_t>(ports_); ++port) {
            const PortGroup& group = groups_[port];
            late_stall_ = std::max(late_stall_, group.late_delay);
            if (group.before + group.after > 0) most = std::max(most, excess(group, port));
        }
        change_.stall = std::max({stall_, late_stall_ + delays_.sum(std::max(0.0, late_stall_), late_ports_), most});
        const double others = std::max(0.0, change_.stall);
        for (const Need* each = needs_.data(); each != needs_.data() + needs_count_; ++each) {
            const double spare = each->late ? 0 : others;
            change_.critical[each->port] +=
                each->beyond_half * std::clamp(each->stall + each->slots - spare, 0.0, each->slots);
        }
    }

private:
    /// Cycles after the change: transfers of an operand follow each other, fills and drains apart.
    double begin_of(const BlockTransfer& transfer)
    {
        if (transfer.link->operand != operand_) filled_ = drained_ = 0;
        operand_ = transfer.link->operand;
        return !transfer.at_change() ? 0 : transfer.fill ? filled_ : drained_;
    }

    /// A transfer that begins at the change does so beside iterations that read no sums.
    Turns turns_with_others(const BlockTransfer& transfer, const PortUse* of, double rate) const
    {
        PortUse use = *of;
        const LoopTime& hiding = times_[transfer.link->window()];
        const auto port = static_cast<std::size_t>(use.port);
        double cycles = hiding.cycles;
        double critical = hiding.critical[port];
        Turns first;
        if (first_.each != nullptr && transfer.at_change() && transfer.leads) {
            const bool reads = &transfer.ports->uses[transfer.fill ? 1 : 0] == of;
            const bool at_once = reads && use.slots <= kReadAhead;
            first = turns_at_first(use, at_once ? 1 : rate, first_.cycles - transfer.ports->latency);
            use.slots -= first.moved;
            cycles -= first_.of_average;
            critical -= first_.critical(port) * first_.cycles;
        }
        if (use.slots <= kSumNoise || cycles <= 0) return first;
        const Turns rest = turns_at(use, rate, std::max(0.0, critical) / cycles);
        return {first.taken + rest.taken, first.cycles + rest.cycles, 0};
    }

    /// In so many cycles of first iterations at most.
    Turns turns_at_first(const PortUse& use, double rate, double cycles) const
    {
        if (cycles <= 0) return {};
        const double critical = std::min(1.0, first_.critical(static_cast<std::size_t>(use.port)));
        const double share = std::min(rate, 0.5);
        const double taken = critical * share / (1 - share);
        const double beside = std::min(cycles, use.slots / (rate * (1 - critical) + taken));
        return {taken * beside, (1 + taken) * beside, beside * (rate * (1 - critical) + taken)};
    }

    /// Beyond what is left of a port once the transfer moves. An iteration has its slots in its first cycles, others use the port
    /// evenly all the time.
    double excess_after_latency(const BlockTransfer& transfer, const PortUse& use) const
    {
        const double latency = transfer.ports->latency;
        const LoopTime& hiding = times_[transfer.link->window()];
        if (latency == 0 || latency >= hiding.cycles || use.port == sums_) return 0;
        const auto port = static_cast<std::size_t>(use.port);
        const double left = 1 - hiding.busy[port] / hiding.cycles;
        const double slots = times_[0].busy[port];
        const double iterations = std::floor(latency / times_[0].cycles);
        const double begun = std::min(slots, latency - iterations * times_[0].cycles);
        const double ahead = iterations * slots + begun - latency * slots / times_[0].cycles;
        return use.slots - left * (hiding.cycles - latency) - ahead;
    }

    static void group(PortGroup& group, const BlockTransfer& transfer, const PortUse& use, double slots)
    {
        const BlockLink& link = *transfer.link;
        if (transfer.fill && link.late && link.begin_reads.port == use.port) group.not_read += link.begin_reads.slots;
        (transfer.before ? group.before : group.after) += slots;
        std::size_t& window = transfer.before ? group.window_before : group.window_after;
        window = std::max(window, transfer.link->window());
        group.visit = std::max(group.visit, transfer.link->advance);
    }

    double excess(const PortGroup& group, std::size_t port) const
    {
        const auto left = [&](std::size_t window) { return times_[window].cycles - times_[window].busy[port]; };
        const double not_read = static_cast<int>(port) == sums_ ? first_.sums : 0;
        double most = 0;
        if (group.before > 0) most = std::max(most, group.before - left(group.window_before) - group.not_read);
        if (group.after > 0) most = std::max(most, group.after - left(group.window_after) - not_read);
        if (group.before > 0 && group.after > 0) {
            const bool whole =
                times_[group.window_before].cycles + times_[group.window_after].cycles > times_[group.visit].cycles;
            most = std::max(most, group.before + group.after -
                                      (whole ? left(group.visit)
                                             : left(group.window_before) + left(group.window_after) + group.not_read));
        }
        return most;
    }

    BlockChange& change_;
    int sums_;  ///< port that reads them
    FirstIterations first_;
    const LoopTime* times_;
    int ports_;
    double stall_ = 0;
    double late_stall_ = 0;
    double after_latency_ = 0;
    /// Slots that delay the change if they take twice as long; of what began with the visit, if that is longer than others take in any case.
    struct Need {
        std::size_t port;
        double beyond_half;  ///< part of them that others can delay
        double slots;
        double stall;
        bool late;
    };
    std::array<Need, 4 * kMaxOperands * kMaxLevels> needs_;  // not initialised
    std::size_t needs_count_ = 0;
    std::size_t operand_ = 0;  ///< of which transfers were added
    double filled_ = 0;        ///< when they end
    double drained_ = 0;
    PortDelays delays_;
    PortDelays::Ports late_ports_;  ///< of what stalls late
    std::array<PortGroup, kMaxPorts> groups_;
};

/// A block for a single iteration begins to come as the iteration before it begins, which has the first turn at a port that both
/// need: the transfer had the last one. What is read late is written late; what is written waits for the words that are read, and
/// has the port by then. After a latency it comes at any time.
void follow_macs(BlockTransfers& transfers, const LoopTime* times)
{
    for (BlockTransfer& transfer : transfers) {
        const bool at_once = transfer.fill && transfer.at_change() && transfer.leads && transfer.ports->latency == 0;
        if (!at_once || times[transfer.link->advance].cycles != times[0].cycles) continue;
        for (const PortUse& use : transfer.ports->uses) {
            if (use.port == kNoPort) continue;
            const double macs = times[0].busy[static_cast<std::size_t>(use.port)];
            if (macs <= 0 || macs > use.slots) continue;
            const bool reads = &use == &transfer.ports->uses[1];
            const double waits = reads ? std::min(1.0, macs) : 0;
            const double late = std::max(transfer.ports->slots() + waits, use.slots + macs);
            transfer.cycles = std::max(transfer.cycles, late);
        }
    }
}

/// A fill that takes longer than a visit follows the one before without a pause, so it begins when it may and not with others: while it
/// waits for its latency they have the port, and of their slots only the part that falls in the rest of its time is in its way. So does a
/// drain that swaps with it.
void follow_at_once(BlockTransfers& transfers, const LoopTime* times)
{
    for (BlockTransfer& transfer : transfers) {
        const double alone = transfer.ports->cycles();
        const bool waits = transfer.before && transfer.at_change() && transfer.leads && transfer.ports->latency > 0;
        if (!waits || alone <= times[transfer.link->advance].cycles) continue;
        transfer.cycles = alone + (transfer.cycles - alone) * transfer.ports->slots() / alone;
    }
}

/// Fill of a link among the transfers of a change; null where none comes.
const BlockTransfer* fill_of(const BlockTransfers& transfers, const BlockLink& link)
{
    const BlockTransfer* const fill = std::find_if(transfers.begin(), transfers.end(),
                                                   [&](const auto& each) { return each.fill && each.link == &link; });
    return fill == transfers.end() ? nullptr : fill;
}

/// A level with space for one block of sums, below which there is space for two: all sums pass through that block, and leave it as they
/// came before others come from the other side. At its upper end it swaps, both ways at once where ports allow. Iterations run meanwhile.
/// Nothing for any other pair of levels.
std::optional<double> stall_of_passing(const BlockTransfers& transfers, const BlockTransfer& drain,
                                       const BlockTransfer& below, double visit)
{
    const bool alone = drain.link->one_block && !below.link->one_block && drain.link->advance == below.link->advance;
    const BlockTransfer* const in = fill_of(transfers, *drain.link);
    const BlockTransfer* const out = fill_of(transfers, *below.link);
    if (!alone || in == nullptr || out == nullptr) return std::nullopt;
    const double up = drain.ports->cycles();
    const double down = in->ports->cycles();
    const double above = collide(*drain.ports, *in->ports) ? up + down : std::max(up, down);
    return below.ports->cycles() + above + out->ports->cycles() - visit;
}

/// Cycles of the fills that bring a block from a level to the MACs, where all on the way have two blocks of equal visits; else none. A block of sums
/// then has its space on each level until it is back.
double cycles_down(const BlockTransfers& transfers, const BlockTransfer& drain)
{
    double cycles = 0;
    for (const BlockTransfer* each = &drain; !each->leads;) {
        --each;
        const BlockTransfer* const fill = fill_of(transfers, *each->link);
        if (each->fill || each->link->one_block || each->link->advance != drain.link->advance || fill == nullptr)
            return 0;
        cycles += fill->ports->cycles();
    }
    return cycles;
}

/// Stalls of all transfers, and when each begins. \param sooner cycles by which the first pass of new outputs is over sooner than others
template <class Note>
void follow_chains(BlockTransfers& transfers, const LoopTime* times, SumsThat sums, double sooner, Note note)
{
    TransferChain chain;
    std::size_t operand = 0;
    for (BlockTransfer& transfer : transfers) {
        if (transfer.link->operand != operand) chain = {};
        operand = transfer.link->operand;
        const double pass = times[transfer.link->pass].cycles;
        const double visit = times[transfer.link->advance].cycles;
        transfer.begin = chain.begin_of(transfer, pass);
        const BlockLink& link = *transfer.link;
        const Pace pace = pace_of(link, *transfer.ports, transfer.cycles, times);
        if (transfer.fill) {
            note(transfer, chain.stall_of_fill(transfer, pace, pass, visit));
            continue;
        }
        const BlockTransfer* const fill = fill_of(transfers, link);
        const double refill_cycles = fill == nullptr ? link.fill.cycles() : fill->cycles;
        const Pace refill = sums.come ? pace_of(link, link.fill, refill_cycles, times) : Pace{};
        const double stall = chain.stall_of_drain(transfer, pace, pass - sooner, visit, sums.come ? &refill : nullptr,
                                                  cycles_down(transfers, transfer));
        const auto passing =
            transfer.leads ? std::nullopt : stall_of_passing(transfers, transfer, *(&transfer - 1), visit);
        note(transfer, std::max(stall, passing.value_or(stall)));
    }
}

/// What a transfer stalls for on average. Where it does so by itself, blocks at edges count one by one.
double stall_with_edges(const BlockTransfer& transfer, double stall, const LoopTime* times, EdgeStalls& edges)
{
    const double alone = transfer.cycles - times[transfer.link->window()].cycles;
    const double mean = edges.mean(transfer, alone);
    if (stall > std::max(0.0, alone) + kSumNoise) return std::max(stall, mean);
    return mean > 0 ? mean : std::min(stall, 0.0);
}

}  // namespace

void change_blocks(BlockChange& change, const BlockLinks& links, const LoopTime* times, int ports, std::size_t position,
                   SumsThat sums, EdgeStalls* edges, const LinkSet& absent)
{
    BlockTransfers transfers;
    find_transfers(transfers, links, position, sums, absent);
    follow_macs(transfers, times);
    follow_at_once(transfers, times);
    const FirstIterations first = first_iterations(links, times, position, sums);
    const double sooner = first.of_average - first.cycles;
    follow_chains(transfers, times, sums, sooner, [](const BlockTransfer&, double) {});
    meet_at_change(transfers);
    Change sum{change, links, times, ports, first};
    follow_chains(transfers, times, sums, sooner, [&](const BlockTransfer& transfer, double stall) {
        sum.add(transfer, edges == nullptr ? stall : stall_with_edges(transfer, stall, times, *edges));
    });
    sum.end();
}

}  // namespace plumbline::detail::refined
