// SPDX-License-Identifier: Apache-2.0
#include "inputs/functional_data.hpp"

#include <algorithm>
#include <filesystem>

#include "plumbline/error.hpp"
#include "plumbline/io/npy.hpp"
#include "plumbline/sim/layer_function.hpp"

namespace plumbline::cli {
namespace {

using Shape = std::vector<std::int64_t>;

Shape without_ones(Shape shape)
{
    shape.erase(std::remove(shape.begin(), shape.end(), 1), shape.end());
    return shape;
}

sim::FeatureValues read_tensor(const std::string& folder, const std::string& name, const Shape& expected)
{
    const std::string path = (std::filesystem::path{folder} / (name + ".npy")).string();
    io::Int8Array array = io::read_npy(path);
    if (without_ones(array.shape) != without_ones(expected)) {
        throw InputError(SourceLocation{path, 0, {}},
                         "has shape " + io::text_of_shape(array.shape) + ", expected " + io::text_of_shape(expected));
    }
    return std::move(array.values);
}

Shape weight_shape(const Layer& layer)
{
    Shape shape;
    for (const Operand& input : layer.inputs) {
        if (!input.constant) continue;
        for (LoopDim dim : kAllLoopDims) {
            if (input.relevant.contains(dim)) shape.push_back(layer.sizes[dim]);
        }
    }
    return shape;
}

/// The only input of a network needs no other name.
std::string tensor_name(const Workload& workload, const std::vector<NetworkInput>& inputs, std::size_t number)
{
    if (inputs.size() == 1) return "input";
    const Layer& reader = workload.layer(inputs[number].layer);
    return "input_" + reader.name + '_' + reader.inputs[inputs[number].input].name;
}

Shape shape_of(const sim::MapShape& map) { return {map.channels, map.rows, map.columns}; }

}  // namespace

sim::NetworkData functional_data(const Workload& workload, const FunctionalFlags& flags)
{
    if (flags.folder.empty()) return sim::random_data(workload, flags.seed);
    sim::NetworkData data;
    const std::vector<NetworkInput>& inputs = workload.inputs();
    const std::vector<sim::MapShape> shapes = sim::input_shapes(workload);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        sim::FeatureValues values = read_tensor(flags.folder, tensor_name(workload, inputs, i), shape_of(shapes[i]));
        if (i == 0)
            data.input = std::move(values);
        else
            data.further_inputs.push_back(std::move(values));
    }
    for (const Layer& layer : workload.layers()) {
        if (sim::weight_count(layer) == 0) continue;
        data.weights[layer.id] = read_tensor(flags.folder, "weights_" + layer.name, weight_shape(layer));
    }
    return data;
}

}  // namespace plumbline::cli
