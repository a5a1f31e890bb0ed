// SPDX-License-Identifier: Apache-2.0
#include "peripheral/machine_engine.hpp"

#include "machine/machine_counters.hpp"
#include "machine/machine_parts.hpp"

namespace plumbline::sim {
namespace {

MachineOptions options_of(const ScheduleProgram& program, BusInitiator& bus, Clock& clock, Observer observer)
{
    MachineOptions machine;
    machine.fidelity = program.fidelity();
    machine.start = Start::on_demand;
    machine.off_chip.bus = &bus;
    machine.clock = &clock;
    machine.observer = std::move(observer);
    machine.observed_time = ObservedTime::simulation;
    return machine;
}

std::uint32_t code_of(OffChipRefusal::Kind kind)
{
    switch (kind) {
        case OffChipRefusal::Kind::read: return PLUMBLINE_ERROR_BUS_READ;
        case OffChipRefusal::Kind::write: return PLUMBLINE_ERROR_BUS_WRITE;
        case OffChipRefusal::Kind::debug: break;
    }
    return PLUMBLINE_ERROR_DEBUG;
}

}  // namespace

MachineEngine::MachineEngine(const sc_core::sc_module_name& name, const plumbline::Accelerator& description,
                             const AcceleratorProgram& network, const ScheduleProgram& program, AcceleratorData data,
                             BusInitiator& bus, Clock& clock, Observer observer)
    : Engine{name},
      description_{&description},
      workload_{&network.workload()},
      machine_{"machine", description, program, options_of(program, bus, clock, std::move(observer))},
      bus_{&bus},
      before_{{}, RunCounts{description.memories().size()}}
{
    machine_.parts().off_chip.listen([this](const OffChipRefusal& refusal) { refuse(refusal); });
    if (data == AcceleratorData::real) attach_data(description, network, program);
}

void MachineEngine::attach_data(const plumbline::Accelerator& description, const AcceleratorProgram& network,
                                const ScheduleProgram& program)
{
    OffChipPort& memory = machine_.parts().off_chip;
    OutsideData outside;
    outside.map = [&memory](MapId map, const FeatureBox& box) { return memory.read_now(map, box); };
    outside.weights = [&memory](LayerId layer) { return memory.read_weights_now(layer); };
    outside.expect = [&memory](MapId map, const FeatureBox& box, FeatureValues values) {
        memory.expect(map, box, std::move(values));
    };
    outside.settle = [&memory] { memory.settle(); };
    maps_ = std::make_unique<OffChipMaps>(program.off_chip(), network.workload());
    data_ = std::make_unique<DataPlane>(description, network.workload(), network.schedule(), std::move(outside));
    memory.attach(*maps_);
    machine_.parts().attach(*data_);
}

/// Told by whichever part of the machine it was; the job ends in a thread of its own.
void MachineEngine::refuse(const OffChipRefusal& refusal)
{
    const bool answered = refusal.kind != OffChipRefusal::Kind::debug;
    refusal_ = {code_of(refusal.kind), refusal.address, answered ? response_code(refusal.status) : 0};
    refused_.notify(sc_core::SC_ZERO_TIME);
}

bool MachineEngine::working(std::int64_t end) const
{
    return !refusal_ && machine_.running() && machine_.tiles_done() < end;
}

JobError MachineEngine::run(const EngineJob& job)
{
    const std::int64_t end = job.tiles.first + job.tiles.count;
    refusal_ = {};
    ended_.reset();
    machine_.parts().off_chip.place(job.addresses);
    if (job.tiles.first == 0) {
        machine_.start(end);
        before_.cycles = {};
        before_.counts.clear();
    } else {
        before_ = of_run();
        machine_.resume(end);
    }
    do {
        sc_core::wait(machine_.finished() | refused_);
    } while (working(end));
    if (!refusal_ && machine_.failure()) refusal_ = {PLUMBLINE_ERROR_SCHEDULE, 0};
    if (refusal_) give_up();
    return refusal_;
}

/// What other parts of the machine have on the bus is over before the job is. The machine forgets what it counted.
void MachineEngine::give_up()
{
    ended_ = of_job();
    abandon();
    bus_->drain();
}

void MachineEngine::abandon()
{
    refused_.cancel();
    machine_.parts().off_chip.silence();
    machine_.reset();
}

MachineEngine::Sums MachineEngine::of_run() const { return {machine_.cycles(), counts_of(machine_.parts())}; }

MachineEngine::Sums MachineEngine::of_job() const
{
    if (ended_) return *ended_;
    Sums sums = of_run();
    sums.cycles -= before_.cycles;
    sums.counts.add(before_.counts, -1);
    return sums;
}

Cycles MachineEngine::cycles() const { return ended_ ? ended_->cycles : machine_.cycles() - before_.cycles; }

TrafficCount MachineEngine::traffic(MemoryId memory, MemoryOperand operand, Direction direction) const
{
    if (ended_) return ended_->counts.traffic.at(memory, operand, direction);
    TrafficCount sum = traffic_of(machine_.parts(), memory, operand, direction);
    return sum += before_.counts.traffic.at(memory, operand, direction) * -1;
}

Picojoules MachineEngine::energy() const { return sim::energy(*description_, of_job().counts); }

Counters MachineEngine::counters() const { return machine_.counters(*workload_); }

}  // namespace plumbline::sim
