// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/block_transfers.hpp"

#include <algorithm>
#include <limits>

namespace plumbline::detail::refined {
namespace {

constexpr std::size_t kAtChange = std::numeric_limits<std::size_t>::max();

std::size_t anchor_of(const BlockLink& link) { return link.late ? link.pass : kAtChange; }

/// Of one operand: fills from the top downwards, then drains upwards. Levels whose blocks stay are above those that change.
void add_transfers(BlockTransfers& transfers, const BlockLinks& links, std::size_t operand, std::size_t position,
                   SumsThat sums, const LinkSet& absent)
{
    const BlockLink* const begin = &links.link[links.begin[operand]];
    const BlockLink* const end = &links.link[0] + links.begin[operand + 1];
    const BlockLink* changed = begin;
    while (changed != end && changed->advance <= position) ++changed;
    const bool fills = !begin->output || sums.come;
    const BlockLink* above = nullptr;
    for (const BlockLink* link = changed; fills && link-- != begin;) {
        if (absent[static_cast<std::size_t>(link - links.link.data())]) continue;
        const bool leads = above == nullptr || (link->late && !above->late);
        above = link;
        transfers.add({link, &link->fill, true, true, leads, anchor_of(*link), 0, 0});
    }
    for (const BlockLink* link = begin; begin->output && link != changed; ++link) {
        const bool swaps = link->one_block && sums.come;
        transfers.add({link, sums.are_final ? &link->drain_final : &link->drain_partial, false, swaps, link == begin,
                       swaps ? anchor_of(*link) : kAtChange, 0, 0});
    }
}

double slots_at(const PortTransfer& transfer, int port)
{
    double slots = 0;
    for (const PortUse& use : transfer.uses) slots += use.port == port ? use.slots : 0;
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
double slots_left(const PortTransfer& transfer, int port, double time)
{
    if (transfer.cycles() <= time) return 0;
    return slots_at(transfer, port) * std::min(1.0, (transfer.cycles() - time) / transfer.slots());
}

/// Whether one takes the place that the other leaves: of two blocks of outputs, sums come where others have gone.
bool takes_place(const BlockTransfer& transfer, const BlockTransfer& other)
{
    return other.link == transfer.link && !transfer.link->one_block;
}

/// Transfers that begin at the same time take turns at their ports, from the moment on at which both move until the shorter
/// one is over.
double cycles_among(const BlockTransfers& transfers, const BlockTransfer& transfer)
{
    double most = 0;
    for (const PortUse& use : transfer.ports->uses) {
        double slots = use.slots;
        for (const BlockTransfer& other : transfers) {
            if (!other.leads || other.anchor != transfer.anchor) continue;
            if (&other == &transfer || takes_place(transfer, other)) continue;
            const double together = std::max(transfer.ports->latency, other.ports->latency);
            slots +=
                turns_of(slots_left(*transfer.ports, use.port, together), slots_left(*other.ports, use.port, together));
        }
        most = std::max(most, slots);
    }
    return transfer.ports->latency + most;
}

/// Drains of an operand that swap at the change, on several levels: each waits for the one before, round and round. Another
/// transfer runs beside those with which it shares no port; with the rest of it the others take turns.
void keep_waiting(const BlockTransfers& transfers, BlockTransfer* begin, BlockTransfer* end)
{
    double longest = 0;
    for (const BlockTransfer& other : transfers) {
        if (!other.at_change() || (&other >= begin && &other < end)) continue;
        double beside = 0;
        double in_turn = 0;
        for (const BlockTransfer* drain = begin; drain != end; ++drain)
            (collide(*other.ports, *drain->ports) ? in_turn : beside) += drain->ports->cycles();
        longest = std::max(longest, std::min(in_turn, other.ports->slots() - beside));
    }
    for (BlockTransfer* drain = begin; drain != end; ++drain) drain->cycles = drain->ports->cycles();
    begin->cycles += longest;
}

/// Slots at a port that are left of a transfer at some time after it began to move.
double slots_left_at(const BlockTransfer& transfer, int port, double time)
{
    if (transfer.end() <= time) return 0;
    return slots_at(*transfer.ports, port) * (transfer.end() - time) / (transfer.end() - transfer.moves_from());
}

/// Cycles that `other` takes from a transfer from the moment on at which both move.
double cycles_lost_to(const BlockTransfer& other, const BlockTransfer& transfer)
{
    const double together = std::max(other.moves_from(), transfer.moves_from());
    double most = 0;
    for (const PortUse& use : transfer.ports->uses)
        if (use.port != kNoPort)
            most = std::max(
                most, turns_of(slots_left_at(transfer, use.port, together), slots_left_at(other, use.port, together)));
    return most;
}

}  // namespace

bool BlockTransfer::at_change() const { return anchor == kAtChange; }

void find_transfers(BlockTransfers& transfers, const BlockLinks& links, std::size_t position, SumsThat sums,
                    const LinkSet& absent)
{
    for (std::size_t operand = 0; operand < kMaxOperands; ++operand)
        if (links.begin[operand] != links.begin[operand + 1])
            add_transfers(transfers, links, operand, position, sums, absent);
    for (BlockTransfer& transfer : transfers)
        transfer.cycles = transfer.leads ? cycles_among(transfers, transfer) : transfer.ports->cycles();
    const auto swaps = [](const BlockTransfer& transfer) {
        return !transfer.fill && transfer.before && transfer.at_change();
    };
    BlockTransfer* const first = std::find_if(transfers.begin(), transfers.end(), swaps);
    BlockTransfer* const last = std::find_if_not(first, transfers.end(), swaps);
    if (last - first > 1) keep_waiting(transfers, first, last);
}

bool collide(const PortTransfer& a, const PortTransfer& b)
{
    const auto load = [](const PortTransfer& transfer, int port) {
        return slots_at(transfer, port) / transfer.slots();
    };
    return a.slots() > 0 && b.slots() > 0 && std::any_of(a.uses.begin(), a.uses.end(), [&](const PortUse& use) {
               return use.port != kNoPort && slots_at(b, use.port) > 0 && load(a, use.port) + load(b, use.port) > 1;
           });
}

bool meet_at_change(BlockTransfers& transfers)
{
    std::array<double, 2 * kMaxOperands * kMaxLevels> more{};
    bool any = false;
    for (const BlockTransfer& late : transfers) {
        if (late.at_change() || late.end() <= 0) continue;
        for (const BlockTransfer& other : transfers) {
            if (!other.at_change()) continue;
            more[static_cast<std::size_t>(&late - transfers.begin())] += cycles_lost_to(other, late);
            more[static_cast<std::size_t>(&other - transfers.begin())] += cycles_lost_to(late, other);
            any = true;
        }
    }
    for (std::size_t i = 0; any && i < transfers.count; ++i) transfers.transfer[i].cycles += more[i];
    return any;
}

}  // namespace plumbline::detail::refined
