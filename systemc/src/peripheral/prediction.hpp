// SPDX-License-Identifier: Apache-2.0
// What the analytical model says of the time of a schedule's tiles: the one thing that the machine side takes from the
// model, for platforms that would rather be told than see it happen. Accesses are counted, not predicted (analytical_counts.hpp).
//
//     const auto times = predicted_times(accelerator, workload, schedule);
//     times[stack][tile_class][step].loading;  // of one tile
#pragma once

#include <vector>

#include "plumbline/schedule.hpp"
#include "plumbline/units.hpp"

namespace plumbline::sim {

/// Of a step of one tile.
struct StepTime {
    Cycles cycles{};      ///< all of it
    Cycles loading{};     ///< of a computation: before the first MAC
    Cycles offloading{};  ///< of a computation: after the last MAC
};
/// Of the steps of one tile, per class.
using ClassTimes = std::vector<std::vector<StepTime>>;

/// By the refined estimator, per stack. \param accelerator as calibrated, where it is
/// \pre `check(schedule, accelerator, workload)` passes
std::vector<ClassTimes> predicted_times(const plumbline::Accelerator& accelerator, const Workload& workload,
                                        const Schedule& schedule);
/// All steps of one tile.
Cycles sum(const std::vector<StepTime>& steps);

}  // namespace plumbline::sim
