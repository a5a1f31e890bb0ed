// SPDX-License-Identifier: Apache-2.0
#include "functional/upsampled_values.hpp"

#include <cassert>
#include <utility>

namespace plumbline::sim {
namespace {

constexpr std::int64_t kZero = -1;

/// Per place, where its feature lies in a part of the map that begins at `first`, or `kZero`.
std::vector<std::int64_t> features_at(Interval places, std::int64_t upsampling, bool zeros_between, std::int64_t first)
{
    std::vector<std::int64_t> features;
    for (std::int64_t place = places.begin; place < places.end; ++place) {
        const std::int64_t left_over = ((place % upsampling) + upsampling) % upsampling;
        const bool zero = zeros_between && left_over != 0;
        features.push_back(zero ? kZero : (place - left_over) / upsampling - first);
    }
    return features;
}

}  // namespace

Upsampling upsampling_of(const Layer& layer, const Operand& input)
{
    Upsampling upsampling;
    upsampling.zeros_between = layer.operation == Operation::transposed_convolution;
    for (const SlidingAxis& axis : input.sliding) {
        if (axis.position == LoopDim::ox) upsampling.columns = axis.upsampling;
        if (axis.position == LoopDim::oy) upsampling.rows = axis.upsampling;
    }
    return upsampling;
}

FeatureValues upsampled(BoxValues from, std::int64_t channels, const FeatureBox& places, Upsampling upsampling)
{
    if (upsampling.columns == 1 && upsampling.rows == 1) return std::move(from.values);
    const FeatureBox& box = from.box;
    assert(from.values.size() == static_cast<std::size_t>(box.pixels() * channels));
    const auto columns = features_at(places.columns, upsampling.columns, upsampling.zeros_between, box.columns.begin);
    const auto rows = features_at(places.rows, upsampling.rows, upsampling.zeros_between, box.rows.begin);
    FeatureValues found;
    found.reserve(static_cast<std::size_t>(places.pixels() * channels));
    const auto value = [&](std::int64_t channel, std::int64_t row, std::int64_t column) {
        if (row == kZero || column == kZero) return FeatureValues::value_type{0};
        return from.values[static_cast<std::size_t>((channel * box.rows.size() + row) * box.columns.size() + column)];
    };
    for (std::int64_t channel = 0; channel < channels; ++channel)
        for (std::int64_t row : rows)
            for (std::int64_t column : columns) found.push_back(value(channel, row, column));
    return found;
}

}  // namespace plumbline::sim
