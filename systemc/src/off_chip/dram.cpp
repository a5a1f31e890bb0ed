// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/dram.hpp"

#include <algorithm>

#include "off_chip/paged_bytes.hpp"
#include "tlm/clock.hpp"

namespace plumbline::sim {

DramParameters dram_parameters(const plumbline::Memory& description, std::int64_t instances)
{
    DramParameters parameters;
    parameters.size = static_cast<std::uint64_t>(description.size.count() / 8 * instances);
    return parameters;
}

Dram::Dram(const sc_core::sc_module_name& name, const DramParameters& parameters)
    : sc_core::sc_module{name},
      socket{"socket"},
      parameters_{parameters},
      bytes_{std::make_unique<PagedBytes>()}
{
    socket.register_b_transport(this, &Dram::b_transport);
    socket.register_get_direct_mem_ptr(this, &Dram::get_direct_mem_ptr);
    socket.register_transport_dbg(this, &Dram::transport_dbg);
}

Dram::~Dram() = default;

/// Bytes from an address to the end; none outside.
std::uint64_t Dram::bytes_from(sc_dt::uint64 address) const
{
    if (address < parameters_.base || address - parameters_.base >= parameters_.size) return 0;
    return parameters_.size - (address - parameters_.base);
}

tlm::tlm_response_status Dram::refusal(const tlm::tlm_generic_payload& payload) const
{
    if (bytes_from(payload.get_address()) < payload.get_data_length()) return tlm::TLM_ADDRESS_ERROR_RESPONSE;
    if (payload.get_byte_enable_ptr() != nullptr) return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
    if (payload.get_streaming_width() < payload.get_data_length()) return tlm::TLM_BURST_ERROR_RESPONSE;
    return tlm::TLM_OK_RESPONSE;
}

void Dram::access(const tlm::tlm_generic_payload& payload, std::size_t length)
{
    const std::uint64_t offset = payload.get_address() - parameters_.base;
    if (payload.is_read()) bytes_->read(offset, payload.get_data_ptr(), length);
    if (payload.is_write()) bytes_->write(offset, payload.get_data_ptr(), length);
}

sc_core::sc_time Dram::time_of(const tlm::tlm_generic_payload& payload) const
{
    const Bits width = payload.is_read() ? parameters_.read_width : parameters_.write_width;
    Cycles cycles = std::max(parameters_.latency, Cycles{1}) - Cycles{1};
    if (width > Bits{}) cycles += transfer_cycles(bytes(payload.get_data_length()), width);
    return time_of_cycles(parameters_.period, cycles);
}

void Dram::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
{
    payload.set_dmi_allowed(false);
    const bool ignored = payload.get_command() == tlm::TLM_IGNORE_COMMAND;
    const tlm::tlm_response_status status = ignored ? tlm::TLM_OK_RESPONSE : refusal(payload);
    if (!ignored && status == tlm::TLM_OK_RESPONSE) {
        if (parameters_.contents == DramParameters::Contents::held) access(payload, payload.get_data_length());
        delay += time_of(payload);
    }
    payload.set_response_status(status);
}

bool Dram::get_direct_mem_ptr(tlm::tlm_generic_payload&, tlm::tlm_dmi& dmi)
{
    dmi.allow_none();
    dmi.set_start_address(0);
    dmi.set_end_address(~sc_dt::uint64{0});
    return false;
}

unsigned Dram::transport_dbg(tlm::tlm_generic_payload& payload)
{
    if (parameters_.contents == DramParameters::Contents::dropped) return 0;
    const std::uint64_t length = std::min<std::uint64_t>(payload.get_data_length(), bytes_from(payload.get_address()));
    if (length > 0) access(payload, static_cast<std::size_t>(length));
    return static_cast<unsigned>(length);
}

}  // namespace plumbline::sim
