// SPDX-License-Identifier: Apache-2.0
// What the parts of one machine share: the numbering of its ports, who gives out their time, who listens, and where in
// the schedule the run stands.
#pragma once

#include <cmath>

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

    /// Cycles since the run began, in hundredths: what rounding adds to times is less.
    double now() const { return std::round(clock.cycles_since(began) * 100) / 100; }

    Clock& clock;
    const std::vector<plumbline::Memory>& memories;
    Cycles dispatch;  ///< before each step
    PortMap ports;
    std::unique_ptr<Arbiter> arbiter;
    Observer observer;
    const std::vector<Activity>& activities;
    DataPlane* data = nullptr;  ///< null in a machine that only counts
    sc_core::sc_time began;     ///< in clock time
    TileIndex tile;             ///< that runs now
};

}  // namespace plumbline::sim
