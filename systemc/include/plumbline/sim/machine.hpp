// SPDX-License-Identifier: Apache-2.0
// The accelerator as a SystemC module: elaborates memories, movers, MAC array and sequencer from a description, binds
// them together, and runs a compiled schedule.
//
// Sockets      off_chip()  initiator, base protocol, blocking: to any TLM-2.0 memory, which has to be bound
// Parameters   MachineOptions, and what binds its sockets
// Queries      counters() and the state of the run, at any time
// Time         a cycle is as long as MachineOptions::period says; ports and latencies take cycles
//
//     const ScheduleProgram program = compile(accelerator, workload, schedule);
//     Machine machine{"machine", accelerator, program};
//     machine.off_chip().bind(dram.socket);
//     sc_core::sc_start();
//     Counters counters = machine.counters(workload);
#pragma once

#include <exception>
#include <functional>
#include <memory>

#include "plumbline/sim/kernel.hpp"
#include "plumbline/sim/machine_options.hpp"
#include "plumbline/units.hpp"

#pragma GCC visibility push(default)
namespace plumbline {
class Accelerator;
class Workload;
}  // namespace plumbline

namespace plumbline::sim {

class ScheduleProgram;
struct Counters;

/// Binds two sockets of the machine, directly or with something in between.
using Binder = std::function<void(tlm::tlm_base_initiator_socket<>&, tlm::tlm_base_target_socket_b<>&)>;
/// With nothing in between.
void bind_directly(tlm::tlm_base_initiator_socket<>& initiator, tlm::tlm_base_target_socket_b<>& target);

/// The module.
class Machine : public sc_core::sc_module {
public:
    /// Called with tiles done and tiles in all.
    using Progress = std::function<void(std::int64_t, std::int64_t)>;
    /// What it consists of; opaque outside of the library.
    struct Parts;

    /// The description must outlive the machine. Reports an error of the kernel where the fidelity of the options is not
    /// that of the program. \throws InputError where the program is of another accelerator
    Machine(const sc_core::sc_module_name& name, const plumbline::Accelerator& accelerator,
            const ScheduleProgram& program, const MachineOptions& options = {}, const Binder& binder = bind_directly);
    ~Machine() override;

    /// To be bound to off-chip memory during elaboration. \pre the options say no other bus
    tlm::tlm_initiator_socket<>& off_chip();
    /// Whether each tile class runs once and counts as often as it occurs, instead of every tile. Before the run.
    void fold_classes(bool fold);
    /// Called after each tile (or class) from now on.
    void report_progress(Progress progress);

    /// Begins a run in the next delta cycle, unless one is under way; counters begin at zero. \param tiles after which it
    /// pauses
    void start(std::int64_t tiles = kAllTiles);
    /// Goes on with a run that has paused. \param tiles of the run, those done included, after which it pauses again
    void resume(std::int64_t tiles = kAllTiles);
    /// Abandons a run in the next delta cycle, wherever it is: what moves data stops, ports are free, counters zero. The
    /// machine then waits for `start`, which may follow at once. Transactions that off-chip memory is at complete, and are
    /// dropped; a run that is started begins after them. What off-chip memory holds stays. Call from any process at any time.
    void reset();

    /// How long its cycles last, from now on; zero: they stand still. What it counts is cycles. Call from any process at any
    /// time. \throws InputError where it is longer than a millisecond
    void set_period(Period period);

    /// Notified when a run ends or pauses.
    const sc_core::sc_event& finished() const;
    /// Whether a run is under way, paused or not.
    bool running() const;
    /// Whether the last run came to the end of its schedule.
    bool completed() const;
    /// Why the last run ended early, in a machine that computes with data: something read was not there. Null: it did not.
    std::exception_ptr failure() const;
    /// Of the run so far, or the last one.
    std::int64_t tiles_done() const;
    /// Of the run so far, or the last one: whole cycles, of the step that runs those that are over. Where classes are folded,
    /// of the steps done.
    Cycles cycles() const;
    /// What the run counted so far, or the last one. \param workload that the program was compiled of
    Counters counters(const Workload& workload) const;

    /// For the library itself, and its tests.
    Parts& parts() const { return *parts_; }

private:
    SC_HAS_PROCESS(Machine);

    void obey();

    std::unique_ptr<Parts> parts_;
    bool reset_asked_ = false;
    bool start_asked_ = false;
    sc_core::sc_event command_{"command"};
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
