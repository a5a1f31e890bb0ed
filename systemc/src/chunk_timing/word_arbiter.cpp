// SPDX-License-Identifier: Apache-2.0
#include "chunk_timing/word_arbiter.hpp"

#include <algorithm>

namespace plumbline::sim {
namespace {

/// More than there are requesters: idle time due and turn of a port make one number.
constexpr std::int64_t kTurns = std::int64_t{1} << 20;

std::size_t most_used(const std::vector<PortUse>& uses)
{
    const auto most =
        std::max_element(uses.begin(), uses.end(), [](PortUse a, PortUse b) { return a.slots < b.slots; });
    return static_cast<std::size_t>(most - uses.begin());
}

}  // namespace

std::size_t WordArbiter::add_user(std::size_t rank)
{
    users_.emplace_back();
    users_.back().rank = rank;
    return users_.size() - 1;
}

void WordArbiter::want(std::size_t index, const std::vector<PortUse>& uses, Kind kind, std::int64_t latency)
{
    User& user = users_[index];
    if (user.uses == nullptr) busy_.insert(std::lower_bound(busy_.begin(), busy_.end(), index), index);
    user.uses = &uses;
    user.kind = kind;
    user.latency = latency;
    user.had.assign(uses.size(), 0);
    user.missing = 0;
    user.holds = kind == Kind::transfer && uses.size() == 2;
    if (user.holds) user.ends = {uses.front().port, uses.back().port};
    for (PortUse use : uses) {
        user.missing += use.slots;
        if (use.port >= ports_.size()) ports_.resize(use.port + 1);
    }
}

void WordArbiter::leave(std::size_t index)
{
    User& user = users_[index];
    if (user.uses != nullptr) busy_.erase(std::lower_bound(busy_.begin(), busy_.end(), index));
    user.uses = nullptr;
    user.finished = user.holds = false;
}

void WordArbiter::note_served(std::size_t index, const std::vector<PortUse>& uses)
{
    for (PortUse use : uses) {
        if (use.port >= ports_.size()) ports_.resize(use.port + 1);
        ports_[use.port].turn = users_[index].rank + 1;
    }
}

std::vector<std::size_t> WordArbiter::turns() const
{
    std::vector<std::size_t> turns;
    for (const Port& port : ports_) turns.push_back(port.turn);
    return turns;
}

void WordArbiter::clear()
{
    for (std::size_t user = 0; user < users_.size(); ++user) leave(user);
    ports_.clear();
    count_stalls_anew();
}

/// Reads ahead of writes, in units that both divide.
std::int64_t WordArbiter::words_ahead(const User& user, std::int64_t read, std::int64_t written)
{
    return read * user.uses->back().slots - written * user.uses->front().slots;
}

bool WordArbiter::may_read(User& user)
{
    const std::int64_t widest = std::max(user.uses->front().slots, user.uses->back().slots);
    return user.ahead.is_below(words_ahead(user, user.had[0], user.had[1]), 2 * widest);
}

bool WordArbiter::may_write(User& user)
{
    return !user.ahead.is_below(words_ahead(user, user.had[0], user.had[1]), user.uses->front().slots);
}

void WordArbiter::offer(std::size_t index, std::size_t use)
{
    const PortIndex number = (*users_[index].uses)[use].port;
    Port& port = ports_[number];
    if (port.taken) return;
    if (port.user == kNobody) {
        offered_.push_back(number);
    } else {
        const std::size_t rank = users_[index].rank;
        const std::size_t rival = users_[port.user].rank;
        const bool later = rank >= port.turn;
        const bool rival_later = rival >= port.turn;
        if (later == rival_later ? rank > rival : rival_later) return;
    }
    port.user = index;
    port.use = use;
}

void WordArbiter::ask(bool passing)
{
    for (std::size_t i : busy_) {
        User& user = users_[i];
        if (user.missing == 0 || user.latency > 0) continue;
        if (user.kind == Kind::iteration || user.uses->size() != 2) {
            for (std::size_t use = 0; use < user.had.size() && !passing; ++use) {
                if (user.had[use] < (*user.uses)[use].slots) offer(i, use);
            }
            continue;
        }
        if (!passing && user.had[0] < user.uses->front().slots && may_read(user)) offer(i, 0);
        if (user.had[1] < user.uses->back().slots && may_write(user)) offer(i, 1);
    }
}

void WordArbiter::serve()
{
    for (PortIndex number : offered_) {
        Port& port = ports_[number];
        User& user = users_[port.user];
        port.user = kNobody;
        port.taken = true;
        taken_.push_back(number);
        if (is_idle(number)) continue;
        ++user.had[port.use];
        --user.missing;
        port.turn = user.rank + 1;
    }
    offered_.clear();
}

/// Whether it is so in this cycle, in which somebody wants a word.
bool WordArbiter::is_idle(PortIndex number)
{
    if (idle_->empty()) return false;
    Port& port = ports_[number];
    const bool now = !port.margin.is_below(port.due, kIdlePerCycle);
    port.due += now ? -kIdlePerCycle : (*idle_)[number];
    return now;
}

void WordArbiter::cycle()
{
    for (bool passing : {false, true}) {
        ask(passing);
        serve();
    }
    count_stalls(1);
    free_ports(1);
    retire();
}

void WordArbiter::retire()
{
    for (std::size_t i : finished_) users_[i].finished = false;
    finished_.clear();
    for (std::size_t i : busy_) {
        User& user = users_[i];
        if (user.latency > 0) --user.latency;
        if (user.missing > 0) continue;
        user.finished = true;
        user.uses = nullptr;
        user.holds = false;
        finished_.push_back(i);
    }
    if (finished_.empty()) return;
    busy_.erase(std::remove_if(busy_.begin(), busy_.end(), [this](std::size_t i) { return users_[i].finished; }),
                busy_.end());
}

void WordArbiter::free_ports(std::int64_t cycles)
{
    for (PortIndex number : taken_) {
        ports_[number].taken = false;
        ports_[number].held += cycles;
    }
    taken_.clear();
}

std::int64_t WordArbiter::latent_cycles() const
{
    std::int64_t least = 0;
    for (std::size_t i : busy_) {
        const User& user = users_[i];
        if (user.latency == 0 || user.missing == 0) return 0;
        least = least == 0 ? user.latency : std::min(least, user.latency);
    }
    return least;
}

void WordArbiter::pass(std::int64_t cycles)
{
    count_stalls(cycles);
    free_ports(cycles);
    for (std::size_t i : finished_) users_[i].finished = false;
    finished_.clear();
    for (std::size_t i : busy_) users_[i].latency -= cycles;
}

/// A port that nobody was served at counts as taken, for the first of those who hold it.
void WordArbiter::count_stall(const User& user, std::array<std::int64_t, 2>& stalled, std::int64_t cycles)
{
    for (std::size_t end = 0; end < 2; ++end) {
        Port& port = ports_[user.ends[end]];
        if (port.taken) continue;
        port.taken = true;
        taken_.push_back(user.ends[end]);
        stalled[end] += cycles;
    }
}

void WordArbiter::count_stalls(std::int64_t cycles)
{
    bool latent = false;
    for (std::size_t i : busy_) {
        User& user = users_[i];
        if (!user.holds) continue;
        if (user.latency == 0) count_stall(user, user.stalled, cycles);
        latent = latent || user.latency > 0;
    }
    if (!latent) return;
    for (std::size_t i : busy_) {
        User& user = users_[i];
        if (user.holds && user.latency > 0) count_stall(user, user.latent, cycles);
    }
}

PortStalls WordArbiter::stalls() const
{
    PortStalls stalls;
    for (const User& user : users_) {
        for (std::size_t end = 0; end < 2; ++end) {
            const auto add = [&](PortStallCause cause, PortIndex of, std::int64_t cycles) {
                if (cycles > 0) stalls.add({user.ends[end], cause, of}, static_cast<double>(cycles));
            };
            add(PortStallCause::other_end, user.ends[1 - end], user.stalled[end]);
            add(PortStallCause::latency, user.ends[0], user.latent[end]);
        }
    }
    return stalls;
}

PortIndex WordArbiter::behind(std::size_t index) const
{
    const User& user = users_[index];
    std::size_t use = 0;
    while (user.had[use] == (*user.uses)[use].slots) ++use;
    return (*user.uses)[use].port;
}

std::vector<std::int64_t> WordArbiter::held() const
{
    std::vector<std::int64_t> held;
    for (const Port& port : ports_) held.push_back(port.held);
    return held;
}

void WordArbiter::count_held_anew()
{
    for (Port& port : ports_) port.held = 0;
}

void WordArbiter::save(std::size_t index, std::vector<std::int64_t>& state) const
{
    const User& user = users_[index];
    const bool busy = user.uses != nullptr;
    state.push_back(busy ? user.latency : 0);
    state.push_back(busy ? user.had.front() : 0);
    state.push_back(busy ? user.had.back() : 0);
}

void WordArbiter::restore(std::size_t index, const std::int64_t*& state)
{
    User& user = users_[index];
    const std::int64_t latency = *state++;
    const std::int64_t read = *state++;
    const std::int64_t written = *state++;
    if (user.uses == nullptr) return;
    user.latency = latency;
    user.had.front() = read;
    user.had.back() = written;
    user.missing -= read + written;
}

void WordArbiter::save_turns(std::vector<std::int64_t>& state) const
{
    for (const Port& port : ports_) state.push_back(port.due * kTurns + static_cast<std::int64_t>(port.turn));
    while (!state.empty() && state.back() == 0) state.pop_back();
}

void WordArbiter::restore_turns(const std::int64_t* begin, const std::int64_t* end)
{
    ports_.resize(static_cast<std::size_t>(end - begin));
    for (Port& port : ports_) {
        port.turn = static_cast<std::size_t>(*begin % kTurns);
        port.due = *begin++ / kTurns;
    }
}

std::int64_t WordArbiter::most_had(std::size_t index) const
{
    const User& user = users_[index];
    return user.uses == nullptr ? 0 : user.had[most_used(*user.uses)];
}

/// What has been read and fills a word passes in the same cycle, and nothing more is read than the words that have passed need.
void WordArbiter::resume(std::size_t index, std::int64_t most_had)
{
    User& user = users_[index];
    const std::int64_t most = user.uses->at(most_used(*user.uses)).slots;
    const bool reads_most = user.uses->front().slots == most;
    for (std::size_t use = 0; use < user.had.size(); ++use) {
        const std::int64_t slots = (*user.uses)[use].slots;
        user.had[use] = reads_most ? most_had * slots / most : divide_up(most_had * slots, most);
        user.missing -= user.had[use];
    }
}

void WordArbiter::count_stalls_anew()
{
    for (User& user : users_) user.stalled = user.latent = {};
}

}  // namespace plumbline::sim
