// SPDX-License-Identifier: Apache-2.0
#include "functional/upsampled_values.hpp"

#include <cassert>
#include <utility>

namespace plumbline::sim {
namespace {

/// Per place, where its feature lies in a part of the map that begins at `first`.
std::vector<std::int64_t> features_at(Interval places, std::int64_t upsampling, std::int64_t first)
{
    std::vector<std::int64_t> features;
    for (std::int64_t place = places.begin; place < places.end; ++place) {
        const std::int64_t left_over = ((place % upsampling) + upsampling) % upsampling;
        features.push_back((place - left_over) / upsampling - first);
    }
    return features;
}

}  // namespace

Upsampling upsampling_of(const Operand& input)
{
    Upsampling upsampling;
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
    const auto columns = features_at(places.columns, upsampling.columns, box.columns.begin);
    const auto rows = features_at(places.rows, upsampling.rows, box.rows.begin);
    FeatureValues found;
    found.reserve(static_cast<std::size_t>(places.pixels() * channels));
    for (std::int64_t channel = 0; channel < channels; ++channel)
        for (std::int64_t row : rows)
            for (std::int64_t column : columns)
                found.push_back(from.values[static_cast<std::size_t>(
                    (channel * box.rows.size() + row) * box.columns.size() + column)]);
    return found;
}

}  // namespace plumbline::sim
