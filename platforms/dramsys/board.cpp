// SPDX-License-Identifier: Apache-2.0
#include "board.hpp"

#include <plumbline/firmware/plumbline_registers.h>

#include <algorithm>

using namespace plumbline;

namespace {

constexpr std::uint64_t kInput = 1 << 20;
constexpr std::uint64_t kWeights = 16 << 20;
constexpr std::uint64_t kOutput = 32 << 20;
constexpr std::uint64_t kScratch = 64 << 20;

/// The descriptor lies at address 0.
plumbline_job whole_network()
{
    plumbline_job job{};
    job.magic = PLUMBLINE_JOB_MAGIC;
    job.version = PLUMBLINE_JOB_VERSION;
    job.flags = PLUMBLINE_JOB_INTERRUPT;
    job.input = kInput;
    job.weights = kWeights;
    job.output = kOutput;
    job.scratch = kScratch;
    return job;
}

}  // namespace

Board::Board(const sc_core::sc_module_name& name, const Accelerator& accelerator,
             const sim::AcceleratorProgram& program, const Setting& setting, std::optional<sim::NetworkData> data)
    : sc_core::sc_module{name},
      data_{std::move(data)},
      registers_{"registers"},
      debug_{"debug"},
      dram_{dram("dram", setting.dram)},
      bursts_{"bursts", dram_->getMemSpec().defaultBytesPerBurst},
      accelerator_{"accelerator",
                   accelerator,
                   {program},
                   options(setting, dram_->getMemSpec().defaultBytesPerBurst,
                           data_ ? sim::AcceleratorData::real : sim::AcceleratorData::none)},
      interrupt_{"interrupt"}
{
    registers_.bind(accelerator_.registers);
    accelerator_.dma.bind(bursts_.in);
    bursts_.out.bind(dram_->tSocket);
    debug_.bind(dram_->tSocket);
    accelerator_.interrupt(interrupt_);
    SC_THREAD(run);
}

void Board::run()
{
    load();
    write(PLUMBLINE_REG_IRQ_ENABLE, PLUMBLINE_IRQ_DONE | PLUMBLINE_IRQ_ERROR);
    write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_START);
    if (!interrupt_.read()) wait(interrupt_.posedge_event());
    done_ = read(PLUMBLINE_REG_JOBS_DONE) == 1;
    over_.notify(sc_core::SC_ZERO_TIME);
}

void Board::load()
{
    plumbline_job job = whole_network();
    debug(tlm::TLM_WRITE_COMMAND, 0, &job, sizeof job);
    if (!data_) return;
    debug(tlm::TLM_WRITE_COMMAND, kInput, data_->input.data(), data_->input.size());
    for (const sim::JobArea& area : accelerator_.layout(0).areas) {
        if (area.group != sim::JobGroup::weights) continue;
        sim::FeatureValues& weights = data_->weights.at(area.tensor.layer);
        debug(tlm::TLM_WRITE_COMMAND, kWeights + area.offset, weights.data(), weights.size());
    }
}

sim::FeatureValues Board::output(std::size_t size)
{
    sim::FeatureValues values(size);
    debug(tlm::TLM_READ_COMMAND, kOutput, values.data(), size);
    return values;
}

void Board::debug(tlm::tlm_command command, std::uint64_t address, void* data, std::size_t length)
{
    tlm::tlm_generic_payload payload;
    payload.set_command(command);
    payload.set_address(address);
    payload.set_data_ptr(static_cast<unsigned char*>(data));
    payload.set_data_length(static_cast<unsigned>(length));
    payload.set_streaming_width(static_cast<unsigned>(length));
    if (debug_->transport_dbg(payload) != length) SC_REPORT_ERROR(name(), "the DRAM has no debug transport");
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
    wait(delay);
    return value;
}
