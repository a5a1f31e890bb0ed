// SPDX-License-Identifier: Apache-2.0
// The plain loops: what a layer computes, one output after the other, one product after the other.
//
// Nothing here is clever. Maps lie in the centre of what their reader reads, or the other way round; beyond a map there
// are zeros. Sums become int8 as systemc/docs/functional_mode.md says.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <vector>

#include "plumbline/workload.hpp"

namespace plumbline::test {

struct PlainMap {
    std::int64_t channels = 1;
    std::int64_t rows = 1;
    std::int64_t columns = 1;
    std::vector<std::int8_t> values;

    int at(std::int64_t channel, std::int64_t row, std::int64_t column) const
    {
        if (row < 0 || row >= rows || column < 0 || column >= columns) return 0;
        return values[static_cast<std::size_t>((channel * rows + row) * columns + column)];
    }
};

using At = PerLoopDim<std::int64_t>;

/// Position along `position` that an operand is read at.
inline std::int64_t plain_place(const Layer& layer, const Operand& operand, LoopDim position, std::int64_t map,
                                const At& at)
{
    std::int64_t place = at[position];
    std::int64_t last = layer.sizes[position] - 1;
    for (const SlidingAxis& axis : operand.sliding) {
        if (axis.position != position) continue;
        place = axis.stride * at[position] + axis.dilation * at[axis.window];
        last = axis.stride * last + axis.dilation * (layer.sizes[axis.window] - 1);
    }
    return place + static_cast<std::int64_t>(std::floor(static_cast<double>(map - (last + 1)) / 2));
}

/// Index in a dense array over the dimensions of `operand` but rows and columns, in the order of the letters.
inline std::int64_t plain_index(const Operand& operand, const LoopSizes& sizes, const At& at)
{
    std::int64_t index = 0;
    for (LoopDim dim : {LoopDim::b, LoopDim::g, LoopDim::k, LoopDim::c, LoopDim::fy, LoopDim::fx}) {
        if (operand.relevant.contains(dim)) index = index * sizes[dim] + at[dim];
    }
    return index;
}

/// Before they become int8. \param inputs one per operand; that of weights is not looked at
inline std::vector<std::int32_t> plain_sums(const Layer& layer, const std::vector<PlainMap>& inputs,
                                            const std::vector<std::int8_t>& weights)
{
    const LoopSizes& sizes = layer.sizes;
    const bool products = sums_products(layer.operation);
    const bool maximum = layer.operation == Operation::maximum_pooling;
    const std::int64_t pixels = sizes[LoopDim::oy] * sizes[LoopDim::ox];
    std::int64_t channels = 1;
    for (LoopDim dim : {LoopDim::b, LoopDim::g, LoopDim::k}) {
        if (layer.output.relevant.contains(dim)) channels *= sizes[dim];
    }
    std::vector<std::int32_t> sums(static_cast<std::size_t>(channels * pixels), maximum ? -1000 : 0);
    At at{};
    for (std::int64_t iteration = 0; iteration < layer.macs(); ++iteration) {
        std::int64_t rest = iteration;
        for (LoopDim dim : kAllLoopDims) {
            at[dim] = rest % sizes[dim];
            rest /= sizes[dim];
        }
        std::int32_t weight = 1;
        for (const Operand& input : layer.inputs) {
            if (!products || !input.constant) continue;
            const std::int8_t value = weights[static_cast<std::size_t>(plain_index(input, sizes, at))];
            weight = value;
        }
        std::int32_t& sum = sums[static_cast<std::size_t>(plain_index(layer.output, sizes, at) * pixels +
                                                          at[LoopDim::oy] * sizes[LoopDim::ox] + at[LoopDim::ox])];
        for (std::size_t i = 0; i < layer.inputs.size(); ++i) {
            if (layer.inputs[i].constant) continue;
            const int feature = inputs[i].at(plain_index(layer.inputs[i], sizes, at),
                                             plain_place(layer, layer.inputs[i], LoopDim::oy, inputs[i].rows, at),
                                             plain_place(layer, layer.inputs[i], LoopDim::ox, inputs[i].columns, at));
            sum = maximum ? std::max(sum, feature) : sum + weight * feature;
        }
    }
    return sums;
}

/// What a sum is divided by; 0: by nothing.
inline double plain_divisor(const Layer& layer)
{
    double terms = static_cast<double>(layer.macs());
    for (LoopDim dim : kAllLoopDims) {
        if (layer.output.relevant.contains(dim)) terms /= static_cast<double>(layer.sizes[dim]);
    }
    if (sums_products(layer.operation)) return 74 * std::sqrt(terms);
    if (layer.operation == Operation::average_pooling) return terms;
    if (layer.operation == Operation::addition) return std::sqrt(static_cast<double>(layer.inputs.size()));
    return 0;
}

inline std::int8_t plain_int8(std::int32_t sum, double divisor)
{
    if (divisor == 0) return static_cast<std::int8_t>(sum);
    double power = 2;
    while (std::floor(power / divisor) < 128) power *= 2;
    const double scaled = std::floor(sum * std::floor(power / divisor) / power + 0.5);
    return static_cast<std::int8_t>(std::clamp(scaled, -128.0, 127.0));
}

inline PlainMap plain_layer(const Layer& layer, const std::vector<PlainMap>& inputs,
                            const std::vector<std::int8_t>& weights)
{
    PlainMap made;
    made.rows = layer.sizes[LoopDim::oy];
    made.columns = layer.sizes[LoopDim::ox];
    for (std::int32_t sum : plain_sums(layer, inputs, weights))
        made.values.push_back(plain_int8(sum, plain_divisor(layer)));
    made.channels = static_cast<std::int64_t>(made.values.size()) / (made.rows * made.columns);
    return made;
}

}  // namespace plumbline::test
