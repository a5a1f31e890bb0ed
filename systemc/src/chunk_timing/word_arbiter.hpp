// SPDX-License-Identifier: Apache-2.0
// Whose word does each port serve in a cycle? Ports serve their users in turn, a slot a cycle: plain numbers, no kernel.
//
// It follows the same rules as RoundRobinArbiter, which states them, and shares no code with it: agreement of the two
// fidelities is a check of both.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "chunk_timing/chunk_pattern.hpp"
#include "statistics/keyed_sums.hpp"

namespace plumbline::sim {

class WordArbiter {
public:
    enum class Kind { transfer, iteration };

    /// The idle times must outlive this.
    explicit WordArbiter(const PortIdle& idle) : idle_{&idle} {}

    /// Ports ask users in the order of `rank`.
    std::size_t add_user(std::size_t rank);
    /// \pre the user is not busy; the uses outlive that
    void want(std::size_t index, const std::vector<PortUse>& uses, Kind kind, std::int64_t latency = 0);
    bool busy(std::size_t index) const { return users_[index].uses != nullptr; }
    std::size_t busy_users() const { return busy_.size(); }
    /// Wants nothing any more, whatever it has had.
    void leave(std::size_t index);
    /// The user has been served elsewhere: these ports ask the one after it first.
    void note_served(std::size_t index, const std::vector<PortUse>& uses);
    /// Per port, the rank that is asked first.
    std::vector<std::size_t> turns() const;
    /// Nobody wants anything, and all is as in the beginning.
    void clear();
    void cycle();
    /// Cycles from now on in which all that is wanted is in its latency; 0 where somebody wants a word, or nobody anything.
    std::int64_t latent_cycles() const;
    /// As so many calls of cycle(). \pre at most latent_cycles()
    void pass(std::int64_t cycles);
    /// Whether the last cycle was the user's last.
    bool finished(std::size_t index) const { return users_[index].finished; }
    /// Of a busy user: the first of its ports at which it has not had all.
    PortIndex behind(std::size_t index) const;
    /// Of ports that transfers hold or wait for.
    PortStalls stalls() const;
    /// From now on.
    void count_stalls_anew();
    /// Per port, cycles in which it served somebody or stalled for one.
    std::vector<std::int64_t> held() const;
    /// From now on.
    void count_held_anew();
    /// Slots that the user has had of what it wants, at the port where it wants most.
    std::int64_t most_had(std::size_t index) const;
    /// A transfer has had so many there before, and as many at its other end as come with them.
    void resume(std::size_t index, std::int64_t most_had);

    /// What a transfer has had, and where the turns of ports are.
    void save(std::size_t index, std::vector<std::int64_t>& state) const;
    void restore(std::size_t index, const std::int64_t*& state);
    void save_turns(std::vector<std::int64_t>& state) const;
    void restore_turns(const std::int64_t* begin, const std::int64_t* end);

    /// From now on it is noted how far what is decided is from being decided otherwise. \pre all that is wanted is transfers, without latency
    void note();
    /// How often all that was decided since then would be decided again in the cycles that follow; 0 where less often than that is
    /// worth. \pre the same users are busy
    std::int64_t repeats() const;
    /// It has been, so many times. \pre at most repeats()
    void repeat(std::int64_t times);

private:
    /// What is found to repeat itself less often is not worth it: a longer period may do so more often.
    static constexpr std::int64_t kFewest = 16;
    static constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();
    /// How often the growth fits; 0 where that is too seldom.
    static std::int64_t whole(std::int64_t room, std::int64_t growth)
    {
        if (growth == 0) return kNoLimit;
        return room / kFewest < growth ? 0 : room / growth;
    }

    static constexpr std::size_t kNobody = ~std::size_t{0};
    /// Of comparisons of a number with its limits since it was noted: how much it may grow or shrink until one turns out otherwise.
    struct Margin {
        std::int64_t up = kNoLimit;
        std::int64_t down = kNoLimit;

        bool is_below(std::int64_t number, std::int64_t limit)
        {
            if (number < limit)
                up = std::min(up, limit - 1 - number);
            else
                down = std::min(down, number - limit);
            return number < limit;
        }
        std::int64_t repeats(std::int64_t growth) const
        {
            return growth > 0 ? whole(up, growth) : whole(down, -growth);
        }
    };
    struct User {
        std::size_t rank = 0;
        const std::vector<PortUse>* uses = nullptr;
        Kind kind = Kind::transfer;
        std::vector<std::int64_t> had;  ///< slots, per use
        std::int64_t missing = 0;       ///< slots, at all ports
        std::int64_t latency = 0;       ///< cycles left of it
        bool finished = false;
        bool holds = false;  ///< its two ports, which are always the same
        Margin ahead;        ///< of reads ahead of writes
        std::vector<std::int64_t> noted_had;
        std::array<std::int64_t, 2> noted_stalled{};
        std::array<PortIndex, 2> ends{};
        std::array<std::int64_t, 2> stalled{};  ///< cycles at each end, for the other
        std::array<std::int64_t, 2> latent{};   ///< the same for the latency
    };
    struct Port {
        std::size_t turn = 0;  ///< rank that is asked first
        std::size_t user = kNobody;
        std::size_t use = 0;
        bool taken = false;
        std::int64_t held = 0;
        std::int64_t due = 0;  ///< idle time that it has not taken yet
        Margin margin;         ///< of that
        std::size_t noted_turn = 0;
        std::int64_t noted_due = 0;
        std::int64_t noted_held = 0;
    };

    void ask(bool passing);
    void offer(std::size_t index, std::size_t use);
    void serve();
    void count_stalls(std::int64_t cycles);
    void count_stall(const User& user, std::array<std::int64_t, 2>& stalled, std::int64_t cycles);
    void free_ports(std::int64_t cycles);
    void retire();
    bool is_idle(PortIndex number);
    std::int64_t repeats_of(const User& user) const;
    static std::int64_t words_ahead(const User& user, std::int64_t read, std::int64_t written);
    static bool may_read(User& user);
    static bool may_write(User& user);

    const PortIdle* idle_;
    std::vector<User> users_;
    std::vector<std::size_t> busy_;      ///< users, in their order
    std::vector<std::size_t> finished_;  ///< in the last cycle
    std::vector<Port> ports_;
    std::vector<PortIndex> offered_;
    std::vector<PortIndex> taken_;
};

}  // namespace plumbline::sim
