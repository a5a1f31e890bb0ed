// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/block_transfers.hpp"

#include <algorithm>
#include <limits>

namespace plumbline::detail {
namespace {

constexpr std::size_t kAtChange = std::numeric_limits<std::size_t>::max();

std::size_t anchor_of(const BlockLink& link) { return link.late ? link.pass : kAtChange; }

/// Of one operand: fills from the top downwards, then drains upwards. Levels whose blocks stay are above those that change.
void add_actions(Actions& actions, const BlockLink* begin, const BlockLink* end, std::size_t position, SumsThat sums)
{
    const BlockLink* changed = begin;
    while (changed != end && changed->advance <= position) ++changed;
    const bool fills = !begin->output || sums.come;
    for (const BlockLink* link = changed; fills && link-- != begin;) {
        const bool leads = link + 1 == changed || (link->late && !link[1].late);
        actions.add({link, &link->fill, true, true, leads, anchor_of(*link), 0, 0});
    }
    for (const BlockLink* link = begin; begin->output && link != changed; ++link) {
        const bool swaps = link->one_block && sums.come;
        actions.add({link, sums.are_final ? &link->drain_final : &link->drain_partial, false, swaps, link == begin,
                     swaps ? anchor_of(*link) : kAtChange, 0, 0});
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

/// Slots at a port that are left of an undisturbed transfer some time after its begin.
double slots_left(const Move& move, int port, double time)
{
    if (move.cycles() <= time) return 0;
    return slots_at(move, port) * std::min(1.0, (move.cycles() - time) / move.slots());
}

/// Transfers that begin at the same time take turns at their ports, from the moment on at which both move until the shorter
/// one is over.
double cycles_among(const Actions& actions, const Action& action)
{
    double most = 0;
    for (const PortUse& use : action.move->uses) {
        double slots = use.slots;
        for (const Action& other : actions) {
            if (&other == &action || !other.leads || other.anchor != action.anchor) continue;
            const double together = std::max(action.move->latency, other.move->latency);
            slots +=
                turns_of(slots_left(*action.move, use.port, together), slots_left(*other.move, use.port, together));
        }
        most = std::max(most, slots);
    }
    return action.move->latency + most;
}

/// Whether two transfers slow each other down where they move at once.
bool collide(const Move& a, const Move& b)
{
    const auto load = [](const Move& move, int port) { return slots_at(move, port) / move.slots(); };
    return a.slots() > 0 && b.slots() > 0 && std::any_of(a.uses.begin(), a.uses.end(), [&](const PortUse& use) {
               return use.port != kNoPort && slots_at(b, use.port) > 0 && load(a, use.port) + load(b, use.port) > 1;
           });
}

/// Drains of an operand that swap at the change, on several levels: each waits for the one before, round and round. Another
/// transfer runs beside those with which it shares no port; with the rest of it the others take turns.
void keep_waiting(const Actions& actions, Action* begin, Action* end)
{
    double longest = 0;
    for (const Action& other : actions) {
        if (!other.at_change() || (&other >= begin && &other < end)) continue;
        double beside = 0;
        double in_turn = 0;
        for (const Action* drain = begin; drain != end; ++drain)
            (collide(*other.move, *drain->move) ? in_turn : beside) += drain->move->cycles();
        longest = std::max(longest, std::min(in_turn, other.move->slots() - beside));
    }
    for (Action* drain = begin; drain != end; ++drain) drain->cycles = drain->move->cycles();
    begin->cycles += longest;
}

/// Slots at a port that are left of a transfer at some time after it began to move.
double slots_left_at(const Action& action, int port, double time)
{
    if (action.end() <= time) return 0;
    return slots_at(*action.move, port) * (action.end() - time) / (action.end() - action.moves_from());
}

/// Cycles that `other` takes from an action from the moment on at which both move.
double taken_by(const Action& other, const Action& action)
{
    const double together = std::max(other.moves_from(), action.moves_from());
    double most = 0;
    for (const PortUse& use : action.move->uses)
        if (use.port != kNoPort)
            most = std::max(
                most, turns_of(slots_left_at(action, use.port, together), slots_left_at(other, use.port, together)));
    return most;
}

}  // namespace

bool Action::at_change() const { return anchor == kAtChange; }

void find_actions(Actions& actions, const BlockLinks& links, std::size_t position, SumsThat sums)
{
    for (std::size_t operand = 0; operand < kMaxOperands; ++operand)
        if (links.begin[operand] != links.begin[operand + 1])
            add_actions(actions, &links.link[links.begin[operand]], &links.link[0] + links.begin[operand + 1], position,
                        sums);
    for (Action& action : actions) action.cycles = action.leads ? cycles_among(actions, action) : action.move->cycles();
    const auto swaps = [](const Action& action) { return !action.fill && action.before && action.at_change(); };
    Action* const first = std::find_if(actions.begin(), actions.end(), swaps);
    Action* const last = std::find_if_not(first, actions.end(), swaps);
    if (last - first > 1) keep_waiting(actions, first, last);
}

bool meet_at_change(Actions& actions)
{
    std::array<double, 2 * kMaxOperands * kMaxLevels> more{};
    bool any = false;
    for (const Action& late : actions) {
        if (late.at_change() || late.end() <= 0) continue;
        for (const Action& other : actions) {
            if (!other.at_change()) continue;
            more[static_cast<std::size_t>(&late - actions.begin())] += taken_by(other, late);
            more[static_cast<std::size_t>(&other - actions.begin())] += taken_by(late, other);
            any = true;
        }
    }
    for (std::size_t i = 0; any && i < actions.count; ++i) actions.action[i].cycles += more[i];
    return any;
}

}  // namespace plumbline::detail
