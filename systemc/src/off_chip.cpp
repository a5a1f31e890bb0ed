// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/off_chip.hpp"

#include <algorithm>
#include <limits>
#include <sstream>

namespace plumbline::sim {

OffChip::OffChip(const sc_core::sc_module_name& name, const OffChipLayout& layout, OffChipOptions options)
    : sc_core::sc_module{name},
      socket{"socket"},
      layout_{&layout},
      options_{options},
      positions_(layout.areas.size())
{
    constexpr std::uint64_t kLongest = std::numeric_limits<unsigned>::max();
    if (options_.longest_burst == 0 || options_.longest_burst > kLongest) options_.longest_burst = kLongest;
}

void OffChip::rewind() { positions_.assign(positions_.size(), {}); }

tlm::tlm_response_status OffChip::send(const Access& access, const tlm::tlm_generic_payload& payload,
                                       sc_core::sc_time& delay)
{
    const OffChipArea& area = layout_->areas[access.area];
    std::uint64_t& position = payload.is_read() ? positions_[access.area].read : positions_[access.area].written;
    auto left = static_cast<std::uint64_t>(divide_up(bits(access), 8));
    // Several instances or times: the payload has the data of one.
    std::vector<unsigned char> joined(left > payload.get_data_length() ? left : 0);
    unsigned char* data = joined.empty() ? payload.get_data_ptr() : joined.data();
    while (left > 0) {
        const std::uint64_t length = std::min({left, options_.longest_burst, area.size - position});
        const Burst burst{payload.get_command(), options_.base + area.address + position, data, length};
        position = (position + length) % area.size;
        const tlm::tlm_response_status status = send(burst, delay);
        if (status != tlm::TLM_OK_RESPONSE) return status;
        data += length;
        left -= length;
    }
    return tlm::TLM_OK_RESPONSE;
}

tlm::tlm_response_status OffChip::send(const Burst& burst, sc_core::sc_time& delay)
{
    tlm::tlm_generic_payload payload;
    payload.set_command(burst.command);
    payload.set_address(burst.address);
    payload.set_data_ptr(burst.data);
    payload.set_data_length(static_cast<unsigned>(burst.length));
    payload.set_streaming_width(static_cast<unsigned>(burst.length));
    socket->b_transport(payload, delay);
    if (!payload.is_response_ok()) report(burst, payload.get_response_string());
    return payload.get_response_status();
}

void OffChip::report(const Burst& burst, const std::string& response) const
{
    std::ostringstream message;
    message << "off-chip memory answered " << response << " to a "
            << (burst.command == tlm::TLM_READ_COMMAND ? "read" : "write") << " of " << burst.length << " bytes at 0x"
            << std::hex << burst.address;
    SC_REPORT_ERROR(name(), message.str().c_str());
}

unsigned OffChip::debug(tlm::tlm_generic_payload& payload)
{
    const sc_dt::uint64 address = payload.get_address();
    payload.set_address(options_.base + address);
    const unsigned transferred = socket->transport_dbg(payload);
    payload.set_address(address);
    return transferred;
}

}  // namespace plumbline::sim
