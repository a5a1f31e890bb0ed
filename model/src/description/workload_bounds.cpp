// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "description/basics/bounds.hpp"
#include "description/basics/saturating.hpp"
#include "description/reach.hpp"
#include "description/workload_check.hpp"
#include "plumbline/error.hpp"

namespace plumbline {
namespace {

/// Of the layer for that many pixels.
std::int64_t macs(const Layer& layer, const Pixels& pixels)
{
    std::int64_t product = saturating_product(pixels.columns, pixels.rows);
    for (LoopDim dim : kAllLoopDims)
        if (dim != LoopDim::ox && dim != LoopDim::oy) product = saturating_product(product, layer.sizes[dim]);
    return product;
}

void check_pixels(const Layer& layer, const Pixels& pixels, const std::string& field)
{
    const std::int64_t most = std::max(pixels.columns, pixels.rows);
    if (most <= kMostPositions.value()) return;
    throw InputError{field, "layers behind layer '" + layer.name + "' read more than " + kMostPositions.text() +
                                " positions of its output, expected fewer: their strides multiply"};
}

}  // namespace

void check_together(const std::vector<Layer>& layers, const std::vector<std::size_t>& order, bool bounded)
{
    const Reach reach{layers, order, bounded};
    std::int64_t sum = 0;
    for (auto i = order.rbegin(); i != order.rend(); ++i) {
        const Layer& layer = layers[*i];
        const std::string field = "layers[" + std::to_string(*i) + ']';
        check_pixels(layer, reach.of(layer.id), field);
        sum = saturating_sum(sum, macs(layer, reach.of(layer.id)));
        if (sum > kMostMacs.value()) {
            throw InputError{field, "layer '" + layer.name + "' and those behind it compute more than " +
                                        kMostMacs.text() + " MACs where they are fused, expected fewer"};
        }
    }
}

}  // namespace plumbline
