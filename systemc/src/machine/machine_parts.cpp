// SPDX-License-Identifier: Apache-2.0
#include "machine/machine_parts.hpp"

#include "functional/data_plane.hpp"
#include "plumbline/error.hpp"

namespace plumbline::sim {
namespace {

/// The program, if it is for the accelerator.
const ScheduleProgram& fitting(const ScheduleProgram& program, const plumbline::Accelerator& accelerator)
{
    const std::string& name = program.compiled().accelerator;
    if (name == accelerator.name()) return program;
    throw InputError{"program.accelerator",
                     "is '" + name + "', expected that of the machine, '" + accelerator.name() + "'"};
}

/// A bus initiator for the machine alone, where it is not given one.
std::unique_ptr<BusInitiator> own_bus_of(const OffChipOptions& options)
{
    if (options.bus != nullptr) return nullptr;
    return std::make_unique<BusInitiator>(
        "off_chip",
        BusOptions{options.longest_burst, options.alignment, options.outstanding, options.transport, {}, 0});
}

}  // namespace

Machine::Parts::Parts(const plumbline::Accelerator& of, const ScheduleProgram& compiled, const MachineOptions& options,
                      const Binder& bind)
    : accelerator{of},
      program{fitting(compiled, of)},
      own_clock{options.clock == nullptr ? std::make_unique<Clock>(options.period) : nullptr},
      context{of, program.compiled().activities, options, own_clock ? *own_clock : *options.clock},
      crossbar{"crossbar", context.ports.count()},
      own_bus{own_bus_of(options.off_chip)},
      off_chip{own_bus ? *own_bus : *options.off_chip.bus, program.off_chip(), options.off_chip.base},
      datapath{build_datapath({of, context, crossbar, off_chip, bind}, program.compiled().most_copies())},
      sequencer{"sequencer", program.compiled(), datapath, context}
{}

void Machine::Parts::attach(DataPlane& data)
{
    context.data = &data;
    for (MemoryId id = 0; id < datapath.memories.size(); ++id) datapath.memories[id]->attach(data.contents(id));
}

void Machine::Parts::clear()
{
    for (auto& memory : datapath.memories) memory->clear();
    off_chip.rewind();
    sequencer.clear();
}

void Machine::Parts::abandon()
{
    if (sequencer.running() && context.observer.abandoned) context.observer.abandoned(context.now());
    sequencer.abandon();
    datapath.abandon();
    context.arbiter->clear();
    clear();
}

}  // namespace plumbline::sim
