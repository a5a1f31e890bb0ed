// SPDX-License-Identifier: Apache-2.0
// What a tile of each class makes pass the borders of memories, summed over its program: the very counts of a machine that
// runs it, without running it. Accesses depend on the program alone; only time depends on who meets whom.
//
//     const auto counts = class_counts(program, accelerator);
//     counts[stack][tile_class].at(memory, operand, direction).granules;
#pragma once

#include "compiler/compiled_schedule.hpp"
#include "statistics/traffic_counts.hpp"

namespace plumbline::sim {

/// Of one tile, per stack and class.
std::vector<std::vector<TrafficCounts>> class_counts(const CompiledSchedule& program,
                                                     const plumbline::Accelerator& accelerator);

}  // namespace plumbline::sim
