// SPDX-License-Identifier: Apache-2.0
#include "storage/geometry/padding_check.hpp"

#include <algorithm>
#include <string>

#include "plumbline/error.hpp"

namespace plumbline::sim {
namespace {

/// Places before and behind the map, among all that the windows of some outputs reach, and how far into a feature they begin.
AxisPadding beyond_edges(const SlidingAxis& axis, std::int64_t taps, std::int64_t outputs, std::int64_t stored_begin)
{
    const std::int64_t begin = stored_begin - axis.depth_offset;
    const std::int64_t reached = axis.stride * (outputs - 1) + axis.dilation * (taps - 1) + 1;
    const std::int64_t end = begin + reached;
    return {std::clamp<std::int64_t>(-begin, 0, reached),
            std::clamp<std::int64_t>(end - *axis.size * axis.upsampling, 0, reached),
            std::max<std::int64_t>(0, begin) % axis.upsampling};
}

/// Channels of the layer that other maps have.
AxisPadding beyond_channels(const SlidingAxis& axis)
{
    return {std::max<std::int64_t>(0, axis.padding_before), std::max<std::int64_t>(0, axis.padding_behind)};
}

std::string text_of(AxisPadding padding)
{
    const std::string phase = padding.phase > 0 ? " at phase " + std::to_string(padding.phase) : std::string{};
    return std::to_string(padding.before) + " before and " + std::to_string(padding.behind) + " behind" + phase;
}

}  // namespace

void check_padding(const Workload& workload, const StackGeometry& geometry, const ComputeStep& step,
                   std::int64_t column, std::int64_t row)
{
    if (!workload.bounded()) return;
    const Layer& layer = workload.layer(step.layer);
    const LayerGeometry& places = geometry.layer(step.layer);
    const FeatureBox made = geometry.maps()[places.map].computed(column, row);
    if (made.empty()) return;
    for (const ReadGeometry& read : places.reads) {
        const FeatureBox places_read = read.places(column, row);
        const Samples& samples = geometry.maps()[read.map].samples;
        const std::vector<AxisPadding>& said = step.mapping.operands[read.input + 1].padding;
        const Operand& input = layer.inputs[read.input];
        for (std::size_t i = 0; i < input.sliding.size(); ++i) {
            const SlidingAxis& axis = input.sliding[i];
            const std::int64_t taps = layer.sizes[axis.window];
            AxisPadding expected = beyond_channels(axis);
            if (axis.position == LoopDim::ox)
                expected =
                    beyond_edges(axis, taps, made.columns.size(), samples.columns.place(places_read.columns.begin));
            if (axis.position == LoopDim::oy)
                expected = beyond_edges(axis, taps, made.rows.size(), samples.rows.place(places_read.rows.begin));
            const AxisPadding given = said.empty() ? AxisPadding{} : said[i];
            if (given == expected) continue;
            throw InputError{
                "layer '" + layer.name + "', tile (" + std::to_string(column) + ", " + std::to_string(row) + ')',
                "the schedule has a padding of " + text_of(given) + " along " + axis.name + ", expected " +
                    text_of(expected)};
        }
    }
}

}  // namespace plumbline::sim
