// SPDX-License-Identifier: Apache-2.0
#include "peripheral/dma.hpp"

namespace plumbline::sim {

Dma::Dma(const char* name, const AcceleratorOptions& options)
    : bus_{name,
           {options.longest_burst, options.alignment, options.outstanding, options.transport, options.window,
            options.address_offset}}
{}

JobError Dma::read(std::uint64_t address, unsigned char* data, std::uint64_t length, Pace pace)
{
    return move({tlm::TLM_READ_COMMAND, address, data, length}, pace);
}

JobError Dma::write(std::uint64_t address, unsigned char* data, std::uint64_t length, Pace pace)
{
    return move({tlm::TLM_WRITE_COMMAND, address, data, length}, pace);
}

JobError Dma::move(const Burst& bytes, Pace pace)
{
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    const std::optional<BusRefusal> refusal = bus_.transfer({bytes}, delay);
    if (pace == Pace::bus && delay > sc_core::SC_ZERO_TIME) sc_core::wait(delay);
    if (!refusal) return {};
    const bool reads = bytes.command == tlm::TLM_READ_COMMAND;
    return {reads ? PLUMBLINE_ERROR_BUS_READ : PLUMBLINE_ERROR_BUS_WRITE, refusal->address,
            response_code(refusal->response)};
}

}  // namespace plumbline::sim
