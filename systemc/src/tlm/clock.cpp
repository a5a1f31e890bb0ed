// SPDX-License-Identifier: Apache-2.0
#include "tlm/clock.hpp"

#include <algorithm>
#include <string>

#include "plumbline/error.hpp"

namespace plumbline::sim {
namespace {

constexpr std::int64_t kCycleOfClockTime = Period{}.femtoseconds;
constexpr std::int64_t kLongest = 1'000'000'000'000;

Period checked(Period period)
{
    if (period.femtoseconds >= 0 && period.femtoseconds <= kLongest) return period;
    throw InputError{"period", "is " + std::to_string(period.femtoseconds) + " fs, expected 0 to " +
                                   std::to_string(kLongest) + " fs, a millisecond"};
}

/// Clock time is counted in ticks of the kernel.
void check_resolution()
{
    if (cycles(1) > sc_core::SC_ZERO_TIME) return;
    throw InputError{"time resolution",
                     "is " + sc_core::sc_get_time_resolution().to_string() + ", expected 1 ns or finer"};
}

enum class Rounding { down, up };

/// time * numerator / denominator. What is below 10^12 each does not overflow on the way.
sc_core::sc_time scaled(const sc_core::sc_time& time, std::int64_t numerator, std::int64_t denominator,
                        Rounding rounding)
{
    const auto by = static_cast<sc_dt::uint64>(numerator);
    const auto of = static_cast<sc_dt::uint64>(denominator);
    const sc_dt::uint64 rest = time.value() % of * by;
    const sc_dt::uint64 one_more = rounding == Rounding::up && rest % of != 0 ? 1 : 0;
    return sc_core::sc_time::from_value(time.value() / of * by + rest / of + one_more);
}

}  // namespace

sc_core::sc_time time_of_cycles(Period period, Cycles count)
{
    return scaled(cycles(static_cast<double>(count.count())), period.femtoseconds, kCycleOfClockTime, Rounding::down);
}

Cycles cycles_of_time(Period period, const sc_core::sc_time& time)
{
    const sc_core::sc_time clock_time = scaled(time, kCycleOfClockTime, period.femtoseconds, Rounding::down);
    return Cycles{static_cast<std::int64_t>(clock_time.value() / cycles(1).value())};
}

Clock::Clock(Period period)
    : period_{checked(period)},
      neutral_{period == Period{}},
      changed_at_{sc_core::sc_time_stamp()},
      tick_{changed_at_}
{
    check_resolution();
}

void Clock::set_period(Period period)
{
    if (checked(period) == period_) return;
    at_change_ = now();
    changed_at_ = sc_core::sc_time_stamp();
    tick_ = changed_at_;
    moment_ = at_change_;
    neutral_ = false;
    period_ = period;
    awaited_.clear();  // all await anew
    changed_.notify(sc_core::SC_ZERO_TIME);
    for (ClockedEvent* event : events_) event->arm();
}

sc_core::sc_time Clock::now() const
{
    if (neutral_) return sc_core::sc_time_stamp();
    if (tick_ != sc_core::sc_time_stamp()) {
        moment_ = moment_of_this_tick();
        tick_ = sc_core::sc_time_stamp();
    }
    return moment_;
}

sc_core::sc_time Clock::moment_of_this_tick() const
{
    if (gated()) return at_change_;
    const sc_core::sc_time latest = at_change_ + scaled(sc_core::sc_time_stamp() - changed_at_, kCycleOfClockTime,
                                                        period_.femtoseconds, Rounding::down);
    const auto over = awaited_.upper_bound(latest);
    if (over == awaited_.begin()) return latest;
    const sc_core::sc_time awaited = *std::prev(over);
    awaited_.erase(awaited_.begin(), over);
    // One that is nearer than a tick when it is asked for comes a tick late.
    const sc_core::sc_time late = sc_core::sc_time_stamp() - tick_of(awaited);
    return late <= sc_core::sc_get_time_resolution() ? awaited : latest;
}

sc_core::sc_time Clock::tick_of(const sc_core::sc_time& moment) const
{
    return changed_at_ + scaled(moment - at_change_, period_.femtoseconds, kCycleOfClockTime, Rounding::up);
}

sc_core::sc_time Clock::await(const sc_core::sc_time& moment)
{
    const sc_core::sc_time now = sc_core::sc_time_stamp();
    if (neutral_) return moment - now;
    if (period_.femtoseconds < kCycleOfClockTime) awaited_.insert(moment);
    return std::max(tick_of(moment), now + sc_core::sc_get_time_resolution()) - now;
}

void Clock::wait(const sc_core::sc_time& duration)
{
    const sc_core::sc_time end = now() + duration;
    while (now() < end) {
        if (gated()) {
            sc_core::wait(changed_);
        } else {
            sc_core::wait(await(end), changed_);
        }
    }
}

ClockedEvent::ClockedEvent(Clock& clock) : clock_{&clock} { clock.events_.push_back(this); }

ClockedEvent::~ClockedEvent()
{
    std::vector<ClockedEvent*>& all = clock_->events_;
    all.erase(std::remove(all.begin(), all.end(), this), all.end());
}

void ClockedEvent::notify(const sc_core::sc_time& delay)
{
    const sc_core::sc_time now = clock_->now();
    if (due_ > now && due_ <= now + delay) return;
    due_ = now + delay;
    if (delay == sc_core::SC_ZERO_TIME)
        event_.notify(delay);
    else if (!clock_->gated())
        event_.notify(clock_->await(due_));
}

void ClockedEvent::cancel()
{
    due_ = sc_core::SC_ZERO_TIME;
    event_.cancel();
}

void ClockedEvent::arm()
{
    if (due_ <= clock_->now()) return;
    event_.cancel();
    if (!clock_->gated()) event_.notify(clock_->await(due_));
}

}  // namespace plumbline::sim
