// SPDX-License-Identifier: Apache-2.0
// What the analytical model says of the time of a schedule's tiles: the one thing that the machine side takes from the
// model, for platforms that would rather be told than see it happen. Accesses are counted, not predicted (analytical_counts.hpp).
//
//     const auto cycles = predicted_cycles(accelerator, workload, schedule);
//     cycles[stack][tile_class];  // of one tile
#pragma once

#include <vector>

#include "plumbline/schedule.hpp"
#include "plumbline/units.hpp"

namespace plumbline::sim {

/// By the refined estimator: all steps of one tile, per stack and class. \param accelerator as calibrated, where it is
/// \pre `check(schedule, accelerator, workload)` passes
std::vector<std::vector<Cycles>> predicted_cycles(const plumbline::Accelerator& accelerator, const Workload& workload,
                                                  const Schedule& schedule);

}  // namespace plumbline::sim
