// SPDX-License-Identifier: Apache-2.0
#include "planning/map_places.hpp"

#include <algorithm>

namespace plumbline::detail {
namespace {

std::int64_t halve_down(std::int64_t value) { return value >= 0 ? value / 2 : (value - 1) / 2; }

/// Stride and window, as the layer describes them.
Reach described(const Layer& layer, const Operand& input, LoopDim position)
{
    Reach reach;
    for (const SlidingAxis& axis : input.sliding)
        if (axis.position == position) {
            reach.stride = axis.stride;
            reach.window = axis.dilation * (layer.sizes[axis.window] - 1) + 1;
        }
    return reach;
}

}  // namespace

Interval hull(Interval a, Interval b)
{
    if (a.empty()) return b;
    if (b.empty()) return a;
    return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

Interval Reach::of(Interval outputs) const
{
    if (outputs.empty()) return {};
    const std::int64_t first = stride * coarser * outputs.begin + begin;
    return {first, first + stride * (outputs.size() - 1) + window};
}

MapPlaces::MapPlaces(const Workload& workload, LoopDim position) : position_{position}
{
    scale_[std::nullopt] = 1;
    size_[std::nullopt] = 0;
    for (const Layer& layer : workload.layers()) {
        size_[layer.id] = layer.sizes[position];
        std::int64_t& scale = scale_[layer.id] = 1;
        for (const Operand& input : layer.inputs) {
            if (input.constant) continue;
            const Reach reach = described(layer, input, position);
            scale = std::max(scale, scale_.at(input.source) * reach.stride);
            // Of the network's input nobody says how large it is: as large as what is read of it.
            if (!input.source)
                size_[std::nullopt] = std::max(size_[std::nullopt], reach.of({0, layer.sizes[position]}).size());
        }
    }
}

Reach MapPlaces::reach(const Layer& layer, std::size_t input) const
{
    const Operand& operand = layer.inputs[input];
    Reach reach = described(layer, operand, position_);
    reach.coarser = scale_.at(layer.id) / (scale_.at(operand.source) * reach.stride);
    const std::int64_t read = reach.stride * reach.coarser * (layer.sizes[position_] - 1) + reach.window;
    reach.begin = halve_down(size_.at(operand.source) - read);
    return reach;
}

}  // namespace plumbline::detail
