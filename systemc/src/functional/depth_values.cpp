// SPDX-License-Identifier: Apache-2.0
#include "functional/depth_values.hpp"

#include <cassert>
#include <limits>
#include <utility>
#include <vector>

#include "plumbline/sim/layer_function.hpp"

namespace plumbline::sim {
namespace {

/// Where a place lies: in which pixel of a part of a map, and which of its places that is.
struct Held {
    std::int64_t pixel = 0;
    std::int64_t phase = 0;
    bool in_map = true;
};

std::vector<Held> held_at(Interval places, std::int64_t depth, std::int64_t first, Interval map)
{
    std::vector<Held> held;
    for (std::int64_t place = places.begin; place < places.end; ++place) {
        const std::int64_t phase = ((place % depth) + depth) % depth;
        held.push_back({(place - phase) / depth - first, phase, place >= map.begin && place < map.end});
    }
    return held;
}

}  // namespace

Depth depth_of(const Operand& input, std::int8_t beyond)
{
    constexpr Interval kAll{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
    Depth depth{1, 1, {kAll, kAll}, beyond};
    for (const SlidingAxis& axis : input.sliding) {
        if (axis.depth_to_space == 1) continue;
        const bool columns = axis.position == LoopDim::ox;
        (columns ? depth.columns : depth.rows) = axis.depth_to_space;
        (columns ? depth.map.columns : depth.map.rows) = {axis.depth_offset, axis.depth_offset + *axis.size};
    }
    return depth;
}

FeatureValues from_depth(BoxValues from, std::int64_t channels, const FeatureBox& places, const Depth& depth)
{
    const FeatureBox& box = from.box;
    assert(from.values.size() == static_cast<std::size_t>(box.pixels() * channels));
    const std::vector<Held> columns = held_at(places.columns, depth.columns, box.columns.begin, depth.map.columns);
    const std::vector<Held> rows = held_at(places.rows, depth.rows, box.rows.begin, depth.map.rows);
    const std::int64_t in_pixel = depth.columns * depth.rows;
    FeatureValues found;
    found.reserve(static_cast<std::size_t>(places.pixels() * (channels / in_pixel)));
    const auto value = [&](std::int64_t first, const Held& row, const Held& column) {
        if (!row.in_map || !column.in_map) return depth.beyond;
        const std::int64_t channel = first + row.phase * depth.columns + column.phase;
        const std::int64_t line = channel * box.rows.size() + row.pixel;
        return from.values[static_cast<std::size_t>(line * box.columns.size() + column.pixel)];
    };
    for (std::int64_t first = 0; first < channels; first += in_pixel)
        for (const Held& row : rows)
            for (const Held& column : columns) found.push_back(value(first, row, column));
    return found;
}

FeatureValues found_by_windows(BoxValues from, std::int64_t channels, const FeatureBox& places, const Layer& layer,
                               const Operand& input)
{
    constexpr bool kBounded = true;  // where channels hold places, maps have edges
    const Depth depth = depth_of(input, beyond_edges(layer, kBounded));
    if (depth.columns > 1 || depth.rows > 1) return from_depth(std::move(from), channels, places, depth);
    return upsampled(std::move(from), channels, places, upsampling_of(layer, input));
}

}  // namespace plumbline::sim
