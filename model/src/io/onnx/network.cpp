// SPDX-License-Identifier: Apache-2.0
#include "onnx/network.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_set>

#include "onnx/geometry.hpp"
#include "onnx/graph/attributes.hpp"
#include "onnx/graph/operators.hpp"
#include "onnx/lowering.hpp"
#include "onnx/precision.hpp"

namespace plumbline::io {
namespace {

/// Names of layers are unique; those of nodes need not be.
void make_unique(std::vector<Layer>& layers)
{
    std::unordered_set<std::string> taken;
    for (const Layer& layer : layers) taken.insert(layer.name);
    std::unordered_set<std::string> seen;
    for (Layer& layer : layers) {
        if (seen.insert(layer.name).second) continue;
        std::string name = layer.name + '_' + std::to_string(layer.id);
        while (!taken.insert(name).second) name += '_';
        layer.name = name;
        seen.insert(std::move(name));
    }
}

/// Whether tensors of three axes are read as rows of matrices, and by no window that slides along the last of them.
bool has_sequences(const Graph& graph)
{
    bool matrices = false;
    for (const Node& node : graph.nodes) {
        const Kind kind = kind_of(node.type);
        const TensorIndex map = node.inputs.empty() ? kNoTensor : node.inputs[0];
        if (map == kNoTensor || !graph.tensors[map].shape || graph.tensors[map].shape->size() != 3) continue;
        if (kind == Kind::convolution || kind == Kind::transposed || attribute(node, "kernel_shape") != nullptr)
            return false;
        const bool pixels = node.type == "InstanceNormalization" || node.type == "MeanVarianceNormalization";
        matrices = matrices || kind == Kind::product || (kind == Kind::normalisation && !pixels);
    }
    return matrices;
}

}  // namespace

bool Feature::padded() const
{
    return std::any_of(padding.begin(), padding.end(),
                       [](const Padding& each) { return each.first > 0 || each.second > 0; });
}

bool Feature::cut() const
{
    return std::any_of(padding.begin(), padding.end(),
                       [](const Padding& each) { return each.first < 0 || each.second < 0; });
}

bool operator==(const Steps& a, const Steps& b)
{
    return std::tie(a.step, a.first, a.size) == std::tie(b.step, b.first, b.size);
}

bool Feature::is_stepped() const
{
    return std::any_of(steps.begin(), steps.end(), [](const Steps& each) { return each.step > 1; });
}

bool Feature::is_repeated() const
{
    return std::any_of(repeated.begin(), repeated.end(), [](std::int64_t each) { return each > 1; });
}

std::int64_t Feature::size(std::size_t axis) const
{
    return positions(axis) + (padding.empty() ? 0 : padding[axis].first + padding[axis].second);
}

std::int64_t Feature::positions(std::size_t axis) const
{
    if (is_stepped(axis)) return steps[axis].size;
    const Padding none = trimmed.empty() ? Padding{0, 0} : trimmed[axis];
    return times(axis) * (size_of(layout[axis]) - none.first - none.second);
}

bool same_map(const Feature& a, const Feature& b)
{
    return a.origin == b.origin && a.layout == b.layout && a.padding == b.padding && a.repeated == b.repeated &&
           a.trimmed == b.trimmed && a.steps == b.steps;
}

Network::Network(const Graph& graph, const OnnxOptions& options)
    : graph_{graph},
      options_{options},
      features_(graph.tensors.size())
{
    if (has_sequences(graph)) roles_.expect_sequences();
    for (TensorIndex input : graph.inputs) {
        features_[input] = input_map(input, feature_bits(graph.tensors[input].type, options));
    }
}

Feature Network::input_map(TensorIndex index, Bits bits)
{
    Feature feature{std::nullopt, index, {}, bits, {}};
    for (std::int64_t size : *graph_.tensors[index].shape)
        feature.layout.push_back(size == 1 ? Axis{} : Axis{roles_.add(size)});
    return feature;
}

Feature Network::constant_map(const Node& node, std::size_t input, const Layout& like)
{
    check_shape(graph_, node.place, shape(node, input));
    const Tensor& constant = tensor(node, input);
    const std::int32_t type = constant.dequantised_from != 0 ? constant.dequantised_from : constant.type;
    Feature map = input_map(node.inputs[input], feature_bits(type, options_));
    const std::size_t rank = std::min(map.layout.size(), like.size());
    for (std::size_t i = 1; i <= rank; ++i) {
        Axis& axis = map.layout[map.layout.size() - i];
        if (!axis.empty() && size_of(like[like.size() - i]) == size_of(axis)) axis = like[like.size() - i];
    }
    return map;
}

bool Network::is_computed(const Node& node, std::size_t input) const
{
    return input < node.inputs.size() && node.inputs[input] != kNoTensor &&
           !graph_.tensors[node.inputs[input]].constant;
}

const Tensor& Network::tensor(const Node& node, std::size_t input) const
{
    if (input >= node.inputs.size() || node.inputs[input] == kNoTensor)
        refuse(graph_, node, "leaves out input " + std::to_string(input) + ", which it needs");
    return graph_.tensors[node.inputs[input]];
}

const Shape& Network::shape(const Node& node, std::size_t input) const
{
    const Tensor& read = tensor(node, input);
    if (!read.shape) refuse(graph_, node, "reads '" + read.name + "', whose shape is not known");
    return *read.shape;
}

const Feature& Network::changed_feature(const Node& node, std::size_t input) const
{
    const Tensor& read = tensor(node, input);
    const auto& found = features_[node.inputs[input]];
    if (!found) refuse(graph_, node, "reads '" + read.name + "', a constant, where a map is expected");
    return *found;
}

const Feature& Network::feature(const Node& node, std::size_t input)
{
    const Feature& found = changed_feature(node, input);
    if (found.padded())
        refuse(graph_, node,
               "reads what " + found.changed_by->place + " pads, expected a convolution or pooling there");
    if (!found.cut() && !found.is_repeated() && !found.is_stepped() && found.trimmed.empty()) return found;
    features_[node.inputs[input]] = copy_of(Feature{found});
    return *features_[node.inputs[input]];
}

const Feature& Network::out_of_depth(const Node& node, std::size_t input)
{
    if (const Feature& found = changed_feature(node, input); !found.padded() && is_in_depth(roles_, found))
        features_[node.inputs[input]] = copy_of(Feature{found});
    return changed_feature(node, input);
}

Feature Network::copy_of(const Feature& cut)
{
    const auto known =
        std::find_if(copies_.begin(), copies_.end(), [&](const auto& each) { return same_map(each.first, cut); });
    if (known != copies_.end()) return known->second;
    Feature copy = copied(*this, cut);
    copies_.emplace_back(cut, copy);
    return copy;
}

Feature Network::relaid(const Node& node, const Feature& map, const Layout& layout)
{
    const auto known = std::find_if(relaid_.begin(), relaid_.end(), [&](const auto& each) {
        return same_map(each.first, map) && each.second.layout == layout;
    });
    if (known != relaid_.end()) return known->second;
    Feature made = in_one_pixel(*this, node, map);
    made.layout = layout;
    pixels_[static_cast<std::size_t>(*made.layer)] = {size_of(layout, Role::row, roles_),
                                                      size_of(layout, Role::column, roles_)};
    relaid_.emplace_back(map, made);
    return made;
}

void Network::lay_out(const Node& node, std::size_t input, std::size_t axis)
{
    const Feature& found = changed_feature(node, input);
    if (axis >= found.layout.size() || !is_mixed(found.layout, axis, roles_)) return;
    if (size_of({found.layout[axis]}, Role::channel, roles_) > 1 || found.padded()) return;
    const Feature map = feature(node, input);
    features_[node.inputs[input]] = as_map(*this, node, map);
}

void Network::find_in_pixels(Layer& layer) const
{
    for (Operand& input : layer.inputs) {
        if (!input.source) continue;
        const PixelHolds& held = pixels_[static_cast<std::size_t>(*input.source)];
        for (Role role : {Role::row, Role::column}) {
            const std::int64_t size = role == Role::row ? held.rows : held.columns;
            if (size > 1) find_in_depth(input, role, size);
        }
    }
}

const Feature& Network::without_steps(const Node& node, std::size_t input)
{
    return changed_feature(node, input).is_stepped() ? feature(node, input) : changed_feature(node, input);
}

void Network::make_map(const Node& node, std::size_t input)
{
    const Feature& found = changed_feature(node, input);
    if (found.padded() || !holds_parts(roles_, found)) return;
    const Feature map = feature(node, input);
    std::vector<Role> axes{Role::batch, Role::channel};
    if (map.layout.size() == 4) axes.push_back(Role::row);
    axes.push_back(Role::column);
    if (size_of({map.layout[0]}, Role::batch, roles_) == size_of(map.layout, Role::batch, roles_))
        features_[node.inputs[input]] = relaid(node, map, with_roles(map.layout, axes));
}

void Network::order_channels(const Node& node, std::size_t input, std::size_t axis)
{
    if (!is_computed(node, input)) return;
    const Layout& layout = changed_feature(node, input).layout;
    if (axis >= layout.size() || !is_shuffled(layout, axis, roles_)) return;
    const Feature map = feature(node, input);
    features_[node.inputs[input]] = in_order(*this, node, map, axis);
}

void Network::set_table_rows(const Node& node)
{
    set_output(node, input_map(node.outputs[0], feature_bits(graph_.tensors[node.outputs[0]].type, options_)));
}

void Network::set_output(const Node& node, Feature feature) { set_output(node, 0, std::move(feature)); }

void Network::set_output(const Node& node, std::size_t output, Feature feature)
{
    features_[node.outputs[output]] = std::move(feature);
}

void Network::note_read(const Feature& feature)
{
    if (!feature.layer) return;
    Bits& read_as = read_as_[static_cast<std::size_t>(*feature.layer)];
    read_as = std::max(read_as, feature.bits);
}

Operand Network::operand(const std::string& name, const Feature& feature)
{
    note_read(feature);
    Operand operand;
    operand.name = name;
    operand.precision = feature.bits;
    operand.source = feature.layer;
    return operand;
}

Layer Network::new_layer(const Node& node, const std::string& operator_type) const
{
    Layer layer;
    layer.id = static_cast<LayerId>(layers_.size());
    layer.name = node.name;
    layer.operator_type = operator_type;
    layer.output.name = "O";
    return layer;
}

void Network::add(const Node& node, Layer layer, Layout layout)
{
    const Operation implied = implied_operation(layer);
    add(node, std::move(layer), std::move(layout), implied);
}

void Network::add(const Node& node, Layer layer, Layout layout, Operation operation)
{
    const TensorIndex output = node.outputs[0];
    features_[output] =
        Feature{layer.id, output, std::move(layout), feature_bits(graph_.tensors[output].type, options_), {}};
    push(node, std::move(layer), operation);
}

Feature Network::add_between(const Node& node, Layer layer, Layout layout, Bits bits)
{
    // No tensor of the graph has this number.
    const TensorIndex origin = features_.size() + layers_.size();
    Feature feature{layer.id, origin, std::move(layout), bits, {}};
    const Operation operation =
        is_pooling(implied_operation(layer)) ? Operation::maximum_pooling : implied_operation(layer);
    push(node, std::move(layer), operation);
    return feature;
}

void Network::push(const Node& node, Layer layer, Operation operation)
{
    layer.operation = operation;
    find_in_pixels(layer);
    pixels_.emplace_back();
    layers_.push_back(std::move(layer));
    read_as_.emplace_back();
    places_.push_back(node.place);
}

std::vector<Layer> Network::finished()
{
    for (TensorIndex output : graph_.outputs) {
        auto& feature = features_[output];
        if (!feature) continue;
        if (feature->padded())
            refuse(graph_, *feature->changed_by,
                   "pads an output of the network, expected a convolution or pooling behind it");
        // Whoever takes an output leaves out what is trimmed.
        if (feature->cut() || feature->is_repeated() || feature->is_stepped()) feature = copy_of(Feature{*feature});
        note_read(*feature);
    }
    if (layers_.empty()) refuse(graph_, "graph", "has no node that computes, expected at least one layer");
    for (Layer& layer : layers_) {
        layer.final_precision = read_as_[static_cast<std::size_t>(layer.id)];
        layer.output.precision = std::max(layer.output.precision, layer.final_precision);
        for (Operand& input : layer.inputs)
            if (input.source) input.precision = layers_[static_cast<std::size_t>(*input.source)].final_precision;
    }
    make_unique(layers_);
    return std::move(layers_);
}

}  // namespace plumbline::io
