// SPDX-License-Identifier: Apache-2.0
#include "cpu.hpp"

#include <sstream>

using sc_core::sc_time;
using sc_core::sc_time_stamp;

namespace {

constexpr std::size_t kStackBytes = 1U << 20U;  // of the thread that the emulator runs on

}  // namespace

Cpu::Cpu(const sc_core::sc_module_name& name, const CpuParameters& parameters,
         const std::vector<std::uint8_t>& firmware)
    : sc_core::sc_module{name},
      bus{"bus"},
      interrupt{"interrupt"},
      parameters_{parameters},
      core_{parameters.memory_bytes,
            {[this] { synchronise(); }, [this](std::uint32_t address, unsigned bytes) { return load(address, bytes); },
             [this](std::uint32_t address, unsigned bytes, std::uint32_t value) { store(address, bytes, value); }}}
{
    core_.write(0, firmware);
    core_.set(Emulator::Register::a0, parameters_.hart);
    core_.set(Emulator::Register::a1, parameters_.argument);
    core_.allow(parameters_.quantum);
    SC_THREAD(run);
    set_stack_size(kStackBytes);
}

void Cpu::run()
{
    while (core_.run() == Emulator::Pause::waits) {
        synchronise();
        if (!core_.listens()) return;
        wait_for_interrupt();
        core_.interrupt();
    }
    synchronise();
}

/// Local time, as a time.
void Cpu::advance()
{
    local_ += static_cast<double>(core_.instructions() - in_local_) * parameters_.period;
    in_local_ = core_.instructions();
    core_.allow(parameters_.quantum);
}

/// Lets kernel time come to where the CPU is.
void Cpu::synchronise()
{
    advance();
    if (local_ > sc_time_stamp()) wait(local_ - sc_time_stamp());
}

void Cpu::wait_for_interrupt()
{
    if (interrupt.read()) return;
    wait(interrupt.posedge_event());
    const sc_time past = sc_time_stamp() % parameters_.period;
    local_ = past == sc_core::SC_ZERO_TIME ? sc_time_stamp() : sc_time_stamp() + (parameters_.period - past);
}

std::uint32_t Cpu::load(std::uint32_t address, unsigned bytes)
{
    std::uint32_t value = 0;
    transport(tlm::TLM_READ_COMMAND, address, bytes, value);
    return value;
}

void Cpu::store(std::uint32_t address, unsigned bytes, std::uint32_t value)
{
    transport(tlm::TLM_WRITE_COMMAND, address, bytes, value);
}

void Cpu::transport(tlm::tlm_command command, std::uint32_t address, unsigned bytes, std::uint32_t& value)
{
    advance();
    tlm::tlm_generic_payload payload;
    payload.set_command(command);
    payload.set_address(address);
    payload.set_data_ptr(reinterpret_cast<unsigned char*>(&value));
    payload.set_data_length(bytes);
    payload.set_streaming_width(bytes);
    sc_time delay = local_ - sc_time_stamp();
    bus->b_transport(payload, delay);
    local_ = sc_time_stamp() + delay;
    if (payload.is_response_ok()) return;
    std::ostringstream reason;
    reason << payload.get_response_string() << " at address 0x" << std::hex << address;
    core_.fail(reason.str());
}
