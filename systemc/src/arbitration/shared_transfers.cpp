// SPDX-License-Identifier: Apache-2.0
#include "arbitration/shared_transfers.hpp"

#include <algorithm>

namespace plumbline::sim {

void SharedTransfers::begin(RequesterId who, const std::vector<PortUse>& uses, std::int64_t words_had)
{
    ports_.want(who, uses, WordArbiter::Kind::transfer);
    if (words_had > 0) ports_.resume(who, words_had);
    change_ = kUnknown;
}

void SharedTransfers::leave(RequesterId who)
{
    ports_.leave(who);
    change_ = kUnknown;
}

void SharedTransfers::note_served(RequesterId who, const std::vector<PortUse>& uses)
{
    ports_.note_served(who, uses);
    change_ = kUnknown;
}

void SharedTransfers::clear()
{
    ports_.clear();
    change_ = kUnknown;
}

void SharedTransfers::count_anew()
{
    ports_.count_stalls_anew();
    ports_.count_held_anew();
    change_ = kUnknown;
}

std::int64_t SharedTransfers::next_change()
{
    if (!busy()) return kNever;
    if (change_ == kUnknown) {
        then_ = ports_;
        change_ = run(then_, kNever);
    }
    return change_;
}

void SharedTransfers::pass(std::int64_t cycles)
{
    while (cycles > 0) {
        const std::int64_t passed = cycles == change_ ? cycles : run(ports_, cycles);
        if (cycles == change_) std::swap(ports_, then_);
        change_ = kUnknown;
        cycles -= passed;
    }
}

/// Cycles, at most so many, until one of them is done, or enough has been looked at. What happens is compared with what happened from
/// a cycle on that is ever further back (as Brent 1980 finds cycles), so that each period is found.
std::int64_t SharedTransfers::run(WordArbiter& ports, std::int64_t most)
{
    constexpr int kSteps = 128;
    const std::size_t busy = ports.busy_users();
    std::int64_t cycles = 0;
    std::int64_t since_noted = 0;
    std::int64_t reach = 1;
    ports.note();
    for (int step = 0; step < kSteps && cycles < most; ++step) {
        ports.cycle();
        ++cycles;
        ++since_noted;
        if (ports.busy_users() < busy) break;
        const std::int64_t times = std::min(ports.repeats(), (most - cycles) / since_noted);
        if (times > 0) {
            ports.repeat(times);
            cycles += times * since_noted;
            reach = 1;
        }
        if (times == 0 && since_noted < reach) continue;
        ports.note();
        since_noted = 0;
        reach *= 2;
    }
    return cycles;
}

}  // namespace plumbline::sim
