// SPDX-License-Identifier: Apache-2.0
#include "storage/geometry/samples.hpp"

#include <algorithm>
#include <cassert>

namespace plumbline::sim {

Interval SampledAxis::within(Interval places) const
{
    const auto samples_before = [&](std::int64_t place) {
        return std::max<std::int64_t>(0, (place - first + step - 1) / step);
    };
    return {samples_before(places.begin), samples_before(places.end)};
}

Interval SampledAxis::span(Interval samples) const
{
    if (samples.empty()) return {place(samples.begin), place(samples.begin)};
    return {place(samples.begin), place(samples.end - 1) + 1};
}

FeatureBox Samples::within(const FeatureBox& places) const
{
    return {columns.within(places.columns), rows.within(places.rows)};
}

FeatureBox Samples::span(const FeatureBox& samples) const
{
    return {columns.span(samples.columns), rows.span(samples.rows)};
}

FeatureValues Samples::pick(const FeatureValues& values, std::int64_t channels, const FeatureBox& samples) const
{
    if (all()) return values;
    const FeatureBox box = span(samples);
    assert(values.size() == static_cast<std::size_t>(box.pixels() * channels));
    FeatureValues picked;
    picked.reserve(static_cast<std::size_t>(samples.pixels() * channels));
    for (std::int64_t channel = 0; channel < channels; ++channel)
        for (std::int64_t row = 0; row < box.rows.size(); row += rows.step)
            for (std::int64_t column = 0; column < box.columns.size(); column += columns.step)
                picked.push_back(
                    values[static_cast<std::size_t>((channel * box.rows.size() + row) * box.columns.size() + column)]);
    return picked;
}

}  // namespace plumbline::sim
