// SPDX-License-Identifier: Apache-2.0
// What the parts of one machine share: the numbering of its ports, who gives out their time, who listens, and where in
// the schedule the run stands.
#pragma once

#include "plumbline/sim/bandwidth.hpp"
#include "plumbline/sim/machine_options.hpp"
#include "plumbline/sim/ports.hpp"

namespace plumbline::sim {

class DataPlane;

struct Fabric {
    Fabric(const Accelerator& accelerator, const std::vector<Activity>& activities_of_run, MachineOptions options)
        : ports{accelerator},
          bandwidth{"bandwidth", ports.count()},
          observer{std::move(options.observer)},
          activities{activities_of_run}
    {}

    /// Cycles since the run began.
    double now() const { return cycles_since(began); }

    PortMap ports;
    Bandwidth bandwidth;
    Observer observer;
    const std::vector<Activity>& activities;
    DataPlane* data = nullptr;  ///< null in a machine that only counts
    sc_core::sc_time began;
    TileIndex tile;  ///< that runs now
};

}  // namespace plumbline::sim
