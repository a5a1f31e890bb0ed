// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/block_stall.hpp"

#include <algorithm>
#include <limits>

#include "cost/refined/block_transfers.hpp"

namespace plumbline::detail {
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
struct Chain {
    double late = kNever;   ///< begun in the last pass of the visit
    double early = kNever;  ///< begun at the visit's begin, which the stall before it delays too
    double drained = kNever;
    double filled = 0;  ///< of those that begin at the change

    /// \pre no stall of the action has been asked for
    double begin_of(const Action& action, double pass)
    {
        if (!action.fill) return std::max(action.at_change() ? 0 : -pass, drained);
        if (!action.at_change()) return std::max(late, -pass);
        filled += action.cycles;
        return filled - action.cycles;
    }

    double stall_of_fill(const Action& action, double pass, double visit)
    {
        double stall = kNever;
        if (action.link->late) {
            late = std::max(late, -pass);
        } else {
            early = std::max(early, -visit);
            stall = action.cycles - visit;
        }
        late += action.cycles;
        early += action.cycles;
        return std::max({stall, late, early / 2});
    }

    double stall_of_drain(const Action& action, double pass, double visit, bool sums_come)
    {
        const BlockLink& link = *action.link;
        const double begin = !action.before ? 0 : link.late ? -pass : -visit;
        drained = std::max(begin, drained) + action.cycles;
        if (action.before && (link.late || drained > action.cycles + begin)) return drained;
        if (action.before) return std::max(drained / 2, action.cycles - visit);
        if (link.late) return drained - pass;
        const double refill = sums_come ? link.fill.cycles() : 0;
        return std::max(action.cycles - visit, (drained + refill - visit) / 2);
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

class Change {
public:
    Change(BlockChange& change, const LoopTime* paces, int ports) : change_{change}, paces_{paces}, ports_{ports}
    {
        std::fill_n(change_.busy.begin(), ports, 0.0);
        std::fill_n(change_.critical.begin(), ports, 0.0);
        std::fill_n(groups_.begin(), ports, PortGroup{});
    }

    void add(const Action& action, double stall)
    {
        const BlockLink& link = *action.link;
        const LoopTime& hiding = paces_[link.window()];
        const double slots = action.move->slots();
        for (const PortUse& use : action.move->uses) {
            if (use.port == kNoPort || use.slots == 0) continue;
            const auto port = static_cast<std::size_t>(use.port);
            const double delay = slots_taken(use, use.slots / slots, hiding.critical[port] / hiding.cycles);
            (link.late ? groups_[port].late_delay : groups_[port].delay) += std::max(0.0, delay - std::max(0.0, stall));
            change_.busy[port] += use.slots;
            change_.critical[port] += std::clamp(stall + use.slots, 0.0, use.slots);
            group(groups_[port], action, use.slots);
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
    static void group(PortGroup& group, const Action& action, double slots)
    {
        (action.before ? group.before : group.after) += slots;
        std::size_t& window = action.before ? group.window_before : group.window_after;
        window = std::max(window, action.link->window());
        group.visit = std::max(group.visit, action.link->advance);
    }

    double excess(const PortGroup& group, std::size_t port) const
    {
        const auto left = [&](std::size_t window) { return paces_[window].cycles - paces_[window].busy[port]; };
        double most = 0;
        if (group.before > 0) most = std::max(most, group.before - left(group.window_before));
        if (group.after > 0) most = std::max(most, group.after - left(group.window_after));
        if (group.before > 0 && group.after > 0) {
            const bool whole =
                paces_[group.window_before].cycles + paces_[group.window_after].cycles > paces_[group.visit].cycles;
            most =
                std::max(most, group.before + group.after -
                                   (whole ? left(group.visit) : left(group.window_before) + left(group.window_after)));
        }
        return most;
    }

    BlockChange& change_;
    const LoopTime* paces_;
    int ports_;
    double stall_ = 0;
    double late_stall_ = 0;
    std::array<PortGroup, kMaxPorts> groups_;
};

/// Stalls of all actions, and when each begins.
template <class Note>
void follow_chains(Actions& actions, const LoopTime* paces, SumsThat sums, Note note)
{
    Chain chain;
    std::size_t operand = 0;
    for (Action& action : actions) {
        if (action.link->operand != operand) chain = {};
        operand = action.link->operand;
        const double pass = paces[action.link->pass].cycles;
        const double visit = paces[action.link->advance].cycles;
        action.begin = chain.begin_of(action, pass);
        note(action, action.fill ? chain.stall_of_fill(action, pass, visit)
                                 : chain.stall_of_drain(action, pass, visit, sums.come));
    }
}

}  // namespace

void change_blocks(BlockChange& change, const BlockLinks& links, const LoopTime* paces, int ports, std::size_t position,
                   SumsThat sums)
{
    Actions actions;
    find_actions(actions, links, position, sums);
    follow_chains(actions, paces, sums, [](const Action&, double) {});
    meet_at_change(actions);
    Change sum{change, paces, ports};
    follow_chains(actions, paces, sums, [&](const Action& action, double stall) { sum.add(action, stall); });
    sum.end();
}

}  // namespace plumbline::detail
