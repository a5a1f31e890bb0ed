// SPDX-License-Identifier: Apache-2.0
// What the parts of one machine share: the numbering of its ports, who gives out their time, who listens, and where in
// the schedule the run stands.
#pragma once

#include "arbitration/arbiter.hpp"
#include "plumbline/sim/machine_options.hpp"
#include "plumbline/sim/ports.hpp"
#include "plumbline/sim/tile_index.hpp"

namespace plumbline::sim {

class DataPlane;

struct MachineContext {
    /// The clock must outlive it.
    MachineContext(const plumbline::Accelerator& accelerator, const std::vector<Activity>& activities_of_run,
                   MachineOptions options, Clock& clock_of_machine);

    /// As observers are told: cycles since the run began, in hundredths, as what rounding adds to times is less; or nanoseconds.
    double now() const;

    Clock& clock;
    const std::vector<plumbline::Memory>& memories;
    Cycles dispatch;  ///< before each step
    PortMap ports;
    std::unique_ptr<Arbiter> arbiter;
    Observer observer;
    ObservedTime observed_time;
    const std::vector<Activity>& activities;
    DataPlane* data = nullptr;  ///< null in a machine that only counts
    sc_core::sc_time began;     ///< in clock time
    TileIndex tile;             ///< that runs now
};

}  // namespace plumbline::sim
