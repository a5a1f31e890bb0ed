// SPDX-License-Identifier: Apache-2.0
#include "planning/geometry/equal_layers.hpp"

#include <algorithm>
#include <cstdint>

namespace plumbline::detail {
namespace {

/// Without what tells it from others that are mapped alike: who it is, who makes its inputs, and how large maps are.
struct Kind {
    Layer layer;
    const MappingRule* rule = nullptr;
    const Layer* first = nullptr;
};

void forget_map(Operand& operand)
{
    operand.source.reset();
    for (SlidingAxis& axis : operand.sliding) {
        if (axis.position != LoopDim::ox && axis.position != LoopDim::oy) continue;
        axis.size.reset();
        axis.padding_before = 0;
        axis.padding_behind = 0;
    }
}

Layer without_maps(Layer layer)
{
    layer.id = 0;
    layer.name.clear();
    layer.sizes[LoopDim::ox] = 1;
    layer.sizes[LoopDim::oy] = 1;
    forget_map(layer.output);
    for (Operand& input : layer.inputs) forget_map(input);
    return layer;
}

}  // namespace

EqualLayers::EqualLayers(const Workload& workload, const MappingRules& rules)
{
    // By their number of multiplications on one pixel: few are alike in that and in nothing else.
    std::unordered_map<std::int64_t, std::vector<Kind>> kinds;
    for (const Layer& layer : workload.layers()) {
        Kind kind{without_maps(layer), &rules.rule_for(layer), &layer};
        std::vector<Kind>& known = kinds[kind.layer.macs()];
        const auto found = std::find_if(known.begin(), known.end(), [&](const Kind& each) {
            return each.layer == kind.layer && *each.rule == *kind.rule;
        });
        first_[layer.id] = found == known.end() ? &layer : found->first;
        if (found == known.end()) known.push_back(std::move(kind));
    }
}

}  // namespace plumbline::detail
