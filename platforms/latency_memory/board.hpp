// SPDX-License-Identifier: Apache-2.0
// A host around one accelerator and its memory: it runs frames by registers and interrupt, as firmware would, and says what they took.
#pragma once

#include <plumbline/sim/accelerator.hpp>

#include "latency_memory.hpp"
#include "setting.hpp"

struct Frame {
    plumbline::Cycles cycles{};  ///< of the accelerator, as its registers say
    double seconds = 0;          ///< of processor time of this program
};

class Board : public sc_core::sc_module {
public:
    Board(const sc_core::sc_module_name& name, const plumbline::Accelerator& accelerator,
          const plumbline::sim::AcceleratorProgram& program, const Setting& setting,
          plumbline::sim::AcceleratorFidelity fidelity);

    /// The mean of so many. Call from a thread, while no other board runs.
    Frame run(int frames);

    const plumbline::sim::Accelerator& accelerator() const { return accelerator_; }

private:
    std::uint32_t access(tlm::tlm_command command, std::uint32_t offset, std::uint32_t value);
    void write(std::uint32_t offset, std::uint32_t value) { access(tlm::TLM_WRITE_COMMAND, offset, value); }
    std::uint32_t read(std::uint32_t offset) { return access(tlm::TLM_READ_COMMAND, offset, 0); }

    tlm_utils::simple_initiator_socket<Board> registers_;
    LatencyMemory memory_;
    plumbline::sim::Accelerator accelerator_;
    sc_core::sc_signal<bool> interrupt_;
};
