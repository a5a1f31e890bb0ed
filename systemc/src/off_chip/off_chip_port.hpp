// SPDX-License-Identifier: Apache-2.0
// The way out of the machine: turns accesses to the top memory into orders of bytes with addresses, for whatever memory is
// on the bus.
//
// Addresses    those of the layout, or where `place` puts its areas. An access takes the bytes that follow the last ones of
//              its area and direction, and begins again at the end of the area. It is one piece, unless it wraps; what
//              happens several times in one access follows one another
// Real data    after `attach`, what carries a part of a map goes to and comes from the places of its features, and what a
//              layer writes there is what it made. Nothing else is written: traffic whose bytes mean nothing reads instead
// Time         none of its own, but that of the bus
// Errors       reported with memory, command, address, length and response; or told to whoever listens, and then nothing
//              more is sent until `rewind`
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "off_chip/bus_initiator.hpp"
#include "off_chip/off_chip_maps.hpp"
#include "tlm/access_extension.hpp"

namespace plumbline::sim {

/// What off-chip memory did not answer with OK.
struct OffChipRefusal {
    enum class Kind : std::uint8_t { read, write, debug };
    Kind kind = Kind::read;
    std::uint64_t address = 0;
    std::uint64_t length = 0;
    std::string response;  ///< in words
    tlm::tlm_response_status status = tlm::TLM_GENERIC_ERROR_RESPONSE;
};

class OffChipPort {
public:
    /// Bus and layout must outlive it. \param base address where the layout begins
    OffChipPort(BusInitiator& bus, const OffChipLayout& layout, std::uint64_t base);

    /// Addresses of the areas, by AreaId, instead of those of the layout.
    void place(std::vector<std::uint64_t> addresses) { addresses_ = std::move(addresses); }
    /// From now on the memory holds the maps, which must outlive the module.
    void attach(const OffChipMaps& maps) { maps_ = &maps; }
    void listen(std::function<void(const OffChipRefusal&)> refused) { refused_ = std::move(refused); }

    /// Sends what `payload` stands for, and adds the annotated delays to `delay`. Call from a thread. \param slice what
    /// of a map it carries, if anything
    tlm::tlm_response_status send(const Access& access, const SlicePayload* slice,
                                  const tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
    /// Debug access to the address of `payload`, counted from the beginning of the layout.
    unsigned debug(const tlm::tlm_generic_payload& payload);
    /// The next accesses begin at the beginnings of their areas again.
    void rewind();
    /// Nothing more is sent until `rewind`.
    void silence() { silent_ = true; }
    const BusInitiator& bus() const { return *bus_; }

    /// Debug reads. \pre `attach` was called \throws InputError where the memory does not answer them
    FeatureValues read_now(MapId map, const FeatureBox& box);
    FeatureValues read_weights_now(LayerId layer);
    /// Until `settle`, writes to this map without a SlicePayload take these bytes. \pre `attach` was called
    void expect(MapId map, const FeatureBox& box, FeatureValues values);
    /// Writes what is expected and was not written. Call from a thread.
    void settle();

private:
    struct Position {
        std::uint64_t read = 0;
        std::uint64_t written = 0;
    };
    /// What the layer that runs leaves off-chip.
    struct Expected {
        AreaId area = 0;
        FeatureValues values;
        SegmentRing ring;
    };

    std::vector<Segment> segments(const SlicePayload& slice, const tlm::tlm_generic_payload& payload) const;
    tlm::tlm_response_status send(AreaId area, SegmentRing& ring, tlm::tlm_command command, std::uint64_t left,
                                  sc_core::sc_time& delay);
    tlm::tlm_response_status send_in_order(AreaId id, const tlm::tlm_generic_payload& payload, std::uint64_t left,
                                           sc_core::sc_time& delay);
    tlm::tlm_response_status send(std::vector<Burst> pieces, sc_core::sc_time& delay);
    void read_now(AreaId area, const Segment& segment);
    void refuse(const OffChipRefusal& refusal);

    BusInitiator* bus_;
    const OffChipLayout* layout_;
    const OffChipMaps* maps_ = nullptr;
    std::uint64_t base_;
    std::vector<std::uint64_t> addresses_;  ///< per area
    std::vector<Position> positions_;       ///< per area, from its beginning
    Expected expected_;
    std::function<void(const OffChipRefusal&)> refused_;
    bool silent_ = false;
};

}  // namespace plumbline::sim
