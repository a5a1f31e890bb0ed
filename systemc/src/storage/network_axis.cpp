// SPDX-License-Identifier: Apache-2.0
#include "storage/network_axis.hpp"

#include <algorithm>

namespace plumbline::sim {
namespace {

std::int64_t halve_down(std::int64_t value) { return value >= 0 ? value / 2 : (value - 1) / 2; }

/// Stride and window of an input, as the layer describes it.
Reach described(const Layer& layer, const Operand& input, LoopDim position)
{
    for (const SlidingAxis& axis : input.sliding) {
        if (axis.position == position) return {axis.stride, axis.dilation * (layer.sizes[axis.window] - 1) + 1};
    }
    return {};
}

}  // namespace

NetworkAxis::NetworkAxis(const Workload& workload, LoopDim position) : workload_{&workload}, position_{position}
{
    measure_scales();
    measure_maps();
    measure_needs();
}

void NetworkAxis::measure_scales()
{
    scales_[std::nullopt] = 1;
    for (const Layer& layer : workload_->layers()) {
        std::int64_t scale = 1;
        for (const Operand& input : layer.inputs) {
            if (!input.constant)
                scale = std::max(scale, scales_.at(input.source) * described(layer, input, position_).stride);
        }
        scales_[layer.id] = scale;
    }
}

void NetworkAxis::measure_maps()
{
    sizes_[std::nullopt] = 0;
    for (const Layer& layer : workload_->layers()) {
        sizes_[layer.id] = layer.sizes[position_];
        for (const Operand& input : layer.inputs) {
            if (input.constant || input.source) continue;
            const Interval read = described(layer, input, position_).of({0, layer.sizes[position_]});
            sizes_[std::nullopt] = std::max(sizes_[std::nullopt], read.size());
        }
    }
}

Reach NetworkAxis::reach(const Layer& layer, std::size_t input) const
{
    const Operand& operand = layer.inputs[input];
    Reach reach = described(layer, operand, position_);
    reach.coarser = scales_.at(layer.id) / (scales_.at(operand.source) * reach.stride);
    const std::int64_t outputs = layer.sizes[position_];
    const std::int64_t read = reach.stride * reach.coarser * (outputs - 1) + reach.window;
    reach.begin = halve_down(sizes_.at(operand.source) - read);
    return reach;
}

void NetworkAxis::measure_needs()
{
    const auto& layers = workload_->layers();
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
        if (needed_.find(layer->id) == needed_.end()) needed_[layer->id] = whole(layer->id);
        for (std::size_t input = 0; input < layer->inputs.size(); ++input) {
            if (layer->inputs[input].constant) continue;
            Interval& needed = needed_[layer->inputs[input].source];
            needed = hull(needed, reach(*layer, input).of(needed_.at(layer->id)));
        }
    }
}

}  // namespace plumbline::sim
