// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/block_stall.hpp"

#include <algorithm>
#include <limits>

#include "cost/refined/block_transfers.hpp"

namespace plumbline::detail::refined {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();

/// Slots of `use` that others need at once: what a long transfer takes of a port of which a part `critical` of the time
/// is needed. While both want it they take turns; in the time left over it is as fast as alone (`rate`).
double slots_taken(const PortUse& use, double rate, double critical)
{
    if (critical <= 0) return 0;
    critical = std::min(critical, 1.0);
    const double share = std::min(rate, 0.5);
    const double taken = share * critical / (1 - share);
    return use.slots * taken / (rate * (1 - critical) + taken);
}

/// Ends of the transfers of one operand, in cycles after the last iteration, if they follow upon each other.
struct TransferChain {
    double late = kNever;   ///< begun in the last pass of the visit
    double early = kNever;  ///< begun at the visit's begin, which the stall before it delays too
    double drained = kNever;
    double filled = 0;  ///< of those that begin at the change

    /// \pre no stall of the transfer has been asked for
    double begin_of(const BlockTransfer& transfer, double pass)
    {
        if (!transfer.fill) return std::max(transfer.at_change() ? 0 : -pass, drained);
        if (!transfer.at_change()) return std::max(late, -pass);
        filled += transfer.cycles;
        return filled - transfer.cycles;
    }

    double stall_of_fill(const BlockTransfer& transfer, double pass, double visit)
    {
        double stall = kNever;
        if (transfer.link->late) {
            late = std::max(late, -pass);
        } else {
            early = std::max(early, -visit);
            stall = transfer.cycles - visit;
        }
        late += transfer.cycles;
        early += transfer.cycles;
        return std::max({stall, late, early / 2});
    }

    double stall_of_drain(const BlockTransfer& transfer, double pass, double visit, bool sums_come)
    {
        const BlockLink& link = *transfer.link;
        const double begin = !transfer.before ? 0 : link.late ? -pass : -visit;
        drained = std::max(begin, drained) + transfer.cycles;
        if (transfer.before && (link.late || drained > transfer.cycles + begin)) return drained;
        if (transfer.before) return std::max(drained / 2, transfer.cycles - visit);
        if (link.late) return drained - pass;
        const double refill = sums_come ? link.fill.cycles() : 0;
        return std::max(transfer.cycles - visit, (drained + refill - visit) / 2);
    }
};

/// Transfers that share a port, and the iterations that hide them.
struct PortGroup {
    double before;
    double after;
    double delay;  ///< of others that need the port at once
    double late_delay;
    std::size_t window_before;
    std::size_t window_after;
    std::size_t visit;
};

/// Cycles after a change in which the MACs leave alone the port that reads sums, since new outputs begin and nothing else is
/// read there.
double cycles_without_sums(const BlockLinks& links, const LoopTime* times, std::size_t position, SumsThat sums)
{
    constexpr double kNoise = 1e-9;
    const bool outputs_begin = !sums.come && links.begin[1] > 0 && links.link[0].advance <= position;
    if (!outputs_begin || links.sums.port == kNoPort) return 0;
    const bool shared = times[0].busy[static_cast<std::size_t>(links.sums.port)] > links.sums.slots + kNoise;
    return shared ? 0 : times[std::min(links.first_sums, links.link[0].pass)].cycles;
}

class Change {
public:
    Change(BlockChange& change, const BlockLinks& links, const LoopTime* times, int ports, double without_sums)
        : change_{change},
          sums_{links.sums.port},
          without_sums_{without_sums},
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
        for (const PortUse& use : transfer.ports->uses) {
            if (use.port == kNoPort || use.slots == 0) continue;
            const auto port = static_cast<std::size_t>(use.port);
            const double delay = delay_of_others(transfer, use, use.slots / slots);
            (link.late ? groups_[port].late_delay : groups_[port].delay) += std::max(0.0, delay - std::max(0.0, stall));
            change_.busy[port] += use.slots;
            change_.critical[port] += std::clamp(stall + use.slots, 0.0, use.slots);
            group(groups_[port], transfer, use.slots);
        }
        double& most = link.late ? late_stall_ : stall_;
        most = std::max(most, stall);
    }

    /// What is late stalls at the end of a visit, after all delays; what began with the visit goes on meanwhile. And no
    /// port does more than there is time for.
    void end()
    {
        double delay = 0;
        double most = 0;
        for (std::size_t port = 0; port < static_cast<std::size_t>(ports_); ++port) {
            const PortGroup& group = groups_[port];
            delay = std::max(delay, group.delay);
            late_stall_ = std::max(late_stall_, group.late_delay);
            if (group.before + group.after > 0) most = std::max(most, excess(group, port));
        }
        change_.stall = std::max({stall_, late_stall_ + delay, most});
    }

private:
    /// A transfer that begins at the change finds the port free as long as no sums are read; what is critical comes after that.
    double delay_of_others(const BlockTransfer& transfer, PortUse use, double rate) const
    {
        const LoopTime& hiding = times_[transfer.link->window()];
        double cycles = hiding.cycles;
        if (use.port == sums_ && transfer.at_change() && transfer.leads) {
            use.slots = std::max(0.0, use.slots - rate * without_sums_);
            cycles -= without_sums_;
        }
        if (use.slots <= 0 || cycles <= 0) return 0;
        return slots_taken(use, rate, hiding.critical[static_cast<std::size_t>(use.port)] / cycles);
    }

    static void group(PortGroup& group, const BlockTransfer& transfer, double slots)
    {
        (transfer.before ? group.before : group.after) += slots;
        std::size_t& window = transfer.before ? group.window_before : group.window_after;
        window = std::max(window, transfer.link->window());
        group.visit = std::max(group.visit, transfer.link->advance);
    }

    double excess(const PortGroup& group, std::size_t port) const
    {
        const auto left = [&](std::size_t window) { return times_[window].cycles - times_[window].busy[port]; };
        double most = 0;
        if (group.before > 0) most = std::max(most, group.before - left(group.window_before));
        if (group.after > 0) most = std::max(most, group.after - left(group.window_after));
        if (group.before > 0 && group.after > 0) {
            const bool whole =
                times_[group.window_before].cycles + times_[group.window_after].cycles > times_[group.visit].cycles;
            most =
                std::max(most, group.before + group.after -
                                   (whole ? left(group.visit) : left(group.window_before) + left(group.window_after)));
        }
        return most;
    }

    BlockChange& change_;
    int sums_;  ///< port that reads them
    double without_sums_;
    const LoopTime* times_;
    int ports_;
    double stall_ = 0;
    double late_stall_ = 0;
    std::array<PortGroup, kMaxPorts> groups_;
};

/// A block for a single iteration begins to come as the iteration before it begins, which has the first turn at a port that both
/// need: the transfer had the last one. After a latency it comes at any time.
void follow_macs(BlockTransfers& transfers, const LoopTime* times)
{
    for (BlockTransfer& transfer : transfers) {
        const bool at_once = transfer.fill && transfer.at_change() && transfer.leads && transfer.ports->latency == 0;
        if (!at_once || times[transfer.link->advance].cycles != times[0].cycles) continue;
        for (const PortUse& use : transfer.ports->uses) {
            if (use.port == kNoPort) continue;
            const double macs = times[0].busy[static_cast<std::size_t>(use.port)];
            if (macs <= 0 || macs > use.slots) continue;
            const double late = std::max(transfer.ports->slots() + std::min(1.0, macs), use.slots + macs);
            transfer.cycles = std::max(transfer.cycles, late);
        }
    }
}

/// Stalls of all transfers, and when each begins.
template <class Note>
void follow_chains(BlockTransfers& transfers, const LoopTime* times, SumsThat sums, Note note)
{
    TransferChain chain;
    std::size_t operand = 0;
    for (BlockTransfer& transfer : transfers) {
        if (transfer.link->operand != operand) chain = {};
        operand = transfer.link->operand;
        const double pass = times[transfer.link->pass].cycles;
        const double visit = times[transfer.link->advance].cycles;
        transfer.begin = chain.begin_of(transfer, pass);
        note(transfer, transfer.fill ? chain.stall_of_fill(transfer, pass, visit)
                                     : chain.stall_of_drain(transfer, pass, visit, sums.come));
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
                   SumsThat sums, EdgeStalls* edges)
{
    BlockTransfers transfers;
    find_transfers(transfers, links, position, sums);
    follow_macs(transfers, times);
    follow_chains(transfers, times, sums, [](const BlockTransfer&, double) {});
    meet_at_change(transfers);
    Change sum{change, links, times, ports, cycles_without_sums(links, times, position, sums)};
    follow_chains(transfers, times, sums, [&](const BlockTransfer& transfer, double stall) {
        sum.add(transfer, edges == nullptr ? stall : stall_with_edges(transfer, stall, times, *edges));
    });
    sum.end();
}

}  // namespace plumbline::detail::refined
