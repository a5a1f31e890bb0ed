// SPDX-License-Identifier: Apache-2.0
#include "machine/memory.hpp"

namespace plumbline::sim {

Memory::Memory(const sc_core::sc_module_name& name, const plumbline::Memory& description)
    : sc_core::sc_module{name},
      ports{"port"},
      description_{&description}
{
    ports.init(description.ports.size());
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const int tag = static_cast<int>(i);
        ports[i].register_b_transport(this, &Memory::b_transport, tag);
        ports[i].register_get_direct_mem_ptr(this, &Memory::get_direct_mem_ptr, tag);
        ports[i].register_transport_dbg(this, &Memory::transport_dbg, tag);
    }
}

bool Memory::serves(PortId port, const Access& access, tlm::tlm_command command) const
{
    const tlm::tlm_command needed = is_read(access.direction) ? tlm::TLM_READ_COMMAND : tlm::TLM_WRITE_COMMAND;
    const MemoryService* service = description_->service(access.operand);
    return command == needed && service != nullptr && service->port[access.direction] == port;
}

tlm::tlm_response_status Memory::refusal(PortId port, const tlm::tlm_generic_payload& payload) const
{
    if (payload.get_address() != 0) return tlm::TLM_ADDRESS_ERROR_RESPONSE;
    if (payload.get_byte_enable_ptr() != nullptr) return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
    if (payload.get_streaming_width() < payload.get_data_length()) return tlm::TLM_BURST_ERROR_RESPONSE;
    const PortType type = description_->ports[port].type;
    const bool wrong_way = payload.is_read() ? type == PortType::write : type == PortType::read;
    if (wrong_way) return tlm::TLM_COMMAND_ERROR_RESPONSE;
    const AccessExtension* access_extension = payload.get_extension<AccessExtension>();
    if (access_extension == nullptr || access_extension->access == nullptr) return tlm::TLM_GENERIC_ERROR_RESPONSE;
    if (!serves(port, *access_extension->access, payload.get_command())) return tlm::TLM_COMMAND_ERROR_RESPONSE;
    const bool carries = access_extension->slice == nullptr || can_carry(*access_extension->slice, payload);
    return carries ? tlm::TLM_OK_RESPONSE : tlm::TLM_GENERIC_ERROR_RESPONSE;
}

bool Memory::can_carry(const SlicePayload& slice, const tlm::tlm_generic_payload& payload) const
{
    if (contents_ == nullptr || slice.part == nullptr) return false;
    const std::size_t size = payload.is_read() ? contents_->packed_size(*slice.part) : slice.part->packed_size();
    return size <= payload.get_data_length();
}

void Memory::carry(const SlicePayload& slice, tlm::tlm_generic_payload& payload)
{
    if (payload.is_read()) {
        contents_->pack(*slice.part, payload.get_data_ptr());
    } else {
        for (const FeatureBox& box : slice.kept) contents_->unpack(*slice.part, payload.get_data_ptr(), box);
    }
}

void Memory::b_transport(int port, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
{
    payload.set_dmi_allowed(false);
    if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) {
        payload.set_response_status(tlm::TLM_OK_RESPONSE);
        return;
    }
    const auto id = static_cast<PortId>(port);
    tlm::tlm_response_status status = refusal(id, payload);
    if (status == tlm::TLM_OK_RESPONSE) {
        const AccessExtension& access_extension = *payload.get_extension<AccessExtension>();
        if (access_extension.slice != nullptr) carry(*access_extension.slice, payload);
        count(id, access_extension);
        if (off_chip_ != nullptr)
            status = off_chip_->send(*access_extension.access, access_extension.slice, payload, delay);
    }
    payload.set_response_status(status);
}

void Memory::count(PortId port, const AccessExtension& access_extension)
{
    if (access_extension.activity >= counted_.size()) {
        counted_.resize(access_extension.activity + 1, {{}, std::vector<std::int64_t>(ports.size())});
    }
    Counted& counted = counted_[access_extension.activity];
    const Access& access = *access_extension.access;
    const PortTime time = port_time(access, *description_);
    TrafficCount& sum = counted.traffic[static_cast<std::size_t>(access.operand)][access.direction];
    sum.granules += time.granules * repeats_;
    sum.bits += bits(access) * repeats_;
    sum.finished += access.finished * access.times * repeats_;
    counted.busy[port] += time.slots * repeats_;
}

bool Memory::get_direct_mem_ptr(int, tlm::tlm_generic_payload&, tlm::tlm_dmi& dmi)
{
    dmi.allow_none();
    dmi.set_start_address(0);
    dmi.set_end_address(~sc_dt::uint64{0});
    return false;
}

unsigned Memory::transport_dbg(int, tlm::tlm_generic_payload& payload)
{
    return off_chip_ != nullptr ? off_chip_->debug(payload) : 0;
}

void Memory::clear()
{
    repeats_ = 1;
    counted_.clear();
}

TrafficCount Memory::traffic(ActivityIndex activity, MemoryOperand operand, Direction direction) const
{
    if (activity >= counted_.size()) return {};
    return counted_[activity].traffic[static_cast<std::size_t>(operand)][direction];
}

std::int64_t Memory::busy_cycles(ActivityIndex activity, PortId port) const
{
    return activity < counted_.size() ? counted_[activity].busy[port] : 0;
}

std::int64_t Memory::busy_cycles(PortId port) const
{
    std::int64_t sum = 0;
    for (const Counted& counted : counted_) sum += counted.busy[port];
    return sum;
}

}  // namespace plumbline::sim
