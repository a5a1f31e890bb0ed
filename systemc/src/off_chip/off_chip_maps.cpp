// SPDX-License-Identifier: Apache-2.0
#include "off_chip/off_chip_maps.hpp"

#include <algorithm>
#include <cassert>

namespace plumbline::sim {
namespace {

/// Makes one of it and the last one, where both their bytes and their places touch.
void join(std::vector<Segment>& segments, const Segment& next)
{
    if (next.length == 0) return;
    if (!segments.empty()) {
        Segment& last = segments.back();
        if (last.offset + last.length == next.offset && last.data + last.length == next.data) {
            last.length += next.length;
            return;
        }
    }
    segments.push_back(next);
}

}  // namespace

OffChipMaps::OffChipMaps(const OffChipLayout& layout, const Workload& workload)
    : layout_{&layout},
      workload_{&workload},
      inputs_{input_shapes(workload)}
{}

AreaId OffChipMaps::area(MapId map) const
{
    std::optional<AreaId> area;
    if (map) {
        area = layout_->find(OffChipArea::Kind::output_map, *map);
    } else {
        const NetworkInput input = workload_->inputs()[map.input()];
        const Operand& operand = workload_->layer(input.layer).inputs[input.input];
        area = layout_->find(OffChipArea::Kind::input_map, input.layer, operand.name);
    }
    assert(area);
    return *area;
}

MapShape OffChipMaps::shape(MapId map) const
{
    return map ? output_shape(workload_->layer(*map)) : inputs_[map.input()];
}

std::vector<Segment> OffChipMaps::segments(MapId map, const FeatureBox& part, const FeatureBox& box,
                                           unsigned char* data, const Samples& samples) const
{
    const MapShape whole = shape(map);
    std::vector<Segment> segments;
    if (part.empty()) return segments;
    const std::int64_t together = samples.columns.step > 1 ? 1 : part.columns.size();
    const auto add = [&](std::int64_t channel, std::int64_t row, std::int64_t column) {
        const std::int64_t place =
            (channel * whole.rows + samples.rows.place(row)) * whole.columns + samples.columns.place(column);
        const std::int64_t within =
            (channel * box.rows.size() + row - box.rows.begin) * box.columns.size() + column - box.columns.begin;
        join(segments, {static_cast<std::uint64_t>(place), data + within, static_cast<std::uint64_t>(together)});
    };
    for (std::int64_t channel = 0; channel < whole.channels; ++channel)
        for (std::int64_t row = part.rows.begin; row < part.rows.end; ++row)
            for (std::int64_t column = part.columns.begin; column < part.columns.end; column += together)
                add(channel, row, column);
    return segments;
}

SegmentRing::SegmentRing(std::vector<Segment> segments) : segments_{std::move(segments)}
{
    for (const Segment& each : segments_) total_ += each.length;
}

Segment SegmentRing::take(std::uint64_t most)
{
    const Segment& whole = segments_[next_];
    const std::uint64_t length = std::min(most, whole.length - inside_);
    const Segment part{whole.offset + inside_, whole.data + inside_, length};
    inside_ += length;
    taken_ += length;
    if (inside_ == whole.length) {
        inside_ = 0;
        next_ = (next_ + 1) % segments_.size();
    }
    return part;
}

}  // namespace plumbline::sim
