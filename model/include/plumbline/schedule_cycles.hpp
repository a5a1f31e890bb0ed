// SPDX-License-Identifier: Apache-2.0
// How many cycles do schedules take, asked again and again for other timings of the same hardware?
//
// Whoever fits a profile asks that thousands of times. Lanes, blocks and loops of a step stay what they are when memories get
// slower, and tiles and schedules share most of their steps: so each distinct step is prepared once, and timed once for all
// schedules that have it. The cycles are those of schedule_cost.hpp; tests hold the two together.
//
//     TimedSchedules timed{accelerator, Estimator::refined};
//     timed.add(workload, schedule);
//     for (const Calibration& profile : profiles) timed.cycles(calibrated(accelerator, profile), {0}).front().total();
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "plumbline/cost.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// Sums over all tiles.
struct ScheduleCycles {
    Cycles loading{};     ///< before first iterations
    Cycles computing{};   ///< with stalls
    Cycles offloading{};  ///< after last iterations
    Cycles copying{};     ///< of copy steps

    /// All phases, one after the other.
    Cycles total() const { return loading + computing + offloading + copying; }
};

/// Steps of schedules, prepared to be timed.
class TimedSchedules {
public:
    /// No schedules yet. The accelerator is copied.
    TimedSchedules(const Accelerator& accelerator, Estimator estimator);
    /// Frees what was prepared.
    ~TimedSchedules();
    /// Moves; the other may only be assigned to or destroyed.
    TimedSchedules(TimedSchedules&&) noexcept;
    /// Moves; the other may only be assigned to or destroyed.
    TimedSchedules& operator=(TimedSchedules&&) noexcept;

    /// Returns its index. \pre workload and schedule outlive this \throws InputError as predict() does
    std::size_t add(const Workload& workload, const Schedule& schedule);
    /// Of those schedules, in that order, on an accelerator that differs from the one above in latencies, timings and
    /// dispatch alone. May be called by several threads.
    std::vector<ScheduleCycles> cycles(const Accelerator& accelerator, const std::vector<std::size_t>& schedules) const;

    std::size_t steps() const;           ///< of all tile classes of all schedules
    std::size_t distinct_steps() const;  ///< of these, that are timed

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace plumbline
#pragma GCC visibility pop
