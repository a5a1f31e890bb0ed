// SPDX-License-Identifier: Apache-2.0
#include "commands/functional.hpp"

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

Shape shape_of(const sim::MapShape& map) { return {map.channels, map.rows, map.columns}; }

}  // namespace

sim::NetworkData functional_data(const Workload& workload, const FunctionalArguments& arguments)
{
    if (arguments.folder.empty()) return sim::random_data(workload, arguments.seed);
    sim::NetworkData data;
    data.input = read_tensor(arguments.folder, "input", shape_of(sim::input_shape(workload)));
    for (const Layer& layer : workload.layers()) {
        if (sim::weight_count(layer) == 0) continue;
        data.weights[layer.id] = read_tensor(arguments.folder, "weights_" + layer.name, weight_shape(layer));
    }
    return data;
}

FunctionalRun run_functional(const ScheduledNetwork& network, const FunctionalArguments& arguments,
                             const sim::SimulationOptions& options)
{
    sim::check_computable(network.workload);
    const sim::NetworkData data = functional_data(network.workload, arguments);
    sim::ComputedRun run = sim::simulate(network.accelerator, network.workload, network.schedule, data, options);
    const Layer& last = network.workload.layer(network.workload.outputs().front());
    const sim::MapShape shape = sim::output_shape(last);
    FunctionalRun result{std::move(run.counters), {last.name, {}}};
    result.agreement.difference =
        validate::first_difference(validate::reference_output(network.workload, data), run.output, shape);
    if (!arguments.output.empty()) io::write_npy(arguments.output, {shape_of(shape), std::move(run.output)});
    return result;
}

}  // namespace plumbline::cli
