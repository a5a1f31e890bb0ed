// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/onnx.hpp"

#include <google/protobuf/io/coded_stream.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "onnx/graph/contributed.hpp"
#include "onnx/graph/expansions.hpp"
#include "onnx/graph/graph.hpp"
#include "onnx/graph/graph_passes.hpp"
#include "onnx/graph/inference.hpp"
#include "onnx/graph/limits.hpp"
#include "onnx/graph/node_check.hpp"
#include "onnx/lowering.hpp"
#include "onnx/network.hpp"
#include "plumbline/error.hpp"

namespace plumbline::io {
namespace {

[[noreturn]] void refuse_file(const std::string& file, const std::string& problem)
{
    throw InputError{SourceLocation{file, 0, {}}, problem};
}

onnx::ModelProto parsed(const std::string& bytes, const std::string& file)
{
    if (bytes.size() > kMostOnnxBytes)
        refuse_file(file, "is larger than " + std::to_string(kMostOnnxBytes >> 20U) +
                              " MiB; weights may lie in a file of their own");
    onnx::ModelProto model;
    // What protobuf writes to standard error about bad files is not for users.
    google::protobuf::LogSilencer silent;
    if (bytes.empty() || !model.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        refuse_file(file, "is no ONNX file, or not all of one");
    return model;
}

/// A workload's complaint about `layers[3]` is one about the node that layer 3 comes of.
InputError placed(const InputError& error, const Network& network, std::size_t layers)
{
    constexpr std::string_view kLayers = "layers[";
    std::string field = error.where().field;
    if (field.compare(0, kLayers.size(), kLayers) == 0) {
        const std::size_t end = field.find(']');
        const auto index = static_cast<std::size_t>(std::stoul(field.substr(kLayers.size(), end - kLayers.size())));
        if (index < layers) field = network.place_of(static_cast<LayerId>(index)) + field.substr(end + 1);
    }
    return InputError{SourceLocation{network.graph().file, 0, field}, error.problem()};
}

Workload workload_of(Network& network)
{
    std::vector<Layer> layers = network.finished();
    const std::size_t count = layers.size();
    try {
        return Workload{std::filesystem::path{network.graph().file}.stem().string(), std::move(layers)};
    } catch (const InputError& error) {
        throw placed(error, network, count);
    }
}

void check_options(const OnnxOptions& options)
{
    if (options.batch && (*options.batch < 1 || *options.batch > kMostOnnxSize))
        throw InputError{"--onnx-batch", "is " + std::to_string(*options.batch) + ", expected at least 1"};
}

}  // namespace

bool reads_onnx() { return true; }

Workload parse_onnx(const std::string& bytes, const std::string& filename, const OnnxOptions& options)
{
    check_options(options);
    const onnx::ModelProto model = parsed(bytes, filename);
    Graph graph = read_graph(model, filename, options);
    prune(graph);
    find_constants(graph);
    skip(graph, options.skip);
    replace_contributed(graph);
    find_constants(graph);
    check_supported(graph);
    check_definitions(graph, model);
    infer_shapes(graph);
    bypass_expansions(graph);
    Network network{graph, options};
    lower(network);
    return workload_of(network);
}

}  // namespace plumbline::io
