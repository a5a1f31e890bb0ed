// SPDX-License-Identifier: Apache-2.0
// What a Machine consists of, and what the library and its tests ask of it beside the public interface.
#pragma once

#include "compiler/compiled_schedule.hpp"
#include "machine/datapath.hpp"
#include "machine/sequencer.hpp"
#include "plumbline/sim/machine.hpp"
#include "plumbline/sim/schedule_program.hpp"

namespace plumbline::sim {

struct Machine::Parts {
    Parts(const plumbline::Accelerator& of, const ScheduleProgram& compiled, const MachineOptions& options,
          const Binder& bind);

    /// From now on the machine computes with the data that is in its memories. The plane must outlive the machine.
    void attach(DataPlane& data);
    /// Counters and addresses, as after construction.
    void clear();
    /// Leaves a run wherever it is.
    void abandon();

    const plumbline::Accelerator& accelerator;
    ScheduleProgram program;
    std::unique_ptr<Clock> own_clock;  ///< null where the clock is somebody else's
    MachineContext context;
    Crossbar crossbar;
    std::unique_ptr<BusInitiator> own_bus;  ///< null where the bus is somebody else's
    OffChipPort off_chip;
    Datapath datapath;
    Sequencer sequencer;
};

}  // namespace plumbline::sim
