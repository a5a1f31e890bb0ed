// SPDX-License-Identifier: Apache-2.0
// The accelerator as a SystemC module: elaborates memories, movers, MAC array and sequencer from a description, and
// binds them together.
//
//     const ScheduleProgram program = compile(accelerator, workload, schedule);
//     Machine machine{"machine", accelerator, program};
//     sc_core::sc_start();
//     Counters counters = machine.counters(workload);
#pragma once

#include "plumbline/sim/crossbar.hpp"
#include "plumbline/sim/sequencer.hpp"

namespace plumbline::sim {

class Machine : public sc_core::sc_module {
public:
    /// Description and program must outlive the machine.
    Machine(const sc_core::sc_module_name& name, const Accelerator& accelerator, const ScheduleProgram& program,
            MachineOptions options = {});

    Sequencer& sequencer() { return *sequencer_; }
    /// From now on the machine computes with the data that is in its memories. The plane must outlive the machine.
    void hold(DataPlane& data);
    /// What was counted so far.
    Counters counters(const Workload& workload) const;

private:
    void build_memories();
    void build_links(StreamId stream);
    void build_movers(StreamId stream);
    void build_copiers(std::size_t count);
    void bind(Initiator& initiator) { initiator.socket.bind(crossbar_.in); }

    std::vector<Traffic> traffic() const;
    std::vector<PortActivity> port_activity() const;
    std::int64_t outputs(const Workload& workload) const;

    const Accelerator* accelerator_;
    const ScheduleProgram* program_;
    Fabric fabric_;
    Crossbar crossbar_;
    Parts parts_;
    std::unique_ptr<Sequencer> sequencer_;
};

}  // namespace plumbline::sim
