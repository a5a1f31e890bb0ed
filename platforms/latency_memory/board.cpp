// SPDX-License-Identifier: Apache-2.0
#include "board.hpp"

#include <plumbline/firmware/plumbline_registers.h>

#include <cstring>
#include <ctime>

using namespace plumbline;

namespace {

constexpr std::uint64_t kGroupBytes = std::uint64_t{1} << 32;

/// Tensors lie beyond the page of the memory, each group far from the next.
plumbline_job whole_network()
{
    plumbline_job job{};
    job.magic = PLUMBLINE_JOB_MAGIC;
    job.version = PLUMBLINE_JOB_VERSION;
    job.flags = PLUMBLINE_JOB_INTERRUPT;
    job.input = 1 * kGroupBytes;
    job.weights = 2 * kGroupBytes;
    job.output = 3 * kGroupBytes;
    job.scratch = 4 * kGroupBytes;
    return job;
}

}  // namespace

Board::Board(const sc_core::sc_module_name& name, const Accelerator& accelerator,
             const sim::AcceleratorProgram& program, const Setting& setting, sim::AcceleratorFidelity fidelity)
    : sc_core::sc_module{name},
      registers_{"registers"},
      memory_{"memory", sc_core::sc_time{static_cast<double>(setting.latency_ns), sc_core::SC_NS}},
      accelerator_{"accelerator", accelerator, {program}, options(setting, fidelity)},
      interrupt_{"interrupt"}
{
    registers_.bind(accelerator_.registers);
    accelerator_.dma.bind(memory_.socket);
    accelerator_.interrupt(interrupt_);
    const plumbline_job job = whole_network();
    std::memcpy(memory_.page(), &job, sizeof job);
}

Frame Board::run(int frames)
{
    write(PLUMBLINE_REG_IRQ_ENABLE, PLUMBLINE_IRQ_DONE | PLUMBLINE_IRQ_ERROR);
    const std::clock_t begin = std::clock();
    for (int i = 0; i < frames; ++i) {
        write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_START);
        if (!interrupt_.read()) sc_core::wait(interrupt_.posedge_event());
        write(PLUMBLINE_REG_IRQ_ACK, PLUMBLINE_IRQ_DONE);
        if (interrupt_.read()) sc_core::wait(interrupt_.negedge_event());
    }
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    if (read(PLUMBLINE_REG_JOBS_DONE) != static_cast<std::uint32_t>(frames)) SC_REPORT_ERROR(name(), "a job failed");
    return {Cycles{accelerator_.cycles().count() / frames}, seconds / frames};
}

std::uint32_t Board::access(tlm::tlm_command command, std::uint32_t offset, std::uint32_t value)
{
    tlm::tlm_generic_payload payload;
    payload.set_command(command);
    payload.set_address(offset);
    payload.set_data_ptr(reinterpret_cast<unsigned char*>(&value));
    payload.set_data_length(sizeof value);
    payload.set_streaming_width(sizeof value);
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    registers_->b_transport(payload, delay);
    if (payload.is_response_error()) SC_REPORT_ERROR(name(), payload.get_response_string().c_str());
    sc_core::wait(delay);
    return value;
}
