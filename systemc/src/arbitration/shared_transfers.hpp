// SPDX-License-Identifier: Apache-2.0
// When are transfers done that share ports? Word by word in turn, without a kernel.
//
// What ports do repeats itself after a few cycles, as long as no transfer has had all that it wants at one of them, and how far
// its reads are ahead of its writes makes no difference. So many repetitions are taken at once: what it takes to say when the
// first one is done depends on how many share ports, and hardly on their words.
//
//     transfers.begin(3, uses);
//     transfers.begin(5, others, 12);                  // goes on: it has had 12 words
//     transfers.pass(transfers.next_change());         // cycles; one of them is not busy any more, or it goes on
#pragma once

#include <limits>
#include <vector>

#include "chunk_timing/word_arbiter.hpp"
#include "core/requesters.hpp"

namespace plumbline::sim {

class SharedTransfers {
public:
    static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

    /// \param idle of ports, must outlive it
    explicit SharedTransfers(const PortIdle& idle) : ports_{idle}, then_{idle} {}

    /// Ports ask them in the order of their numbers: this one's is the next one.
    void add_requester() { ports_.add_user(requesters_++); }
    /// \param words_had at the port where it has most
    void begin(RequesterId who, const std::vector<PortUse>& uses, std::int64_t words_had = 0);
    /// It has had all that it gets here.
    void leave(RequesterId who);
    /// Somebody has been served elsewhere: these ports ask the next one first.
    void note_served(RequesterId who, const std::vector<PortUse>& uses);
    /// Per port, whom it asks first.
    std::vector<std::size_t> turns() const { return ports_.turns(); }
    /// Nobody is busy, all ports ask the first one first.
    void clear();

    /// Cycles from now on until one of them is done, or until as far as can be said for now; kNever where nobody is busy.
    std::int64_t next_change();
    /// \pre at most next_change()
    void pass(std::int64_t cycles);

    bool busy() const { return ports_.busy_users() > 0; }
    bool busy(RequesterId who) const { return ports_.busy(who); }
    std::int64_t words_had(RequesterId who) const { return ports_.most_had(who); }
    /// Of ports, since they were counted anew.
    PortStalls stalls() const { return ports_.stalls(); }
    /// Per port, since then: cycles in which it served somebody or stalled.
    std::vector<std::int64_t> held() const { return ports_.held(); }
    void count_anew();

private:
    static constexpr std::int64_t kUnknown = -1;

    static std::int64_t run(WordArbiter& ports, std::int64_t most);

    std::size_t requesters_ = 0;
    WordArbiter ports_;  ///< now
    WordArbiter then_;   ///< at the next change, where that is known
    std::int64_t change_ = kUnknown;
};

}  // namespace plumbline::sim
