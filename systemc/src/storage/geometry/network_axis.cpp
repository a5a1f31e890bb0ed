// SPDX-License-Identifier: Apache-2.0
#include "storage/geometry/network_axis.hpp"

#include <algorithm>

#include "storage/geometry/map_read.hpp"

namespace plumbline::sim {
namespace {

std::int64_t halve_down(std::int64_t value) { return value >= 0 ? value / 2 : (value - 1) / 2; }

/// Stride and window of an input, as the layer describes it.
Reach described(const Layer& layer, const Operand& input, LoopDim position)
{
    for (const SlidingAxis& axis : input.sliding) {
        if (axis.position != position) continue;
        return {axis.stride, axis.dilation * (layer.sizes[axis.window] - 1) + 1, 1, 0,
                axis.upsampling * axis.depth_to_space};
    }
    return {};
}

}  // namespace

Interval within(Interval reached, Interval whole)
{
    if (reached.empty()) return {};
    const Interval inside{std::max(reached.begin, whole.begin), std::min(reached.end, whole.end)};
    if (!inside.empty()) return inside;
    return reached.begin < whole.begin ? Interval{whole.begin, whole.begin + 1} : Interval{whole.end - 1, whole.end};
}

Interval Reach::of(Interval outputs) const
{
    const Interval read = places(outputs);
    if (upsampling == 1 || read.empty()) return read;
    const auto pixel = [this](std::int64_t place) { return place / upsampling - (place % upsampling < 0 ? 1 : 0); };
    return {pixel(read.begin), pixel(read.end - 1) + 1};
}

NetworkAxis::NetworkAxis(const Workload& workload, LoopDim position) : workload_{&workload}, position_{position}
{
    measure_scales();
    measure_maps();
    measure_needs();
}

void NetworkAxis::measure_scales()
{
    for (const Layer& layer : workload_->layers()) {
        std::map<MapId, std::int64_t> scales;
        for (std::size_t input = 0; input < layer.inputs.size(); ++input) {
            if (layer.inputs[input].constant) continue;
            const MapId source = map_read(*workload_, layer, input);
            if (!source) scales_[source] = {{source, 1}};
            const std::int64_t stride = described(layer, layer.inputs[input], position_).stride;
            for (const auto& [origin, scale] : scales_.at(source))
                scales[origin] = std::max(scales[origin], scale * stride);
        }
        scales_[layer.id] = std::move(scales);
    }
}

void NetworkAxis::measure_maps()
{
    for (const Layer& layer : workload_->layers()) {
        sizes_[layer.id] = layer.sizes[position_];
        for (std::size_t input = 0; input < layer.inputs.size(); ++input) {
            if (layer.inputs[input].constant || layer.inputs[input].source) continue;
            sizes_[map_read(*workload_, layer, input)] = size_read(layer, layer.inputs[input]);
        }
    }
}

/// As large as its description says, or else as it is read.
std::int64_t NetworkAxis::size_read(const Layer& layer, const Operand& input) const
{
    for (const SlidingAxis& axis : input.sliding) {
        if (axis.position == position_ && axis.size)
            return divide_up(axis.depth_offset + *axis.size, axis.depth_to_space);
    }
    if (!workload_->bounded()) return described(layer, input, position_).of({0, layer.sizes[position_]}).size();
    return input.relevant.contains(position_) ? layer.sizes[position_] : 1;
}

Reach NetworkAxis::reach(const Layer& layer, std::size_t input) const
{
    Reach reach = described(layer, layer.inputs[input], position_);
    if (workload_->bounded()) {
        for (const SlidingAxis& axis : layer.inputs[input].sliding) {
            if (axis.position == position_) reach.begin = axis.depth_offset - axis.padding_before;
        }
        return reach;
    }
    const MapId source = map_read(*workload_, layer, input);
    for (const auto& [origin, scale] : scales_.at(source))
        reach.coarser = std::max(reach.coarser, scales_.at(layer.id).at(origin) / (scale * reach.stride));
    const std::int64_t outputs = layer.sizes[position_];
    const std::int64_t read = reach.stride * reach.coarser * (outputs - 1) + reach.window;
    reach.begin = halve_down(sizes_.at(source) - read);
    return reach;
}

void NetworkAxis::measure_needs()
{
    const auto& layers = workload_->layers();
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
        if (needed_.find(layer->id) == needed_.end()) needed_[layer->id] = whole(layer->id);
        for (std::size_t input = 0; input < layer->inputs.size(); ++input) {
            if (layer->inputs[input].constant) continue;
            const MapId source = map_read(*workload_, *layer, input);
            Interval& needed = needed_[source];
            const Interval read = reach(*layer, input).of(needed_.at(layer->id));
            needed = hull(needed, workload_->bounded() ? within(read, whole(source)) : read);
        }
    }
}

}  // namespace plumbline::sim
