// SPDX-License-Identifier: Apache-2.0
#include "block_change.hpp"

#include <algorithm>
#include <limits>

namespace plumbline::detail {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();
constexpr std::size_t kAtChange = std::numeric_limits<std::size_t>::max();

/// A transfer of a change.
struct Action {
    const BlockLink* link;
    const Move* move;
    bool fill;
    bool before;         ///< has to be over when the next visit begins; else, when its first pass (or it) ends
    bool leads;          ///< waits for no other transfer of the change
    std::size_t anchor;  ///< begins when so many of the last iterations are left, or at the change
    double cycles;       ///< with those that begin at the same time
};

struct Actions {
    std::array<Action, 2 * kMaxOperands * kMaxLevels> action;
    std::size_t count = 0;

    void add(const Action& each) { action[count++] = each; }
    Action* begin() { return action.data(); }
    Action* end() { return action.data() + count; }
    const Action* begin() const { return action.data(); }
    const Action* end() const { return action.data() + count; }
};

std::size_t anchor_of(const BlockLink& link) { return link.late ? link.pass : kAtChange; }

/// Of one operand: fills from the top downwards, then drains upwards. Levels whose blocks stay are above those that change.
void add_actions(Actions& actions, const BlockLink* begin, const BlockLink* end, std::size_t position, SumsThat sums)
{
    const BlockLink* changed = begin;
    while (changed != end && changed->advance <= position) ++changed;
    const bool fills = !begin->output || sums.come;
    for (const BlockLink* link = changed; fills && link-- != begin;) {
        const bool leads = link + 1 == changed || (link->late && !link[1].late);
        actions.add({link, &link->fill, true, true, leads, anchor_of(*link), 0});
    }
    for (const BlockLink* link = begin; begin->output && link != changed; ++link) {
        const bool swaps = link->one_block && sums.come;
        actions.add({link, sums.are_final ? &link->drain_final : &link->drain_partial, false, swaps, link == begin,
                     swaps ? anchor_of(*link) : kAtChange, 0});
    }
}

double slots_at(const Move& move, int port)
{
    double slots = 0;
    for (const PortUse& use : move.uses) slots += use.port == port ? use.slots : 0;
    return slots;
}

/// Slots that another takes from a transfer of `slots` while both take turns. Whose turn is first is anyone's guess: where
/// the other is longer, it has one turn less in half of all cases.
double turns_of(double slots, double other)
{
    if (other <= 0 || slots <= 0) return 0;
    return other > slots ? slots - std::min(0.5, slots / 2) : other;
}

/// Transfers that begin at the same time take turns at their ports, until the shorter one is over.
double cycles_among(const Actions& actions, const Action& action)
{
    double most = 0;
    for (const PortUse& use : action.move->uses) {
        double slots = use.slots;
        for (const Action& other : actions)
            if (&other != &action && other.leads && other.anchor == action.anchor)
                slots += turns_of(use.slots, slots_at(*other.move, use.port));
        most = std::max(most, slots);
    }
    return action.move->latency + most;
}

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
    Change(BlockChange& change, const Pace* paces, int ports) : change_{change}, paces_{paces}, ports_{ports}
    {
        std::fill_n(change_.busy.begin(), ports, 0.0);
        std::fill_n(change_.critical.begin(), ports, 0.0);
        std::fill_n(groups_.begin(), ports, PortGroup{});
    }

    double visit(const BlockLink& link) const { return paces_[link.advance].cycles; }
    double pass(const BlockLink& link) const { return paces_[link.pass].cycles; }

    void add(const Action& action, double stall)
    {
        const BlockLink& link = *action.link;
        const Pace& hiding = paces_[link.window()];
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
    const Pace* paces_;
    int ports_;
    double stall_ = 0;
    double late_stall_ = 0;
    std::array<PortGroup, kMaxPorts> groups_;
};

}  // namespace

void change_blocks(BlockChange& change, const BlockLinks& links, const Pace* paces, int ports, std::size_t position,
                   SumsThat sums)
{
    Actions actions;
    for (std::size_t operand = 0; operand < kMaxOperands; ++operand)
        if (links.begin[operand] != links.begin[operand + 1])
            add_actions(actions, &links.link[links.begin[operand]], &links.link[0] + links.begin[operand + 1], position,
                        sums);
    Change sum{change, paces, ports};
    Chain chain;
    std::size_t operand = 0;
    for (Action& action : actions) {
        if (action.link->operand != operand) chain = {};
        operand = action.link->operand;
        action.cycles = action.leads ? cycles_among(actions, action) : action.move->cycles();
        const double pass = sum.pass(*action.link);
        const double visit = sum.visit(*action.link);
        sum.add(action, action.fill ? chain.stall_of_fill(action, pass, visit)
                                    : chain.stall_of_drain(action, pass, visit, sums.come));
    }
    sum.end();
}

}  // namespace plumbline::detail
