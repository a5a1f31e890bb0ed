// SPDX-License-Identifier: Apache-2.0
// What the run of a machine counted so far: gathered from its memories, which count what passes their borders, and from
// its sequencer, which keeps times and waits.
#pragma once

#include "machine/machine_parts.hpp"
#include "plumbline/sim/counters.hpp"
#include "statistics/run_counts.hpp"

namespace plumbline::sim {

/// All but peaks and findings, which the program knows. \param workload that the program was compiled of
Counters counters_of(const Machine::Parts& parts, const Workload& workload);

/// Over all activities.
TrafficCount traffic_of(const Machine::Parts& parts, MemoryId memory, MemoryOperand operand, Direction direction);
/// The same of all memories, operands and directions, and multiplications.
RunCounts counts_of(const Machine::Parts& parts);

}  // namespace plumbline::sim
