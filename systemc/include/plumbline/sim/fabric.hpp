// SPDX-License-Identifier: Apache-2.0
// What the parts of one machine share: the numbering of its ports, who gives out their time, who listens, and where in
// the schedule the run stands.
#pragma once

#include "plumbline/sim/bandwidth.hpp"
#include "plumbline/sim/machine_options.hpp"
#include "plumbline/sim/ports.hpp"

namespace plumbline::sim {

struct Fabric {
    Fabric(const Accelerator& accelerator, const std::vector<Activity>& activities_of_run, MachineOptions options)
        : memories{accelerator.memories()},
          ports{accelerator},
          bandwidth{"bandwidth", ports.count()},
          observer{std::move(options.observer)},
          activities{activities_of_run}
    {}

    /// Cycles since the run began.
    double now() const { return cycles_since(began); }

    const std::vector<plumbline::Memory>& memories;
    PortMap ports;
    Bandwidth bandwidth;
    Observer observer;
    const std::vector<Activity>& activities;
    sc_core::sc_time began;
    TileIndex tile;  ///< that runs now
};

}  // namespace plumbline::sim
