// SPDX-License-Identifier: Apache-2.0
// How often will ports do again what they have done? As long as all comparisons turn out as they did.
#include <algorithm>

#include "chunk_timing/word_arbiter.hpp"

namespace plumbline::sim {

void WordArbiter::note()
{
    for (std::size_t i : busy_) {
        User& user = users_[i];
        user.ahead = {};
        user.noted_had = user.had;
        user.noted_stalled = user.stalled;
    }
    for (Port& port : ports_) {
        port.margin = {};
        port.noted_turn = port.turn;
        port.noted_due = port.due;
        port.noted_held = port.held;
    }
}

/// Until it has had all that it wants at a port, or its reads are as far ahead of its writes as was not so before.
std::int64_t WordArbiter::repeats_of(const User& user) const
{
    std::int64_t repeats = kNoLimit;
    for (std::size_t use = 0; use < user.had.size(); ++use) {
        const std::int64_t left = (*user.uses)[use].slots - user.had[use];
        repeats = std::min(repeats, whole(std::max<std::int64_t>(left - 1, 0), user.had[use] - user.noted_had[use]));
    }
    if (user.had.size() < 2) return repeats;
    const std::int64_t ahead = words_ahead(user, user.had[0], user.had[1]);
    return std::min(repeats, user.ahead.repeats(ahead - words_ahead(user, user.noted_had[0], user.noted_had[1])));
}

std::int64_t WordArbiter::repeats() const
{
    std::int64_t repeats = kNoLimit;
    for (std::size_t i : busy_) {
        for (PortUse use : *users_[i].uses) {
            const Port& port = ports_[use.port];
            if (port.turn != port.noted_turn) return 0;
            repeats = std::min(repeats, port.margin.repeats(port.due - port.noted_due));
        }
        repeats = std::min(repeats, repeats_of(users_[i]));
        if (repeats == 0) return 0;
    }
    return repeats;
}

void WordArbiter::repeat(std::int64_t times)
{
    const auto grow = [&](std::int64_t& count, std::int64_t noted) { count += times * (count - noted); };
    for (std::size_t i : busy_) {
        User& user = users_[i];
        user.missing = 0;
        for (std::size_t use = 0; use < user.had.size(); ++use) {
            grow(user.had[use], user.noted_had[use]);
            user.missing += (*user.uses)[use].slots - user.had[use];
        }
        for (std::size_t end = 0; end < 2; ++end) grow(user.stalled[end], user.noted_stalled[end]);
    }
    for (Port& port : ports_) {
        grow(port.due, port.noted_due);
        grow(port.held, port.noted_held);
    }
}

}  // namespace plumbline::sim
