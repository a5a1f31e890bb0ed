// SPDX-License-Identifier: Apache-2.0
// The accelerator as a SystemC module: elaborates memories, movers, MAC array and sequencer from a description, and
// binds them together.
//
//     const ScheduleProgram program = compile(accelerator, workload, schedule);
//     Machine machine{"machine", accelerator, program};
//     machine.off_chip().bind(dram.socket);  // any TLM-2.0 memory
//     sc_core::sc_start();
//     Counters counters = machine.counters(workload);
#pragma once

#include <functional>

#include "machine/sequencer.hpp"
#include "tlm/crossbar.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// Binds two sockets of the machine, directly or with something in between.
using Binder = std::function<void(tlm::tlm_base_initiator_socket<>&, tlm::tlm_base_target_socket_b<>&)>;
void bind_directly(tlm::tlm_base_initiator_socket<>& initiator, tlm::tlm_base_target_socket_b<>& target);

class Machine : public sc_core::sc_module {
public:
    SC_HAS_PROCESS(Machine);

    /// Description and program must outlive the machine. \throws InputError where the program is of another accelerator
    Machine(const sc_core::sc_module_name& name, const plumbline::Accelerator& accelerator,
            const ScheduleProgram& program, MachineOptions options = {}, const Binder& binder = bind_directly);

    /// Where off-chip memory is to be bound.
    tlm_utils::simple_initiator_socket<OffChip>& off_chip() { return off_chip_.socket; }
    /// What sends there: where areas lie, what happens on errors, real data.
    OffChip& to_memory() { return off_chip_; }
    Sequencer& sequencer() { return *sequencer_; }
    const Sequencer& sequencer() const { return *sequencer_; }
    /// From now on the machine computes with the data that is in its memories. The plane must outlive the machine.
    void hold(DataPlane& data);

    /// Begins a run in the next delta cycle, unless one is under way; counters begin at zero. \param tiles after which it
    /// pauses
    void start(std::int64_t tiles = kAllTiles);
    /// Goes on with a run that has paused. \param tiles of the run, those done included, after which it pauses again
    void resume(std::int64_t tiles = kAllTiles) { sequencer_->pause_after(tiles); }
    /// Abandons a run in the next delta cycle, wherever it is: what moves data stops, ports are free, counters zero. The
    /// machine then waits for `start`, which may follow at once. A transaction that off-chip memory waits in is left by
    /// an exception (`sc_process_handle::reset`); what off-chip memory holds stays. Call from any process at any time.
    void reset();
    /// Notified when a run ends or pauses.
    const sc_core::sc_event& finished() const { return sequencer_->done(); }

    /// What the run counted so far, or the last one.
    Counters counters(const Workload& workload) const;
    /// The same of all activities, in total.
    TrafficCounts passed() const;
    TrafficCount passed(MemoryId memory, MemoryOperand operand, Direction direction) const;

private:
    void build_memories();
    void build_links(StreamId stream);
    void build_movers(StreamId stream);
    void build_copiers(std::size_t count);
    void obey();
    void clear();
    void abandon();
    void bind(Initiator& initiator) { bind_(initiator.socket, crossbar_.in); }

    std::vector<Traffic> traffic() const;
    ActivityUse use(ActivityIndex activity) const;
    void add_use(Counters& counters) const;
    std::int64_t outputs(const Workload& workload) const;

    const plumbline::Accelerator* accelerator_;
    const ScheduleProgram* program_;
    MachineContext context_;
    Binder bind_;
    Crossbar crossbar_;
    OffChip off_chip_;
    Parts parts_;
    std::unique_ptr<Sequencer> sequencer_;
    bool reset_asked_ = false;
    bool start_asked_ = false;
    sc_core::sc_event command_{"command"};
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
