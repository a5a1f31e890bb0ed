// SPDX-License-Identifier: Apache-2.0
// An RV32IM CPU with a memory of its own for code, stack and data, and a bus for everything else.
//
// Sockets      bus         initiator, base protocol, blocking: loads and stores from `Emulator::kHostBase` on
// Ports        interrupt   in, high while someone wants attention
// Parameters   see CpuParameters
// Boot         from address 0 of its own memory, with the hart id in a0 and `argument` in a1
// Time         an instruction takes a clock cycle; a load or store on the bus as long as the bus takes on top.
//              The CPU runs ahead of kernel time by `quantum` instructions at most, but never past a bus access: that
//              begins when it begins, on the kernel's clock. Its own memory is seen by nobody else
// Interrupts   taken at WFI alone, at the first clock edge with the line high. Where mie has them and mstatus masks them, WFI goes on
//              all the same; where mie has them not, WFI is the end
// Faults       an error response, an illegal instruction or fetch halts the CPU: `fault` says which
//
// So no result depends on the quantum: whatever a CPU sees or lets others see happens on the bus or at a WFI, both at
// times that follow from instructions executed and from answers of the bus.
#pragma once

#include <plumbline/sim/kernel.hpp>

#include <string>
#include <vector>

#include "emulator.hpp"

struct CpuParameters {
    std::uint32_t hart = 0;
    std::uint32_t argument = 0;
    std::uint32_t memory_bytes = 256 * 1024;
    std::int64_t quantum = 10'000;  ///< instructions
    sc_core::sc_time period{1, sc_core::SC_NS};
};

class Cpu : public sc_core::sc_module {
public:
    SC_HAS_PROCESS(Cpu);

    tlm_utils::simple_initiator_socket<Cpu> bus;
    sc_core::sc_in<bool> interrupt;

    Cpu(const sc_core::sc_module_name& name, const CpuParameters& parameters,
        const std::vector<std::uint8_t>& firmware);

    std::int64_t instructions() const { return core_.instructions(); }
    /// Empty unless it halted.
    const std::string& fault() const { return core_.failure(); }

private:
    void run();
    void wait_for_interrupt();
    void advance();
    void synchronise();

    std::uint32_t load(std::uint32_t address, unsigned bytes);
    void store(std::uint32_t address, unsigned bytes, std::uint32_t value);
    void transport(tlm::tlm_command command, std::uint32_t address, unsigned bytes, std::uint32_t& value);

    CpuParameters parameters_;
    Emulator core_;
    sc_core::sc_time local_;     ///< when the first of the instructions began that are not in it yet
    std::int64_t in_local_ = 0;  ///< instructions that are
};
