// SPDX-License-Identifier: Apache-2.0
// Whose word does each port serve in a cycle? Ports serve their users in turn, a slot a cycle: plain numbers, no kernel.
//
// It follows the same rules as RoundRobinArbiter, which states them, and shares no code with it: agreement of the two
// fidelities is a check of both.
#pragma once

#include <array>
#include <cstdint>
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
    void want(std::size_t user, const std::vector<PortUse>& uses, Kind kind, std::int64_t latency = 0);
    bool busy(std::size_t user) const { return users_[user].uses != nullptr; }
    /// Wants nothing any more, whatever it has had.
    void leave(std::size_t user);
    void cycle();
    /// Cycles from now on in which all that is wanted is in its latency; 0 where somebody wants a word, or nobody anything.
    std::int64_t latent_cycles() const;
    /// As so many calls of cycle(). \pre at most latent_cycles()
    void pass(std::int64_t cycles);
    /// Whether the last cycle was the user's last.
    bool finished(std::size_t user) const { return users_[user].finished; }
    /// Of a busy user: the first of its ports at which it has not had all.
    PortIndex behind(std::size_t user) const;
    /// Of ports that transfers hold or wait for.
    PortStalls stalls() const;
    /// Per port, cycles in which it served somebody or stalled for one.
    std::vector<std::int64_t> held() const;
    /// From now on.
    void count_held_anew();
    /// Slots that the user has had of what it wants, at the port where it wants most.
    std::int64_t most_had(std::size_t user) const;

    /// What a transfer has had, and where the turns of ports are.
    void save(std::size_t user, std::vector<std::int64_t>& state) const;
    void restore(std::size_t user, const std::int64_t*& state);
    void save_turns(std::vector<std::int64_t>& state) const;
    void restore_turns(const std::int64_t* begin, const std::int64_t* end);

private:
    static constexpr std::size_t kNobody = ~std::size_t{0};
    struct User {
        std::size_t rank = 0;
        const std::vector<PortUse>* uses = nullptr;
        Kind kind = Kind::transfer;
        std::vector<std::int64_t> had;  ///< slots, per use
        std::int64_t missing = 0;       ///< slots, at all ports
        std::int64_t latency = 0;       ///< cycles left of it
        bool finished = false;
        bool holds = false;  ///< its two ports, which are always the same
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
    };

    void ask(bool passing);
    void offer(std::size_t user, std::size_t use);
    void serve();
    void count_stalls(std::int64_t cycles);
    void count_stall(const User& user, std::array<std::int64_t, 2>& stalled, std::int64_t cycles);
    void free_ports(std::int64_t cycles);
    bool is_idle(PortIndex number);
    static bool may_read(const User& user);
    static bool may_write(const User& user);

    const PortIdle* idle_;
    std::vector<User> users_;
    std::vector<Port> ports_;
    std::vector<PortIndex> offered_;
    std::vector<PortIndex> taken_;
};

}  // namespace plumbline::sim
