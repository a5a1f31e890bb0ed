// SPDX-License-Identifier: Apache-2.0
#include "functional/window_taps.hpp"

namespace plumbline::sim {
namespace {

using Pitches = PerLoopDim<std::ptrdiff_t>;

bool is_position(LoopDim dim) { return dim == LoopDim::ox || dim == LoopDim::oy; }

/// Of a dense array over the operand's own dimensions, the last of them innermost; 0 for the others.
Pitches dense_pitches(const Operand& operand, const LoopSizes& sizes, std::ptrdiff_t innermost)
{
    Pitches pitches{};
    for (auto dim = kAllLoopDims.rbegin(); dim != kAllLoopDims.rend(); ++dim) {
        if (is_position(*dim) || !operand.relevant.contains(*dim)) continue;
        pitches[*dim] = innermost;
        innermost *= sizes[*dim];
    }
    return pitches;
}

/// All combinations of the dimensions in `sizes`, the last of them innermost.
std::vector<LoopSizes> combinations(const LoopSizes& sizes)
{
    std::vector<LoopSizes> all{LoopSizes{}};
    for (LoopDim dim : kAllLoopDims) {
        std::vector<LoopSizes> longer;
        for (const LoopSizes& each : all) {
            for (std::int64_t i = 0; i < sizes[dim]; ++i) {
                longer.push_back(each);
                longer.back()[dim] = i;
            }
        }
        all = std::move(longer);
    }
    return all;
}

/// Of a layer's loops, those that index its outputs' channels, or those that are summed over.
LoopSizes part_of(const Layer& layer, bool summed)
{
    LoopSizes sizes = kUnitLoopSizes;
    for (LoopDim dim : kAllLoopDims) {
        if (!is_position(dim) && layer.output.relevant.contains(dim) != summed) sizes[dim] = layer.sizes[dim];
    }
    return sizes;
}

std::ptrdiff_t dot(const LoopSizes& indices, const Pitches& pitches)
{
    std::ptrdiff_t sum = 0;
    for (LoopDim dim : kAllLoopDims) sum += indices[dim] * pitches[dim];
    return sum;
}

}  // namespace

LanedBox::LanedBox(const FeatureValues& values, std::int64_t channels, PixelCount size, std::int64_t stride)
    : stride_{stride},
      rows_{size.rows},
      lane_{(size.columns + stride - 1) / stride},
      row_pitch_{lane_ * stride},
      values_(static_cast<std::size_t>(row_pitch_ * size.rows * channels))
{
    const std::int8_t* from = values.data();
    std::int16_t* to = values_.data();
    for (std::int64_t row = 0; row < channels * size.rows; ++row, from += size.columns, to += row_pitch_) {
        if (stride == 1) {
            for (std::int64_t i = 0; i < size.columns; ++i) to[i] = from[i];
        } else {
            for (std::int64_t i = 0; i < size.columns; ++i) to[column(i)] = from[i];
        }
    }
}

TapTable tap_table(const LayerFunction& function, const Layer& layer, const Operand& input, const Operand* weights,
                   const LanedBox& box)
{
    const Pitches feature = dense_pitches(input, layer.sizes, box.channel_pitch());
    const Pitches weight = weights == nullptr ? Pitches{} : dense_pitches(*weights, layer.sizes, 1);
    TapTable table;
    for (const LoopSizes& at : combinations(part_of(layer, false))) {
        table.channels.push_back({dot(at, feature), dot(at, weight)});
    }
    for (const LoopSizes& at : combinations(part_of(layer, true))) {
        const std::ptrdiff_t row = function.rows.dilation * at[function.rows.dim] * box.row_pitch();
        const std::ptrdiff_t column = box.column(function.columns.dilation * at[function.columns.dim]);
        table.taps.push_back({dot(at, feature) + row + column, dot(at, weight)});
    }
    return table;
}

}  // namespace plumbline::sim
