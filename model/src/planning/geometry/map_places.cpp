// SPDX-License-Identifier: Apache-2.0
#include "planning/geometry/map_places.hpp"

#include <algorithm>

#include "description/map_edges.hpp"

namespace plumbline::detail {
namespace {

/// Stride and window, as the layer describes them; where it has edges, the place of the first window too.
Reach described(const Layer& layer, const Operand& input, LoopDim position)
{
    Reach reach;
    for (const SlidingAxis& axis : input.sliding)
        if (axis.position == position) {
            reach.stride = axis.stride;
            reach.window = axis.dilation * (layer.sizes[axis.window] - 1) + 1;
            reach.begin = -axis.padding_before;
            reach.upsampling = axis.upsampling * axis.depth_to_space;
            if (axis.depth_to_space == 1) continue;
            reach.begin += axis.depth_offset;
            reach.cut_before = axis.depth_offset;
            reach.cut_behind = axis.depth_to_space * stored_along(axis) - axis.depth_offset - axis.size.value_or(1);
        }
    return reach;
}

}  // namespace

std::int64_t halve_down(std::int64_t value) { return value >= 0 ? value / 2 : (value - 1) / 2; }

std::int64_t divide_down(std::int64_t value, std::int64_t by)
{
    return value >= 0 ? value / by : -((-value + by - 1) / by);
}

Interval hull(Interval a, Interval b)
{
    if (a.empty()) return b;
    if (b.empty()) return a;
    return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

Interval clipped(Interval part, Interval whole)
{
    const auto inside = [&](std::int64_t place) { return std::clamp(place, whole.begin, whole.end); };
    if (part.empty()) return {inside(part.begin), inside(part.begin)};
    return {std::min(inside(part.begin), whole.end - 1), std::max(inside(part.end), whole.begin + 1)};
}

Interval Reach::of(Interval outputs) const
{
    if (outputs.empty()) return {};
    const std::int64_t first = position(outputs.begin);
    const std::int64_t last = first + positions(outputs.size()) - 1;
    return {divide_down(first, upsampling), divide_down(last, upsampling) + 1};
}

MapPlaces::Map MapPlaces::map_of(const Layer& layer, std::size_t input)
{
    const auto& source = layer.inputs[input].source;
    return source ? Map{*source, std::nullopt} : Map{layer.id, input};
}

MapPlaces::MapPlaces(const Workload& workload, LoopDim position) : position_{position}, bounded_{workload.bounded()}
{
    if (bounded_) return;  // edges say where maps lie
    for (const Layer& layer : workload.layers()) {
        size_[{layer.id, std::nullopt}] = layer.sizes[position];
        Scales scales;
        for (std::size_t input = 0; input < layer.inputs.size(); ++input) {
            if (layer.inputs[input].constant) continue;
            const Reach reach = described(layer, layer.inputs[input], position);
            const Map map = map_of(layer, input);
            if (!layer.inputs[input].source) {
                // Of an input of the network nobody says how large it is: as large as what is read of it.
                size_[map] = reach.of({0, layer.sizes[position]}).size();
                scale_[map][map] = 1;
            }
            for (const auto& [origin, scale] : scale_.at(map))
                scales[origin] = std::max(scales[origin], scale * reach.stride);
        }
        scale_[{layer.id, std::nullopt}] = std::move(scales);
    }
}

Reach MapPlaces::reach(const Layer& layer, std::size_t input) const
{
    Reach reach = described(layer, layer.inputs[input], position_);
    if (bounded_) return reach;
    const Map map = map_of(layer, input);
    const Scales& scales = scale_.at({layer.id, std::nullopt});
    for (const auto& [origin, scale] : scale_.at(map))
        reach.coarser = std::max(reach.coarser, scales.at(origin) / (scale * reach.stride));
    const std::int64_t read = reach.stride * reach.coarser * (layer.sizes[position_] - 1) + reach.window;
    reach.begin = halve_down(size_.at(map) - read);
    return reach;
}

}  // namespace plumbline::detail
