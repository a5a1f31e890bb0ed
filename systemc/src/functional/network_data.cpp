// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/network_data.hpp"

#include <random>
#include <string>

#include "plumbline/error.hpp"
#include "plumbline/sim/layer_function.hpp"

namespace plumbline::sim {
namespace {

/// A stream of its own per tensor. The generator is one that the standard defines to the last bit; its distributions
/// are not.
FeatureValues random_values(std::uint64_t seed, std::uint64_t stream, std::int64_t count, int first, int last)
{
    std::seed_seq sequence{seed & 0xffffffffU, seed >> 32, stream};
    std::mt19937_64 random{sequence};
    const std::uint64_t choices = static_cast<std::uint64_t>(last - first) + 1;
    FeatureValues values(static_cast<std::size_t>(count));
    for (std::int8_t& each : values) {
        each = static_cast<std::int8_t>(first + static_cast<int>(((random() >> 32) * choices) >> 32));
    }
    return values;
}

/// Those that hold rows and columns, too.
std::int64_t stored_channels(const Operand& input, const LoopSizes& sizes)
{
    return channels_of(input, sizes) * positions_in_depth(input);
}

/// As many pixels as hold what is read.
std::int64_t stored_along(const SlidingAxis& axis, std::int64_t read)
{
    return divide_up(axis.depth_offset + axis.size.value_or(read), axis.depth_to_space);
}

MapShape shape_read(const Layer& layer, const Operand& input)
{
    const LayerFunction function = function_of(layer);
    MapShape shape{stored_channels(input, layer.sizes), function.rows.extent(layer.sizes[LoopDim::oy]),
                   function.columns.extent(layer.sizes[LoopDim::ox])};
    for (const SlidingAxis& axis : input.sliding) {
        if (axis.position == LoopDim::ox) shape.columns = stored_along(axis, shape.columns);
        if (axis.position == LoopDim::oy) shape.rows = stored_along(axis, shape.rows);
    }
    return shape;
}

/// Layers and their inputs that are feature maps.
template <class Visit>
void for_each_map_read(const Workload& workload, Visit visit)
{
    for (const Layer& layer : workload.layers()) {
        for (const Operand& input : layer.inputs) {
            if (!input.constant) visit(layer, input);
        }
    }
}

void check_channels(const Workload& workload, const Layer& reader, const Operand& input)
{
    if (!input.source) return;
    const Layer& maker = workload.layer(*input.source);
    const std::int64_t made = channels_of(maker.output, maker.sizes);
    const std::int64_t read = stored_channels(input, reader.sizes);
    if (made == read) return;
    throw InputError{"layers." + reader.name,
                     "reads " + std::to_string(read) + " channels as " + input.name + ", but " + maker.name +
                         " makes " + std::to_string(made) +
                         ": such a network cannot be computed, expected equal numbers" +
                         " (as in the workload resnet18_full, if this is the resnet18 of DeFiNES)"};
}

void expect_size(const std::string& what, std::size_t size, std::int64_t expected)
{
    if (size == static_cast<std::size_t>(expected)) return;
    throw InputError{what, "has " + std::to_string(size) + " values, expected " + std::to_string(expected)};
}

}  // namespace

MapShape output_shape(const Layer& layer)
{
    return {channels_of(layer.output, layer.sizes), layer.sizes[LoopDim::oy], layer.sizes[LoopDim::ox]};
}

std::vector<MapShape> input_shapes(const Workload& workload)
{
    std::vector<MapShape> shapes;
    for (const NetworkInput& each : workload.inputs()) {
        const Layer& reader = workload.layer(each.layer);
        shapes.push_back(shape_read(reader, reader.inputs[each.input]));
    }
    if (shapes.empty()) throw InputError{"workload", "has no input map"};
    return shapes;
}

MapShape input_shape(const Workload& workload)
{
    const std::vector<MapShape> shapes = input_shapes(workload);
    if (shapes.size() == 1) return shapes.front();
    throw InputError{"workload", "has " + std::to_string(shapes.size()) + " input maps, expected one"};
}

NetworkData random_data(const Workload& workload, std::uint64_t seed)
{
    constexpr std::uint64_t kInputStream = 0;
    NetworkData data;
    const std::vector<MapShape> inputs = input_shapes(workload);
    data.input = random_values(seed, kInputStream, inputs.front().features(), -64, 63);
    std::uint64_t stream = kInputStream;
    for (const Layer& layer : workload.layers()) {
        ++stream;
        if (const std::int64_t count = weight_count(layer); count > 0) {
            data.weights[layer.id] = random_values(seed, stream, count, -127, 127);
        }
    }
    for (std::size_t i = 1; i < inputs.size(); ++i)
        data.further_inputs.push_back(random_values(seed, ++stream, inputs[i].features(), -64, 63));
    return data;
}

void check_computable(const Workload& workload)
{
    for (const Layer& layer : workload.layers()) function_of(layer);
    for_each_map_read(workload,
                      [&](const Layer& layer, const Operand& input) { check_channels(workload, layer, input); });
    input_shapes(workload);
}

void check_data(const NetworkData& data, const Workload& workload)
{
    const std::vector<MapShape> inputs = input_shapes(workload);
    if (data.further_inputs.size() + 1 != inputs.size()) {
        throw InputError{"input", "has " + std::to_string(data.further_inputs.size() + 1) + " maps, expected " +
                                      std::to_string(inputs.size())};
    }
    for (std::size_t i = 0; i < inputs.size(); ++i)
        expect_size(i == 0 ? "input" : "input " + std::to_string(i), data.input_map(i).size(), inputs[i].features());
    for (const Layer& layer : workload.layers()) {
        const std::int64_t count = weight_count(layer);
        const auto found = data.weights.find(layer.id);
        if (count == 0 && found == data.weights.end()) continue;
        expect_size("weights_" + layer.name, found == data.weights.end() ? 0 : found->second.size(), count);
    }
}

}  // namespace plumbline::sim
