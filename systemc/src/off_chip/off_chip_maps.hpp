// SPDX-License-Identifier: Apache-2.0
// Where single features lie in off-chip memory that holds the maps of a network, and which stretches of bytes a box takes.
//
// Maps are dense int8: channel by channel, row by row. A box of a map is as many stretches as its rows are apart; its
// bytes on the way (TensorSlice) have the same order, so that stretch and bytes go together.
//
//     const OffChipMaps maps{layout, workload};
//     for (const Segment& each : maps.segments({}, box, box, bytes)) write(each.offset, each.data, each.length);
#pragma once

#include "plumbline/sim/feature_box.hpp"
#include "plumbline/sim/network_data.hpp"
#include "plumbline/sim/off_chip_layout.hpp"
#include "storage/geometry/samples.hpp"

namespace plumbline::sim {

/// Bytes of an area that lie together, and where they are in the host.
struct Segment {
    std::uint64_t offset = 0;  ///< bytes from the beginning of the area
    unsigned char* data = nullptr;
    std::uint64_t length = 0;
};

class OffChipMaps {
public:
    /// Both must outlive this. \pre check_computable passes
    OffChipMaps(const OffChipLayout& layout, const Workload& workload);

    /// \pre the map is off-chip at some time
    AreaId area(MapId map) const;
    MapShape shape(MapId map) const;
    /// Rows of `part` in the order of channels and rows, joined where they touch. \param box of which `data` is all
    /// \param samples that the boxes count \pre the box contains the part
    std::vector<Segment> segments(MapId map, const FeatureBox& part, const FeatureBox& box, unsigned char* data,
                                  const Samples& samples = {}) const;

private:
    const OffChipLayout* layout_;
    const Workload* workload_;
    std::vector<MapShape> inputs_;  ///< of the network
};

/// Segments taken in order, and again from the first one on.
class SegmentRing {
public:
    SegmentRing() = default;
    explicit SegmentRing(std::vector<Segment> segments);

    bool empty() const { return segments_.empty(); }
    /// Bytes not taken yet since the beginning.
    std::uint64_t fresh() const { return taken_ < total_ ? total_ - taken_ : 0; }
    /// The next bytes that lie together. \param most of them \pre there are segments, and `most` is positive
    Segment take(std::uint64_t most);

private:
    std::vector<Segment> segments_;
    std::size_t next_ = 0;
    std::uint64_t inside_ = 0;  ///< bytes of the next segment that were taken
    std::uint64_t taken_ = 0;
    std::uint64_t total_ = 0;
};

}  // namespace plumbline::sim
