// SPDX-License-Identifier: Apache-2.0
// What a tile of each class makes pass the borders of memories and how much it multiplies, summed over its program: the very
// counts of a machine that runs it, without running it. Accesses depend on the program alone; only time depends on who meets whom.
//
//     const auto counts = class_counts(program, accelerator);
//     counts[tile_class].traffic.at(memory, operand, direction).granules;
#pragma once

#include "compiler/compiled_schedule.hpp"
#include "plumbline/sim/counters.hpp"
#include "statistics/run_counts.hpp"

namespace plumbline::sim {

/// Of one tile, per class; those of all stacks, one after the other.
std::vector<RunCounts> class_counts(const CompiledSchedule& program, const plumbline::Accelerator& accelerator);

/// Of so many tiles of each class: traffic and multiplications, per activity, and outputs. Times are zero, and the rest is
/// empty. \param workload that the program was compiled of
Counters counters_of_tiles(const CompiledSchedule& program, const plumbline::Accelerator& accelerator,
                           const Workload& workload, const std::vector<std::int64_t>& occurrences);

}  // namespace plumbline::sim
