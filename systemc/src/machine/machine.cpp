// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/machine.hpp"

#include <cassert>

#include "machine/machine_counters.hpp"
#include "machine/machine_parts.hpp"

namespace plumbline::sim {

void bind_directly(tlm::tlm_base_initiator_socket<>& initiator, tlm::tlm_base_target_socket_b<>& target)
{
    initiator.bind(target);
}

Machine::Machine(const sc_core::sc_module_name& name, const plumbline::Accelerator& accelerator,
                 const ScheduleProgram& program, const MachineOptions& options, const Binder& binder)
    : sc_core::sc_module{name},
      parts_{std::make_unique<Parts>(accelerator, program, options, binder)},
      start_asked_{options.start == Start::at_once}
{
    if (options.fidelity != program.fidelity()) {
        SC_REPORT_ERROR(this->name(), "its fidelity is not that for which the schedule was compiled");
    }
    SC_METHOD(obey);
    sensitive << command_;
}

Machine::~Machine() = default;

tlm::tlm_initiator_socket<>& Machine::off_chip()
{
    assert(parts_->own_bus);
    return parts_->own_bus->socket;
}

void Machine::fold_classes(bool fold) { parts_->sequencer.fold_classes(fold); }

void Machine::report_progress(Progress progress) { parts_->sequencer.report_to(std::move(progress)); }

void Machine::start(std::int64_t tiles)
{
    start_asked_ = true;
    if (!running()) parts_->clear();
    parts_->sequencer.pause_after(tiles);
    command_.notify(sc_core::SC_ZERO_TIME);
}

void Machine::resume(std::int64_t tiles) { parts_->sequencer.pause_after(tiles); }

void Machine::reset()
{
    reset_asked_ = true;
    start_asked_ = false;
    command_.notify(sc_core::SC_ZERO_TIME);
}

/// A process of its own, so that any process of the machine may ask for a reset. A run begins when nothing is on the bus
/// that an earlier one left there.
void Machine::obey()
{
    if (reset_asked_) parts_->abandon();
    reset_asked_ = false;
    if (!start_asked_) return;
    const BusInitiator& bus = parts_->off_chip.bus();
    if (!running() && !bus.idle()) return next_trigger(command_ | bus.became_idle());
    if (!running()) {
        parts_->clear();
        parts_->sequencer.start();
    }
    start_asked_ = false;
}

void Machine::set_period(Period period) { parts_->context.clock.set_period(period); }

const sc_core::sc_event& Machine::finished() const { return parts_->sequencer.done(); }

bool Machine::running() const { return parts_->sequencer.running(); }

bool Machine::completed() const { return parts_->sequencer.finished(); }

std::exception_ptr Machine::failure() const { return parts_->sequencer.failure(); }

std::int64_t Machine::tiles_done() const { return parts_->sequencer.tiles_done(); }

Cycles Machine::cycles() const { return parts_->sequencer.cycles(); }

Counters Machine::counters(const Workload& workload) const { return counters_of(*parts_, workload); }

}  // namespace plumbline::sim
