// SPDX-License-Identifier: Apache-2.0
#include "description/map_edges.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>

#include "description/basics/bounds.hpp"
#include "description/basics/field_names.hpp"
#include "description/basics/saturating.hpp"
#include "plumbline/error.hpp"

namespace plumbline {
namespace {

/// Of the map as windows see it: each element repeated.
std::int64_t positions_of(const SlidingAxis& axis, std::int64_t size)
{
    return saturating_product(axis.upsampling, size);
}

/// Of a map of so many elements.
std::int64_t positions_in(const SlidingAxis& axis, std::int64_t elements)
{
    return saturating_product(axis.depth_to_space, elements) - axis.depth_offset;
}

std::int64_t elements_for(const SlidingAxis& axis, std::int64_t positions)
{
    return divide_up(axis.depth_offset + positions, axis.depth_to_space);
}

bool along_map(const SlidingAxis& axis) { return axis.position == LoopDim::ox || axis.position == LoopDim::oy; }

std::int64_t read_without_padding(const SlidingAxis& axis, const LoopSizes& sizes)
{
    return window_span(axis, sizes[axis.position], sizes[axis.window]) - axis.padding_before - axis.padding_behind;
}

/// A layer's input, and the layer that makes it.
struct Reading {
    const Layer& layer;
    Operand& input;
    const Layer* source;  ///< null for an input of the network
    const std::string& field;

    [[noreturn]] void fail(const std::string& key, const std::string& problem) const
    {
        throw InputError{field + '.' + key, "layer '" + layer.name + "' " + problem};
    }
    std::string source_text() const { return "its source, layer '" + source->name + "', makes "; }
    /// Of the source, per batch. 0 where there is none.
    std::int64_t stored_channels() const
    {
        if (source == nullptr) return 0;
        std::int64_t channels = 1;
        for (LoopDim dim : kAllLoopDims)
            if (dim != LoopDim::b && dim != LoopDim::ox && dim != LoopDim::oy)
                channels = saturating_product(channels, made(dim));
        return channels;
    }
    /// The same without those that hold rows and columns.
    std::int64_t made_channels() const { return stored_channels() / positions_in_depth(input); }
    std::int64_t made(LoopDim dim) const { return source->output.relevant.contains(dim) ? source->sizes[dim] : 1; }
};

void check_padding(const Reading& reading, const SlidingAxis& axis)
{
    for (std::int64_t padding : {axis.padding_before, axis.padding_behind})
        if (std::abs(padding) > kMostPositions.value())
            reading.fail("padding", "has a padding of " + std::to_string(padding) + " along " + axis.name +
                                        ", expected at most " + kMostPositions.text());
}

/// As many as windows reach beside the padding.
std::int64_t size_read(const Reading& reading, const SlidingAxis& axis)
{
    const std::int64_t read = read_without_padding(axis, reading.layer.sizes);
    const std::int64_t least = divide_up(std::max<std::int64_t>(1, read), axis.upsampling);
    if (axis.size || read > 0) return axis.size.value_or(positions_in(axis, elements_for(axis, least)));
    reading.fail("padding",
                 "has padding that leaves " + std::to_string(read) + " along " + axis.name + ", expected at least 1");
}

/// Channels that are read of a map lie among more that the layer has, or are some of those that the map has.
void find_channels(const Reading& reading, SlidingAxis& axis)
{
    check_padding(reading, axis);
    const std::int64_t read = read_without_padding(axis, reading.layer.sizes);
    axis.size = size_read(reading, axis);
    if (const std::int64_t made = reading.made_channels(); reading.source != nullptr && *axis.size != made)
        reading.fail("pr_loop_sizes", "says " + std::to_string(*axis.size) + " along " + axis.name + ", but " +
                                          reading.source_text() + std::to_string(made));
    if (read <= *axis.size && *axis.size > 0) return;
    reading.fail("pr_loop_sizes", "reads " + std::to_string(read) + " along " + axis.name +
                                      " beside its padding, but the map has " + std::to_string(*axis.size) +
                                      ", expected no more than that");
}

void find_edge(const Reading& reading, SlidingAxis& axis)
{
    if (!along_map(axis)) return find_channels(reading, axis);
    check_padding(reading, axis);
    const std::int64_t read = read_without_padding(axis, reading.layer.sizes);
    const std::int64_t made = reading.source != nullptr ? reading.made(axis.position) : 0;
    const std::int64_t size = made > 0 ? axis.size.value_or(positions_in(axis, made)) : size_read(reading, axis);
    if (made > 0 && (size < 1 || elements_for(axis, size) != made)) {
        reading.fail("pr_loop_sizes", "says " + std::to_string(*axis.size) + " along " + axis.name + ", but " +
                                          reading.source_text() + std::to_string(positions_in(axis, made)));
    }
    if (size < 1 || read > positions_of(axis, size)) {
        const std::string repeated =
            axis.upsampling > 1 ? ", each " + std::to_string(axis.upsampling) + " times" : std::string{};
        reading.fail("pr_loop_sizes", "reads " + std::to_string(read) + " along " + axis.name +
                                          " beside its padding, but the map has " + std::to_string(size) + repeated +
                                          ", expected no more than that");
    }
    axis.size = size;
}

/// Where channels of the source hold rows and columns, the others are as many as are read.
void check_depth(const Reading& reading)
{
    const std::int64_t positions = positions_in_depth(reading.input);
    if (positions == 1 || reading.source == nullptr) return;
    std::int64_t read = 1;
    for (LoopDim dim : {LoopDim::g, LoopDim::k, LoopDim::c})
        if (reading.input.relevant.contains(dim)) read = saturating_product(read, reading.layer.sizes[dim]);
    for (const SlidingAxis& axis : reading.input.sliding)
        if (!along_map(axis)) read = saturating_product(read, *axis.size);
    if (saturating_product(read, positions) == reading.stored_channels()) return;
    reading.fail("pr_loop_depth_to_space", "reads " + std::to_string(read) + " channels as " + reading.input.name +
                                               ", each of " + std::to_string(positions) + " positions, but " +
                                               reading.source_text() + std::to_string(reading.stored_channels()) +
                                               ", expected as many as both together");
}

/// Rows and columns that no window slides along: one output reads one of them.
void check_same(const Reading& reading, LoopDim dim)
{
    if (reading.source == nullptr) return;
    const bool slides = std::any_of(reading.input.sliding.begin(), reading.input.sliding.end(),
                                    [dim](const SlidingAxis& axis) { return axis.position == dim; });
    const std::int64_t read = reading.input.relevant.contains(dim) ? reading.layer.sizes[dim] : 1;
    if (slides || read == reading.made(dim)) return;
    reading.fail("operand_source." + reading.input.name,
                 "reads " + std::to_string(read) + " along " + std::string{name_of(dim)} + " as " + reading.input.name +
                     ", but " + reading.source_text() + std::to_string(reading.made(dim)));
}

/// As large as its axes say, which may be more than windows reach.
void check_map(const Reading& reading)
{
    std::int64_t bits = std::max<std::int64_t>(1, reading.input.precision.count());
    for (LoopDim dim : kAllLoopDims)
        if (reading.input.relevant.contains(dim)) bits = saturating_product(bits, reading.layer.sizes[dim]);
    for (const SlidingAxis& axis : reading.input.sliding) {
        require_at_most(kMostPositions, *axis.size, reading.field + ".pr_loop_sizes", "along " + axis.name);
        bits = saturating_product(bits, saturating_product(axis.depth_to_space, stored_along(axis)));
    }
    if (bits <= kMostMapBits.value()) return;
    throw InputError{reading.field + ".pr_loop_sizes",
                     "operand " + reading.input.name + " has more than " + kMostMapBits.text() + " bits"};
}

/// Whether windows at so many positions reach all from the first to the last.
bool reach_all(const SlidingAxis& axis, std::int64_t positions, std::int64_t window)
{
    return (axis.dilation == 1 || window == 1) && (axis.stride <= window || positions == 1);
}

}  // namespace

bool any_edges(const std::vector<Layer>& layers)
{
    const auto has_edges = [](const SlidingAxis& axis) {
        return axis.size || axis.padding_before != 0 || axis.padding_behind != 0 || axis.upsampling != 1 ||
               axis.depth_to_space != 1;
    };
    return std::any_of(layers.begin(), layers.end(), [&](const Layer& layer) {
        return std::any_of(layer.inputs.begin(), layer.inputs.end(), [&](const Operand& input) {
            return std::any_of(input.sliding.begin(), input.sliding.end(), has_edges);
        });
    });
}

void find_edges(std::vector<Layer>& layers, const std::vector<std::size_t>& order)
{
    std::map<LayerId, const Layer*> by_id;
    for (const Layer& layer : layers) by_id[layer.id] = &layer;
    for (std::size_t i : order) {
        const std::string field = indexed("layers", i);
        for (Operand& input : layers[i].inputs) {
            if (input.constant) continue;
            const Reading reading{layers[i], input, input.source ? by_id.at(*input.source) : nullptr, field};
            for (SlidingAxis& axis : input.sliding) find_edge(reading, axis);
            check_depth(reading);
            for (LoopDim dim : {LoopDim::ox, LoopDim::oy}) check_same(reading, dim);
            check_map(reading);
        }
    }
}

std::int64_t window_span(const SlidingAxis& axis, std::int64_t positions, std::int64_t window)
{
    return axis.stride * (positions - 1) + axis.dilation * (window - 1) + 1;
}

std::int64_t most_elements_under(const SlidingAxis& axis, std::int64_t positions)
{
    return positions < 1 ? 0 : divide_up(positions - 1, axis.upsampling) + 1;
}

std::int64_t stored_along(const SlidingAxis& axis) { return elements_for(axis, axis.size.value_or(1)); }

AxisPadding padding_of(const SlidingAxis& axis)
{
    return {std::max<std::int64_t>(0, axis.padding_before), std::max<std::int64_t>(0, axis.padding_behind)};
}

std::int64_t span_between(const SlidingAxis& axis, std::int64_t positions, std::int64_t window, AxisPadding padding)
{
    if (padding == AxisPadding{} && axis.upsampling == 1) return span(axis, positions, window);
    const std::int64_t end = window_span(axis, positions, window) - padding.behind;
    if (reach_all(axis, positions, window)) {
        if (end <= padding.before) return 0;
        const std::int64_t last = end - padding.before - 1 + padding.phase;
        return last / axis.upsampling - padding.phase / axis.upsampling + 1;
    }
    std::vector<bool> there(static_cast<std::size_t>(std::max<std::int64_t>(0, end - padding.before) + padding.phase));
    for (std::int64_t position = 0; position < positions; ++position)
        for (std::int64_t tap = 0; tap < window; ++tap) {
            const std::int64_t reached = axis.stride * position + axis.dilation * tap;
            if (reached < padding.before || reached >= end) continue;
            there[static_cast<std::size_t>((reached - padding.before + padding.phase) / axis.upsampling)] = true;
        }
    return std::count(there.begin(), there.end(), true);
}

std::vector<std::int64_t> spans_between(const Operand& operand, const LoopSizes& sizes,
                                        const std::vector<AxisPadding>& padding)
{
    std::vector<std::int64_t> spans;
    for (std::size_t i = 0; i < padding.size(); ++i) {
        const SlidingAxis& axis = operand.sliding[i];
        spans.push_back(span_between(axis, sizes[axis.position], sizes[axis.window], padding[i]));
    }
    return spans;
}

std::int64_t elements_between(const Operand& operand, const LoopSizes& sizes, const std::vector<AxisPadding>& padding)
{
    if (padding.empty()) return elements(operand, sizes);
    std::int64_t count = 1;
    for (LoopDim dim : kAllLoopDims)
        if (operand.relevant.contains(dim)) count *= sizes[dim];
    for (std::int64_t span : spans_between(operand, sizes, padding)) count *= span;
    return count;
}

}  // namespace plumbline
