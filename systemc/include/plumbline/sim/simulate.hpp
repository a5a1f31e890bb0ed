// SPDX-License-Identifier: Apache-2.0
// Runs a schedule on the machine and returns what it counted.
//
// The SystemC kernel lives once per process, so a process simulates once.
#pragma once

#include <functional>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/sim/counters.hpp"
#include "plumbline/sim/dram_trace.hpp"
#include "plumbline/sim/machine_options.hpp"
#include "plumbline/sim/network_data.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// Of one run.
struct SimulationOptions {
    /// Execute each tile class once and multiply, instead of every tile.
    bool fold_classes = false;
    /// A schedule that needs more space than there is, or data where it is not: an error, or counted.
    Overcommit overcommit = Overcommit::refuse;
    /// Of the machine that is built for the run. It starts at once, whatever `start` says: nobody else could start it.
    MachineOptions machine;
    /// Told of the traffic with off-chip memory, which a TrafficRecorder then records.
    OffChipListener off_chip;
    /// Called after each tile with tiles done and tiles in all.
    std::function<void(std::int64_t, std::int64_t)> progress;
};

/// Builds a machine with the built-in off-chip memory, runs the schedule to its end, and takes as long as that.
/// \throws InputError where the schedule is not one of accelerator and workload; DoesNotFit (overcommit.hpp) where it is, but
/// needs more space than there is or reads what is not there
/// \throws sc_core::sc_report (a std::exception) when the process has simulated before
Counters simulate(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                  const SimulationOptions& options = {});

/// A run that computed.
struct ComputedRun {
    Counters counters;                   ///< of the run
    std::vector<FeatureValues> outputs;  ///< of the network, by Workload::outputs(), as they lie in off-chip memory
};

/// The same with data: every copy and every layer moves and uses the bytes that the memories hold.
/// \throws InputError also where the network cannot be computed, data does not fit it, the schedule reads what is not
/// there, or classes are to be folded: every tile has numbers of its own
ComputedRun simulate(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                     const NetworkData& data, const SimulationOptions& options = {});

}  // namespace plumbline::sim
#pragma GCC visibility pop
