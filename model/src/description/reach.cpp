// SPDX-License-Identifier: Apache-2.0
#include "description/reach.hpp"

#include <algorithm>

#include "description/basics/saturating.hpp"
#include "description/map_edges.hpp"

namespace plumbline {
namespace {

/// Positions of an operand along `dim` from the first to the last that `pixels` outputs read.
std::int64_t read_along(const Operand& operand, const LoopSizes& sizes, LoopDim dim, std::int64_t pixels, bool bounded)
{
    for (const SlidingAxis& axis : operand.sliding) {
        if (axis.position != dim) continue;
        if (bounded) return stored_along(axis);
        const std::int64_t steps = saturating_product(pixels - 1, axis.stride);
        return saturating_sum(steps, saturating_product(sizes[axis.window] - 1, axis.dilation) + 1);
    }
    return operand.relevant.contains(dim) ? pixels : 1;
}

}  // namespace

Reach::Reach(const std::vector<Layer>& layers, const std::vector<std::size_t>& order, bool bounded)
{
    for (const Layer& layer : layers) needed_[layer.id] = {layer.sizes[LoopDim::ox], layer.sizes[LoopDim::oy]};
    for (auto i = order.rbegin(); i != order.rend(); ++i) ask_sources(layers[*i], bounded);
}

void Reach::ask_sources(const Layer& layer, bool bounded)
{
    const Pixels own = of(layer.id);
    for (const Operand& input : layer.inputs) {
        if (input.constant) continue;
        Pixels& source = input.source ? needed_.at(*input.source) : input_;
        source.columns = std::max(source.columns, read_along(input, layer.sizes, LoopDim::ox, own.columns, bounded));
        source.rows = std::max(source.rows, read_along(input, layer.sizes, LoopDim::oy, own.rows, bounded));
    }
}

}  // namespace plumbline
