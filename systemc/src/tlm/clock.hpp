// SPDX-License-Identifier: Apache-2.0
// The clock of a machine: what time is it for those who count cycles, however long these are, and if that changes?
//
// A machine reckons in clock time, in which a cycle is always a nanosecond and which stands still while the clock is gated.
// So nothing that it does depends on the period. Only this file knows how clock time passes in time of the kernel: a moment
// of clock time comes with the first tick of the kernel at or after it, and in that tick it is that moment.
//
//     const sc_core::sc_time begin = clock.now();
//     clock.wait(cycles(3));        // however long they last, and whatever changes meanwhile
//     clock.cycles_since(begin);    // 3
#pragma once

#include <set>
#include <vector>

#include "plumbline/sim/clock_options.hpp"
#include "plumbline/sim/kernel.hpp"
#include "plumbline/units.hpp"

namespace plumbline::sim {

class ClockedEvent;

/// Clock time of so many cycles.
inline sc_core::sc_time cycles(double count) { return sc_core::sc_time{1, sc_core::SC_NS} * count; }

/// Time of the kernel of so many cycles of a period that does not change, rounded down to its resolution.
sc_core::sc_time time_of_cycles(Period period, Cycles count);
/// Whole cycles of a period that does not change in a time of the kernel. \pre the clock is not gated
Cycles cycles_of_time(Period period, const sc_core::sc_time& time);

class Clock {
public:
    /// \throws InputError where it is less than none or more than a millisecond, or a tick of the kernel more than a nanosecond
    explicit Clock(Period period = {});
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;

    Period period() const { return period_; }
    /// From now on; gated where it is zero. Call from any process. \throws InputError as the constructor
    void set_period(Period period);

    /// Clock time. It never goes back, and is the same for all who ask in one tick of the kernel.
    sc_core::sc_time now() const;
    double cycles_since(const sc_core::sc_time& begin) const { return (now() - begin) / cycles(1); }
    /// Returns when so much clock time is over. Call from a thread.
    void wait(const sc_core::sc_time& duration);

private:
    friend class ClockedEvent;

    bool gated() const { return period_.femtoseconds == 0; }
    sc_core::sc_time moment_of_this_tick() const;
    /// Time of the kernel until that moment of clock time, a tick at least. In that tick it will be that moment for all who ask,
    /// or the last of those that are awaited in the same tick. \pre it is not gated, and the moment is not over
    sc_core::sc_time await(const sc_core::sc_time& moment);
    /// The first tick at or after it.
    sc_core::sc_time tick_of(const sc_core::sc_time& moment) const;

    Period period_;
    bool neutral_;                 ///< clock time is time of the kernel, and always was
    sc_core::sc_time changed_at_;  ///< in time of the kernel
    sc_core::sc_time at_change_;   ///< the same moment in clock time
    sc_core::sc_event changed_{"period_changed"};
    std::vector<ClockedEvent*> events_;
    mutable std::multiset<sc_core::sc_time>
        awaited_;                      ///< where a tick has several moments of clock time: which are awaited
    mutable sc_core::sc_time tick_;    ///< of the kernel, in which somebody asked last
    mutable sc_core::sc_time moment_;  ///< that was the answer
};

/// An event at a moment of clock time.
class ClockedEvent {
public:
    /// The clock must outlive it.
    explicit ClockedEvent(Clock& clock);
    ClockedEvent(const ClockedEvent&) = delete;
    ClockedEvent& operator=(const ClockedEvent&) = delete;
    ~ClockedEvent();

    const sc_core::sc_event& event() const { return event_; }
    /// After so much clock time, unless it is notified earlier anyway; in the next delta cycle where that is none.
    /// \pre a notification without delay is over or cancelled
    void notify(const sc_core::sc_time& delay);
    void cancel();

private:
    friend class Clock;

    /// After a change of the period.
    void arm();

    Clock* clock_;
    sc_core::sc_time due_;  ///< in clock time; if that is over, it is not notified, or in this instant
    sc_core::sc_event event_;
};

}  // namespace plumbline::sim
