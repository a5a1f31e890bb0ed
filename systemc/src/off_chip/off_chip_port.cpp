// SPDX-License-Identifier: Apache-2.0
#include "off_chip/off_chip_port.hpp"

#include <algorithm>

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

OffChipPort::OffChipPort(BusInitiator& bus, const OffChipLayout& layout, std::uint64_t base)
    : bus_{&bus},
      layout_{&layout},
      base_{base},
      positions_(layout.areas.size())
{
    for (const OffChipArea& area : layout.areas) addresses_.push_back(base_ + area.address);
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
    std::vector<Burst> pieces;
    while (left > 0) {
        const Segment next = ring.take(left);
        left -= next.length;
        pieces.push_back({command, addresses_[area] + next.offset, next.data, next.length});
    }
    return send(std::move(pieces), delay);
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
    std::vector<Burst> pieces;
    while (left > 0) {
        const std::uint64_t length = std::min(left, size - position);
        pieces.push_back({command, addresses_[id] + position, data, length});
        position = (position + length) % size;
        data += length;
        left -= length;
    }
    return send(std::move(pieces), delay);
}

tlm::tlm_response_status OffChipPort::send(std::vector<Burst> pieces, sc_core::sc_time& delay)
{
    if (silent_) return tlm::TLM_OK_RESPONSE;
    const std::optional<BusRefusal> refusal = bus_->transfer(std::move(pieces), delay);
    if (!refusal) return tlm::TLM_OK_RESPONSE;
    tlm::tlm_generic_payload answered;
    answered.set_response_status(refusal->response);
    const bool reads = refusal->command == tlm::TLM_READ_COMMAND;
    refuse({reads ? OffChipRefusal::Kind::read : OffChipRefusal::Kind::write, refusal->address, refusal->length,
            answered.get_response_string(), refusal->response});
    return refused_ ? tlm::TLM_OK_RESPONSE : refusal->response;
}

void OffChipPort::refuse(const OffChipRefusal& refusal)
{
    if (!refused_) {
        SC_REPORT_ERROR(bus_->name(), text_of(refusal).c_str());
        return;
    }
    if (!silent_) refused_(refusal);
    silent_ = true;
}

unsigned OffChipPort::debug(const tlm::tlm_generic_payload& payload)
{
    return bus_->debug(
        {payload.get_command(), base_ + payload.get_address(), payload.get_data_ptr(), payload.get_data_length()});
}

void OffChipPort::read_now(AreaId area, const Segment& segment)
{
    const std::uint64_t address = addresses_[area] + segment.offset;
    if (bus_->debug({tlm::TLM_READ_COMMAND, address, segment.data, segment.length}) == segment.length) return;
    const OffChipRefusal refusal{OffChipRefusal::Kind::debug, address, segment.length, "too few bytes"};
    refuse(refusal);
    throw InputError{bus_->name(), text_of(refusal)};
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
