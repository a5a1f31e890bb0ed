// SPDX-License-Identifier: Apache-2.0
#include "off_chip/off_chip_port.hpp"

#include <algorithm>
#include <limits>

#include "plumbline/error.hpp"
#include "plumbline/text_stream.hpp"

namespace plumbline::sim {
namespace {

const char* name_of(OffChipRefusal::Kind kind)
{
    switch (kind) {
        case OffChipRefusal::Kind::read: return "read";
        case OffChipRefusal::Kind::write: return "write";
        case OffChipRefusal::Kind::debug: break;
    }
    return "debug read";
}

std::string text_of(const OffChipRefusal& refusal)
{
    TextStream message;
    message << "off-chip memory answered " << refusal.response << " to a " << name_of(refusal.kind) << " of "
            << refusal.length << " bytes at 0x" << std::hex << refusal.address;
    return message.str();
}

}  // namespace

OffChipPort::OffChipPort(const sc_core::sc_module_name& name, const OffChipLayout& layout, OffChipOptions options)
    : sc_core::sc_module{name},
      socket{"socket"},
      layout_{&layout},
      options_{options},
      positions_(layout.areas.size())
{
    constexpr std::uint64_t kLongest = std::numeric_limits<unsigned>::max();
    if (options_.longest_burst == 0 || options_.longest_burst > kLongest) options_.longest_burst = kLongest;
    for (const OffChipArea& area : layout.areas) addresses_.push_back(options_.base + area.address);
}

void OffChipPort::rewind()
{
    positions_.assign(positions_.size(), {});
    expected_ = {};
    silent_ = false;
}

tlm::tlm_response_status OffChipPort::send(const Access& access, const SlicePayload* slice,
                                           const tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
{
    const auto left = static_cast<std::uint64_t>(divide_up(bits(access), 8));
    if (maps_ != nullptr && slice != nullptr) {
        SegmentRing ring{segments(*slice, payload)};
        if (!ring.empty()) return send(access.area, ring, payload.get_command(), std::max(left, ring.fresh()), delay);
    }
    const bool expected = slice == nullptr && payload.is_write() && access.area == expected_.area;
    if (expected && !expected_.ring.empty()) {
        return send(access.area, expected_.ring, tlm::TLM_WRITE_COMMAND, left, delay);
    }
    return send_in_order(access.area, payload, left, delay);
}

/// Of what the payload carries: read, all that was there; written, all that stays.
std::vector<Segment> OffChipPort::segments(const SlicePayload& slice, const tlm::tlm_generic_payload& payload) const
{
    const TensorSlice& part = *slice.part;
    std::vector<Segment> all;
    unsigned char* data = payload.get_data_ptr();
    for (const FeatureBox& packed : part.packed) {
        const std::vector<FeatureBox> moved = payload.is_read() ? std::vector<FeatureBox>{packed} : slice.kept;
        for (const FeatureBox& each : moved) {
            const std::vector<Segment> some =
                maps_->segments(part.map, intersection(each, packed), packed, data, part.samples);
            all.insert(all.end(), some.begin(), some.end());
        }
        data += packed.pixels() * part.format.channels;
    }
    return all;
}

/// So many bytes of the segments, and again from the first one on, where it is more than they have.
tlm::tlm_response_status OffChipPort::send(AreaId area, SegmentRing& ring, tlm::tlm_command command, std::uint64_t left,
                                           sc_core::sc_time& delay)
{
    while (left > 0) {
        const Segment next = ring.take(std::min(left, options_.longest_burst));
        left -= next.length;
        const auto status = send(Burst{command, addresses_[area] + next.offset, next.data, next.length}, delay);
        if (status != tlm::TLM_OK_RESPONSE) return status;
    }
    return tlm::TLM_OK_RESPONSE;
}

/// Bytes that mean nothing must not be written over those that do.
tlm::tlm_response_status OffChipPort::send_in_order(AreaId id, const tlm::tlm_generic_payload& payload,
                                                    std::uint64_t left, sc_core::sc_time& delay)
{
    const std::uint64_t size = layout_->areas[id].size;
    const bool reads = payload.is_read() || maps_ != nullptr;
    const tlm::tlm_command command = reads ? tlm::TLM_READ_COMMAND : tlm::TLM_WRITE_COMMAND;
    std::uint64_t& position = payload.is_read() ? positions_[id].read : positions_[id].written;
    // Several instances or times: the payload has the data of one. What another one carries must stay as it is.
    const bool apart = left > payload.get_data_length() || maps_ != nullptr;
    std::vector<unsigned char> joined(apart ? left : 0);
    unsigned char* data = joined.empty() ? payload.get_data_ptr() : joined.data();
    while (left > 0) {
        const std::uint64_t length = std::min({left, options_.longest_burst, size - position});
        const Burst burst{command, addresses_[id] + position, data, length};
        position = (position + length) % size;
        const tlm::tlm_response_status status = send(burst, delay);
        if (status != tlm::TLM_OK_RESPONSE) return status;
        data += length;
        left -= length;
    }
    return tlm::TLM_OK_RESPONSE;
}

tlm::tlm_response_status OffChipPort::send(const Burst& burst, sc_core::sc_time& delay)
{
    if (silent_) return tlm::TLM_OK_RESPONSE;
    tlm::tlm_generic_payload payload;
    payload.set_command(burst.command);
    payload.set_address(burst.address);
    payload.set_data_ptr(burst.data);
    payload.set_data_length(static_cast<unsigned>(burst.length));
    payload.set_streaming_width(static_cast<unsigned>(burst.length));
    socket->b_transport(payload, delay);
    if (payload.is_response_ok()) return tlm::TLM_OK_RESPONSE;
    const bool reads = burst.command == tlm::TLM_READ_COMMAND;
    refuse({reads ? OffChipRefusal::Kind::read : OffChipRefusal::Kind::write, burst.address, burst.length,
            payload.get_response_string()});
    return refused_ ? tlm::TLM_OK_RESPONSE : payload.get_response_status();
}

void OffChipPort::refuse(const OffChipRefusal& refusal)
{
    if (!refused_) {
        SC_REPORT_ERROR(name(), text_of(refusal).c_str());
        return;
    }
    if (!silent_) refused_(refusal);
    silent_ = true;
}

unsigned OffChipPort::debug(tlm::tlm_generic_payload& payload)
{
    const sc_dt::uint64 address = payload.get_address();
    payload.set_address(options_.base + address);
    const unsigned transferred = socket->transport_dbg(payload);
    payload.set_address(address);
    return transferred;
}

void OffChipPort::read_now(AreaId area, const Segment& segment)
{
    tlm::tlm_generic_payload payload;
    payload.set_command(tlm::TLM_READ_COMMAND);
    payload.set_address(addresses_[area] + segment.offset);
    payload.set_data_ptr(segment.data);
    payload.set_data_length(static_cast<unsigned>(segment.length));
    payload.set_streaming_width(static_cast<unsigned>(segment.length));
    if (socket->transport_dbg(payload) == segment.length) return;
    const OffChipRefusal refusal{OffChipRefusal::Kind::debug, payload.get_address(), segment.length, "too few bytes"};
    refuse(refusal);
    throw InputError{name(), text_of(refusal)};
}

FeatureValues OffChipPort::read_now(MapId map, const FeatureBox& box)
{
    FeatureValues values(static_cast<std::size_t>(box.pixels() * maps_->shape(map).channels));
    auto* data = reinterpret_cast<unsigned char*>(values.data());
    for (const Segment& each : maps_->segments(map, box, box, data)) read_now(maps_->area(map), each);
    return values;
}

FeatureValues OffChipPort::read_weights_now(LayerId layer)
{
    const AreaId area = *layout_->find(OffChipArea::Kind::weights, layer);
    FeatureValues values(layout_->areas[area].size);
    if (!values.empty()) read_now(area, {0, reinterpret_cast<unsigned char*>(values.data()), values.size()});
    return values;
}

void OffChipPort::expect(MapId map, const FeatureBox& box, FeatureValues values)
{
    expected_.area = maps_->area(map);
    expected_.values = std::move(values);
    auto* data = reinterpret_cast<unsigned char*>(expected_.values.data());
    expected_.ring = SegmentRing{maps_->segments(map, box, box, data)};
}

void OffChipPort::settle()
{
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    if (!expected_.ring.empty()) {
        send(expected_.area, expected_.ring, tlm::TLM_WRITE_COMMAND, expected_.ring.fresh(), delay);
    }
    if (delay > sc_core::SC_ZERO_TIME) sc_core::wait(delay);
    expected_ = {};
}

}  // namespace plumbline::sim
