// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/transfer_chain.hpp"

#include <algorithm>
#include <cmath>

namespace plumbline::detail::refined {
namespace {

/// When a transfer ends that begins at some time, if iterations run until another and then wait for it.
double end_beside(const Pace& pace, double begin, double running_until)
{
    const double moves = begin + pace.latency;
    const double beside = std::max(0.0, running_until - moves);
    if (pace.slots <= beside * pace.speed) return moves + pace.slots / pace.speed;
    return moves + beside + pace.slots - beside * pace.speed;
}

/// What a transfer of two periods costs.
struct PeriodStall {
    double stall;    ///< before each visit; not above 0 where there is none
    double running;  ///< cycles of iterations beside which it moves
};

/// Where it begins `begin` cycles after the last iteration of the visit before the last, and has to be over when the next visit begins:
/// with a stall of x, iterations run from x to x + visit, and wait until 2 x + visit.
PeriodStall stall_of_periods(const Pace& pace, double begin, double visit)
{
    const double moves = begin + pace.latency;
    if (moves - visit >= pace.slots) return {(moves + pace.slots - visit) / 2, 0};  // it moves after all iterations
    const double stall = (pace.slots - pace.speed * (visit - moves)) / (1 + pace.speed);
    if (stall <= 0) return {stall, pace.slots / pace.speed};
    if (stall <= moves) return {stall, visit + stall - moves};
    return {(moves + pace.slots - pace.speed * visit) / 2, visit};  // it moves before they run, too
}

/// Of a transfer that begins with each visit, and of whose ports iterations leave a part. Both move in whole cycles, and where they take so
/// many they meet anew in each visit in the same way.
double stall_beside(const Pace& pace, double visit)
{
    const auto is_whole = [](double cycles) { return std::floor(cycles) == cycles; };
    if (pace.delay > 0 || pace.speed >= 1 || pace.latency > 0) return pace.slots - visit;
    const double stall = pace.slots - pace.speed * visit;
    return is_whole(pace.slots) && is_whole(visit) ? std::ceil(stall - kSumNoise) : stall;
}

/// Cycles by which a transfer of two periods delays iterations beside which it moves: no more than its slots at that port, but for those
/// that it moves while iterations wait. A word at least is among these: the first of a drain, the last of what takes its place.
/// \param waiting cycles that it moves while iterations wait \param running cycles of iterations beside which it moves
double delay_beside(const Pace& pace, double waiting, double running)
{
    if (pace.slots <= 0) return 0;
    const double moved = std::max(waiting * pace.taken / pace.slots, std::min(1.0, waiting));
    return std::min(pace.delay * running, std::max(0.0, pace.taken - moved));
}

/// How two transfers take turns that share a port, while iterations wait.
struct Collision {
    double latency;  ///< of the first one, in which it takes nothing
    double first;    ///< speed of it
    double second;   ///< and of the other
};

Collision collision_of(const PortTransfer& first, const PortTransfer& second)
{
    Collision collision{first.latency, 1, 1};
    for (const PortUse& use : first.uses) {
        if (use.port == kNoPort || use.slots <= 0) continue;
        const double load = first.load(use.port);
        const double other = second.load(use.port);
        if (load + other <= 1) continue;
        collision.first = std::min(collision.first, std::max(0.5, 1 - other) / load);
        collision.second = std::min(collision.second, std::max(0.5, 1 - load) / other);
    }
    return collision;
}

/// The same where the first transfer of the next block begins as soon as iterations wait, and takes turns with this one until it is over;
/// so did this block's first one with the block before.
PeriodStall stall_of_colliding_periods(const Pace& pace, double begin, double visit, const Collision& collision)
{
    const PeriodStall apart = stall_of_periods(pace, begin, visit);
    if (apart.stall <= collision.latency || pace.latency > 0) return apart;
    const double held = 1 - collision.first;  // cycles later for each of collision
    const double at_once = begin - held * collision.latency;
    const double alone = collision.latency * (1 - collision.second);
    const double beside =
        (pace.slots - pace.speed * (visit - at_once) - alone) / (pace.speed * collision.first + collision.second);
    const double moves = at_once + held * beside;
    if (moves <= visit + beside) return {std::max(apart.stall, beside), visit + beside - moves};
    return {std::max(apart.stall, (pace.slots / collision.second + at_once - visit) / (1 + collision.first)), 0};
}

}  // namespace

Pace pace_of(const BlockLink& link, const PortTransfer& transfer, double cycles, const LoopTime* times)
{
    const LoopTime& hiding = times[link.window()];
    Pace pace{transfer.latency, cycles - transfer.latency, 1, 0, 0};
    if (hiding.cycles == times[0].cycles) return pace;
    for (const PortUse& use : transfer.uses) {
        if (use.port == kNoPort || use.slots <= 0) continue;
        const auto port = static_cast<std::size_t>(use.port);
        const double load = use.slots / transfer.slots();
        const double share = std::min(load, 0.5);
        const double critical = std::min(1.0, hiding.critical[port] / hiding.cycles);
        const double delay = critical * share / (1 - share);
        const double left = 1 - hiding.busy[port] / hiding.cycles;
        pace.speed = std::min(pace.speed, std::max(0.5, left + delay) / load);
        if (delay <= pace.delay) continue;
        pace.delay = delay;
        pace.taken = use.slots;
    }
    return pace;
}

double TransferChain::begin_of(const BlockTransfer& transfer, double pass)
{
    if (!transfer.fill) return std::max(transfer.at_change() ? 0 : -pass, drained_);
    if (!transfer.at_change()) return std::max(late_, -pass);
    filled_ += transfer.cycles;
    return filled_ - transfer.cycles;
}

double TransferChain::stall_of_fill(const BlockTransfer& transfer, const Pace& pace, double pass, double visit)
{
    double stall = kNever;
    if (transfer.link->late) {
        late_ = std::max(late_, -pass);
    } else if (transfer.leads) {
        stall = std::max(transfer.cycles - visit, stall_beside(pace, visit));  // fills of a link follow each other
        early_ = end_beside(pace, -visit, 0);
        lead_ = transfer.ports;
    } else {
        const double begin = std::max(early_, -visit);
        const PeriodStall periods =
            lead_ == nullptr
                ? stall_of_periods(pace, begin + visit, visit)
                : stall_of_colliding_periods(pace, begin + visit, visit, collision_of(*lead_, *transfer.ports));
        if (periods.stall > 0) {
            early_ = 2 * periods.stall;
            stall = periods.stall + delay_beside(pace, periods.stall, periods.running);
        } else {
            early_ = end_beside(pace, begin, 0);
        }
        stall = std::max(stall, transfer.cycles - visit);
    }
    late_ = end_beside(pace, late_, 0);
    return std::max({stall, late_, early_ / 2});
}

double TransferChain::stall_of_drain(const BlockTransfer& transfer, const Pace& pace, double pass, double visit,
                                     const Pace* refill, double down)
{
    const BlockLink& link = *transfer.link;
    const double window = link.late ? pass : visit;
    const double begin = transfer.before ? -window : 0;
    const bool follows = drained_ > begin;
    const double start = std::max(begin, drained_);
    drained_ = follows ? end_beside(pace, start, begin + window) : start + transfer.cycles;
    if (transfer.before && (link.late || follows)) return drained_;
    if (transfer.before) return std::max(drained_ / 2, transfer.cycles - visit);
    if (link.late) return drained_ - pass;
    const double alone = transfer.cycles - visit;
    if (refill == nullptr) return std::max(alone, (drained_ - visit) / 2);
    const double drained = end_beside(pace, start, visit);
    const double round = stall_of_periods(*refill, drained + down, visit).stall;  // down to the MACs and up again
    const PeriodStall periods =
        stall_of_colliding_periods(*refill, drained, visit, collision_of(*transfer.ports, link.fill));
    if (periods.stall <= 0) return std::max({alone, round, periods.stall});
    const double moves = start + pace.latency;
    const double beside = std::max(0.0, std::min(drained, periods.stall + visit) - std::max(moves, periods.stall));
    return std::max({alone, round,
                     periods.stall + delay_beside(*refill, periods.stall, periods.running) +
                         delay_beside(pace, std::max(0.0, periods.stall - moves), beside)});
}

}  // namespace plumbline::detail::refined
