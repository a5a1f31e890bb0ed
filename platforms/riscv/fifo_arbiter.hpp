// SPDX-License-Identifier: Apache-2.0
// Grants a target to one transaction at a time, first come, first served: the port that initiators contend for.
//
// Everything goes by clock cycles. A request counts from the first clock edge at or after its arrival, and who goes next is
// decided in the middle of a cycle, when everyone has arrived who comes with its edge. So the decision knows nothing of
// the order in which the kernel happened to run processes, and initiators may run ahead of kernel time as far as they like.
// Of requests of the same cycle, the one of the lowest socket, address, then length goes first.
//
//     FifoArbiter::Turn turn = fifo_arbiter.enter({arrival, socket, address, length});  // in the middle of a cycle
//     turn.until(turn.begin() + 3 * period);                                            // the next one may come then
#pragma once

#include <plumbline/sim/kernel.hpp>

#include <cstdint>
#include <list>

class FifoArbiter {
public:
    struct Request {
        sc_core::sc_time arrival;  ///< not before kernel time
        int socket = 0;
        std::uint64_t address = 0;
        unsigned length = 0;
    };

    /// The time of one transaction at the target; over at the end of the cycle in which this is destroyed, if not said otherwise.
    class Turn {
    public:
        Turn(FifoArbiter& fifo_arbiter, const sc_core::sc_time& begin) : fifo_arbiter_{&fifo_arbiter}, begin_{begin} {}
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        ~Turn();

        /// The clock edge with which it began.
        const sc_core::sc_time& begin() const { return begin_; }
        /// Is over at the first clock edge at or after `end`.
        void until(const sc_core::sc_time& end) { end_ = end; }

    private:
        FifoArbiter* fifo_arbiter_;
        sc_core::sc_time begin_;
        sc_core::sc_time end_;
    };

    explicit FifoArbiter(const sc_core::sc_time& period) : period_{period} {}

    /// Waits until it is this request's turn. Call from a thread, which may be reset while it waits.
    Turn enter(Request request);
    /// The first clock edge at or after `time`.
    sc_core::sc_time edge(const sc_core::sc_time& time) const;

private:
    struct Waiting;

    bool may_enter(const Request& request) const;
    void leave(const sc_core::sc_time& end);

    sc_core::sc_time period_;
    std::list<const Request*> waiting_;
    bool taken_ = false;
    sc_core::sc_time free_from_;
    sc_core::sc_event changed_;
};
