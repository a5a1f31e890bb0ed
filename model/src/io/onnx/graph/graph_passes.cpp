// SPDX-License-Identifier: Apache-2.0
#include "onnx/graph/graph_passes.hpp"

#include <onnx/defs/schema.h>

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "onnx/graph/operators.hpp"
#include "plumbline/error.hpp"
#include "plumbline/suggestion.hpp"

namespace plumbline::io {
namespace {

/// "a, b, c, …".
std::string listed(const std::vector<std::string>& names)
{
    constexpr std::size_t kMostNames = 3;
    std::string list;
    for (std::size_t i = 0; i < std::min(kMostNames, names.size()); ++i) list += (i == 0 ? "" : ", ") + names[i];
    return list + (names.size() > kMostNames ? ", …" : "");
}

/// For each tensor the first node that reads it; none: null.
std::vector<const Node*> readers_of(const Graph& graph)
{
    std::vector<const Node*> readers(graph.tensors.size(), nullptr);
    for (const Node& node : graph.nodes)
        for (TensorIndex input : node.inputs)
            if (input != kNoTensor && readers[input] == nullptr) readers[input] = &node;
    return readers;
}

bool is_among(const std::vector<std::string>& types, const std::string& type)
{
    return std::find(types.begin(), types.end(), type) != types.end();
}

/// The file itself may say that the shape stays.
bool declares_same_shape(const Graph& graph, const Node& node)
{
    if (node.outputs[0] == kNoTensor) return false;
    const Tensor& input = graph.tensors[node.inputs[0]];
    const auto& before = input.shape ? input.shape : input.declared;
    const auto& behind = graph.tensors[node.outputs[0]].declared;
    const auto open = [](std::int64_t size) { return size < 0; };
    if (!before || !behind) return false;
    return before == behind && std::none_of(before->begin(), before->end(), open);
}

void check_skip(const Graph& graph, const Node& node, const std::vector<const Node*>& readers)
{
    if (node.inputs.empty() || node.inputs[0] == kNoTensor)
        refuse(graph, node, "cannot be skipped: it has no first input");
    if (keeps_shape(node.type) || declares_same_shape(graph, node)) return;
    for (TensorIndex output : node.outputs) {
        if (output == kNoTensor || readers[output] == nullptr) continue;
        refuse(graph, node,
               "cannot be skipped: its output may have another shape than its input, and " + readers[output]->place +
                   " reads it");
    }
}

bool is_read(const Node& node, const std::vector<const Node*>& readers)
{
    return std::any_of(node.outputs.begin(), node.outputs.end(),
                       [&](TensorIndex output) { return output != kNoTensor && readers[output] != nullptr; });
}

/// Each once, and no constants.
void add_outputs(Graph& graph, const std::vector<TensorIndex>& further)
{
    for (TensorIndex each : further) {
        if (each == kNoTensor || graph.tensors[each].constant) continue;
        if (std::find(graph.outputs.begin(), graph.outputs.end(), each) == graph.outputs.end())
            graph.outputs.push_back(each);
    }
}

std::string in_small_letters(std::string text)
{
    for (char& each : text)
        if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
    return text;
}

/// The type that differs by its capitals alone, else the nearest.
std::string meant(const std::string& type, const std::vector<std::string>& known)
{
    const auto same = std::find_if(known.begin(), known.end(), [&](const std::string& each) {
        return in_small_letters(each) == in_small_letters(type);
    });
    if (same != known.end()) return ", did you mean '" + *same + "'?";
    const std::string_view nearest = nearest_name(type, views_of(known));
    return nearest.empty() ? std::string{} : suggestion(type, {nearest});
}

/// Of nodes in this network, of ONNX, or of other domains: another network may have those.
void check_types(const Graph& graph, const std::vector<std::string>& types)
{
    std::vector<std::string> known;
    for (const Node& node : graph.nodes)
        if (!is_among(known, node.type)) known.push_back(node.type);
    for (const onnx::OpSchema& schema : onnx::OpSchemaRegistry::get_all_schemas())
        if (schema.domain() == onnx::ONNX_DOMAIN && !is_among(known, schema.Name())) known.push_back(schema.Name());
    for (const std::string& type : types) {
        if (is_among(known, type) || type.find('.') != std::string::npos) continue;
        throw InputError{"--onnx-skip",
                         "'" + type + "' is no type of a node of ONNX, nor of " + graph.file + meant(type, known)};
    }
}

/// Whether a node becomes a layer, as far as its type says.
bool makes_layer(const Graph& graph, const Node& node)
{
    if (node.outputs[0] == kNoTensor || graph.tensors[node.outputs[0]].constant) return false;
    switch (kind_of(node.type)) {
        case Kind::convolution:
        case Kind::transposed:
        case Kind::product:
        case Kind::pooling:
        case Kind::reduction:
        case Kind::normalisation:
        case Kind::response:
        case Kind::concatenation: return true;
        default: return false;
    }
}

/// \param before what is pruned now \throws InputError where layers are
void check_pruned(const Graph& graph, const std::vector<Node>& before)
{
    std::vector<std::string> pruned;
    std::size_t left = 0;
    for (const Node& node : before) {
        if (left < graph.nodes.size() && graph.nodes[left].proto == node.proto)
            ++left;
        else if (makes_layer(graph, node))
            pruned.push_back(node.place);
    }
    if (pruned.empty()) return;
    refuse(graph, "graph",
           "has nodes that compute and that nobody reads behind what --onnx-skip passes through: " + listed(pruned) +
               "; expected types that join no maps, or whose output is the network's");
}

bool is_folded(const Graph& graph, const Node& node)
{
    if (node.type == "Shape" || node.type == "Size" || node.type == "Constant") return true;
    return std::all_of(node.inputs.begin(), node.inputs.end(),
                       [&](TensorIndex input) { return input == kNoTensor || graph.tensors[input].constant; });
}

/// A type with its nodes.
struct Unsupported {
    std::string type;
    std::vector<std::string> nodes;
};

std::vector<Unsupported> unsupported_types(const Graph& graph)
{
    std::vector<Unsupported> found;
    std::unordered_map<std::string, std::size_t> places;
    for (const Node& node : graph.nodes) {
        const Kind kind = kind_of(node.type);
        const bool folded = node.outputs[0] != kNoTensor && graph.tensors[node.outputs[0]].constant;
        if (kind != Kind::unsupported && (kind != Kind::folded || folded)) continue;
        const auto [place, first] = places.emplace(node.type, found.size());
        if (first) found.push_back({node.type, {}});
        found[place->second].nodes.push_back(node.name);
    }
    return found;
}

}  // namespace

void prune(Graph& graph)
{
    std::vector<bool> needed(graph.tensors.size());
    for (TensorIndex output : graph.outputs) needed[output] = true;
    std::vector<Node> kept;
    for (auto node = graph.nodes.rbegin(); node != graph.nodes.rend(); ++node) {
        const bool used = std::any_of(node->outputs.begin(), node->outputs.end(),
                                      [&](TensorIndex output) { return output != kNoTensor && needed[output]; });
        if (!used) continue;
        for (TensorIndex input : node->inputs)
            if (input != kNoTensor) needed[input] = true;
        kept.push_back(std::move(*node));
    }
    std::reverse(kept.begin(), kept.end());
    graph.nodes = std::move(kept);
}

void skip(Graph& graph, const std::vector<std::string>& types)
{
    if (types.empty()) return;
    check_types(graph, types);
    const std::vector<const Node*> readers = readers_of(graph);
    std::vector<TensorIndex> stands_for(graph.tensors.size());
    std::iota(stands_for.begin(), stands_for.end(), TensorIndex{0});
    std::vector<Node> kept;
    std::vector<TensorIndex> further;
    for (Node& node : graph.nodes) {
        for (TensorIndex& input : node.inputs)
            if (input != kNoTensor) input = stands_for[input];
        if (!is_among(types, node.type)) {
            kept.push_back(node);
            continue;
        }
        check_skip(graph, node, readers);
        if (!is_read(node, readers)) further.insert(further.end(), node.inputs.begin() + 1, node.inputs.end());
        for (TensorIndex output : node.outputs) {
            if (output == kNoTensor) continue;
            if (output == node.outputs[0])
                stands_for[output] = node.inputs[0];
            else
                graph.tensors[output].unavailable =
                    "it is another output than the first of " + node.place + ", which is skipped";
        }
    }
    for (TensorIndex& output : graph.outputs) output = stands_for[output];
    add_outputs(graph, further);
    graph.nodes = kept;
    prune(graph);
    check_pruned(graph, kept);
}

bool may_be_skipped(const Graph& graph, const std::string& type)
{
    const Kind kind = kind_of(type);
    if (kind == Kind::convolution || kind == Kind::transposed || kind == Kind::product || kind == Kind::pooling ||
        kind == Kind::reduction)
        return false;
    const std::vector<const Node*> readers = readers_of(graph);
    const auto computed = [&](TensorIndex input) { return input != kNoTensor && !graph.tensors[input].constant; };
    return std::all_of(graph.nodes.begin(), graph.nodes.end(), [&](const Node& node) {
        if (node.type != type) return true;
        if (node.inputs.empty() || !computed(node.inputs[0])) return false;
        if (std::any_of(node.inputs.begin() + 1, node.inputs.end(), computed)) return false;
        return keeps_shape(type) || !is_read(node, readers);
    });
}

void find_constants(Graph& graph)
{
    for (const Node& node : graph.nodes) {
        const bool folded = is_folded(graph, node);
        // The range of a map, as if it were known before.
        const bool ranges = node.type == "DynamicQuantizeLinear";
        for (std::size_t i = 0; i < node.outputs.size(); ++i) {
            if (node.outputs[i] == kNoTensor) continue;
            Tensor& tensor = graph.tensors[node.outputs[i]];
            tensor.constant = folded || (ranges && i > 0);
            if (i > 0 && node.type != "Split" && !ranges)
                tensor.unavailable = "it is another output than the first of " + node.place;
        }
    }
}

void check_supported(const Graph& graph)
{
    const std::vector<Unsupported> found = unsupported_types(graph);
    if (found.empty()) return;
    std::string list;
    for (const Unsupported& each : found)
        list += (list.empty() ? "" : ", ") + std::to_string(each.nodes.size()) + ' ' + each.type + " (" +
                listed(each.nodes) + ')';
    refuse(graph, "graph",
           "has nodes that are not supported: " + list + "; --onnx-skip TYPE passes their first input through");
}

}  // namespace plumbline::io
