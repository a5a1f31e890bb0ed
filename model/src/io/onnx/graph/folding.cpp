// SPDX-License-Identifier: Apache-2.0
#include "onnx/graph/folding.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <unordered_map>

#include "onnx/graph/attributes.hpp"
#include "onnx/graph/constants.hpp"
#include "onnx/graph/limits.hpp"

namespace plumbline::io {
namespace {

using Indices = std::vector<std::int64_t>;

std::optional<SmallTensor> small(const Graph& graph, const Node& node, std::size_t input)
{
    if (input >= node.inputs.size() || node.inputs[input] == kNoTensor) return std::nullopt;
    const Tensor& tensor = graph.tensors[node.inputs[input]];
    if (!tensor.shape) return std::nullopt;
    if (tensor.reals) return SmallTensor{*tensor.shape, *tensor.reals};
    if (!tensor.values) return std::nullopt;
    return SmallTensor{*tensor.shape, {tensor.values->begin(), tensor.values->end()}};
}

/// Of an input, or of the attribute that older operator sets have in its place.
std::optional<Indices> given(const Graph& graph, const Node& node, std::size_t input, const char* name)
{
    if (attribute(node, name) != nullptr) return integers(node, name);
    if (input >= node.inputs.size() || node.inputs[input] == kNoTensor) return Indices{};
    return graph.tensors[node.inputs[input]].values;
}

/// Of the output.
const Tensor& made(const Graph& graph, const Node& node) { return graph.tensors[node.outputs[0]]; }

/// Each index of a tensor in the order of its elements.
std::vector<Indices> indices_of(const Shape& shape)
{
    if (count_of(shape) == 0) return {};
    std::vector<Indices> all{{}};
    for (std::int64_t size : shape) {
        std::vector<Indices> longer;
        for (const Indices& index : all)
            for (std::int64_t i = 0; i < size; ++i) {
                longer.push_back(index);
                longer.back().push_back(i);
            }
        all = std::move(longer);
    }
    return all;
}

/// The element at an index, whose last axes are those of the tensor; along axes of one position it is repeated. No number where there is
/// no such element.
double element(const SmallTensor& tensor, const Indices& index)
{
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    if (tensor.shape.size() > index.size()) return kNone;
    std::size_t place = 0;
    const std::size_t missing = index.size() - tensor.shape.size();
    for (std::size_t axis = 0; axis < tensor.shape.size(); ++axis) {
        const auto size = static_cast<std::size_t>(tensor.shape[axis]);
        place = place * size + (size == 1 ? 0 : static_cast<std::size_t>(index[missing + axis]));
    }
    return place < tensor.elements.size() ? tensor.elements[place] : kNone;
}

/// One element of the output for each index of it.
template <class Value>
SmallTensor filled(const Graph& graph, const Node& node, Value value)
{
    SmallTensor result{*made(graph, node).shape, {}};
    for (const Indices& index : indices_of(result.shape)) result.elements.push_back(value(index));
    return result;
}

using Binary = std::function<double(double, double)>;

/// Division of integers leaves out what remains.
const Binary* binary(const std::string& type)
{
    static const std::unordered_map<std::string, Binary> table{
        {"Add", std::plus<>{}},
        {"Sub", std::minus<>{}},
        {"Mul", std::multiplies<>{}},
        {"Div", std::divides<>{}},
        {"Max", [](double a, double b) { return std::max(a, b); }},
        {"Min", [](double a, double b) { return std::min(a, b); }},
        {"Equal", [](double a, double b) { return a == b ? 1.0 : 0.0; }},
        {"Greater", [](double a, double b) { return a > b ? 1.0 : 0.0; }},
        {"Less", [](double a, double b) { return a < b ? 1.0 : 0.0; }},
        {"GreaterOrEqual", [](double a, double b) { return a >= b ? 1.0 : 0.0; }},
        {"LessOrEqual", [](double a, double b) { return a <= b ? 1.0 : 0.0; }},
        {"And", [](double a, double b) { return a != 0 && b != 0 ? 1.0 : 0.0; }},
        {"Or", [](double a, double b) { return a != 0 || b != 0 ? 1.0 : 0.0; }},
        {"Xor", [](double a, double b) { return (a != 0) != (b != 0) ? 1.0 : 0.0; }},
    };
    const auto found = table.find(type);
    return found == table.end() ? nullptr : &found->second;
}

/// As the type of the output has it.
double rounded(double value, std::int32_t type)
{
    if (type == onnx::TensorProto::DOUBLE) return value;
    if (is_floating(type)) return static_cast<double>(static_cast<float>(value));
    if (type == onnx::TensorProto::BOOL) return value != 0 ? 1 : 0;
    return std::trunc(value);
}

std::optional<SmallTensor> combined(const Graph& graph, const Node& node, const Binary& operation)
{
    const auto first = small(graph, node, 0);
    const auto second = small(graph, node, 1);
    if (!first || !second || node.inputs.size() != 2) return std::nullopt;
    return filled(graph, node,
                  [&](const Indices& index) { return operation(element(*first, index), element(*second, index)); });
}

/// The same elements, perhaps with other axes, or each changed by itself.
std::optional<SmallTensor> passed(const Graph& graph, const Node& node)
{
    auto result = small(graph, node, 0);
    if (!result) return std::nullopt;
    for (double& each : result->elements) {
        if (node.type == "Floor") each = std::floor(each);
        if (node.type == "Ceil") each = std::ceil(each);
        if (node.type == "Round") each = std::nearbyint(each);
        if (node.type == "Neg") each = -each;
        if (node.type == "Abs") each = std::abs(each);
        if (node.type == "Not") each = each == 0 ? 1 : 0;
    }
    result->shape = *made(graph, node).shape;
    return result;
}

std::optional<SmallTensor> chosen(const Graph& graph, const Node& node)
{
    const auto condition = small(graph, node, 0);
    const auto first = small(graph, node, 1);
    const auto second = small(graph, node, 2);
    if (!condition || !first || !second) return std::nullopt;
    return filled(graph, node, [&](const Indices& index) {
        return element(element(*condition, index) != 0 ? *first : *second, index);
    });
}

std::size_t axis_of(const Node& node, std::size_t rank)
{
    const std::int64_t axis = integer(node, "axis", 0);
    return static_cast<std::size_t>(axis < 0 ? axis + static_cast<std::int64_t>(rank) : axis);
}

std::optional<SmallTensor> concatenated(const Graph& graph, const Node& node)
{
    std::vector<SmallTensor> parts;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        auto part = small(graph, node, i);
        if (!part || part->shape.size() != made(graph, node).shape->size()) return std::nullopt;
        parts.push_back(*std::move(part));
    }
    const std::size_t axis = axis_of(node, made(graph, node).shape->size());
    if (axis >= made(graph, node).shape->size()) return std::nullopt;
    return filled(graph, node, [&](Indices index) {
        auto part = parts.begin();
        for (; index[axis] >= part->shape[axis] && part + 1 != parts.end(); ++part) index[axis] -= part->shape[axis];
        return element(*part, index);
    });
}

std::optional<SmallTensor> gathered(const Graph& graph, const Node& node)
{
    const auto from = small(graph, node, 0);
    const auto picked = small(graph, node, 1);
    if (!from || !picked || from->shape.empty()) return std::nullopt;
    const std::size_t axis = axis_of(node, from->shape.size());
    const std::size_t rank = from->shape.size() - 1 + picked->shape.size();
    if (axis >= from->shape.size() || made(graph, node).shape->size() != rank) return std::nullopt;
    const std::int64_t size = from->shape[axis];
    for (double each : picked->elements)
        if (each < static_cast<double>(-size) || each >= static_cast<double>(size)) return std::nullopt;
    return filled(graph, node, [&](const Indices& index) {
        const auto begin = index.begin() + static_cast<std::ptrdiff_t>(axis);
        const auto end = begin + static_cast<std::ptrdiff_t>(picked->shape.size());
        const auto place = static_cast<std::int64_t>(element(*picked, {begin, end}));
        Indices read{index.begin(), begin};
        read.push_back(place < 0 ? place + size : place);
        read.insert(read.end(), end, index.end());
        return element(*from, read);
    });
}

/// As Python understands it: from where an axis is read, where its steps are `step`.
std::int64_t begin_of(std::int64_t start, std::int64_t size, std::int64_t step)
{
    if (size == 0) return 0;
    const std::int64_t bounded = std::clamp(start, -kMostOnnxElements, kMostOnnxElements);
    const std::int64_t place = bounded < 0 ? bounded + size : bounded;
    return step < 0 ? std::clamp<std::int64_t>(place, 0, size - 1) : std::clamp<std::int64_t>(place, 0, size);
}

/// The library has inferred how many positions are left.
std::optional<SmallTensor> sliced(const Graph& graph, const Node& node)
{
    const auto from = small(graph, node, 0);
    const auto starts = given(graph, node, 1, "starts");
    auto axes = given(graph, node, 3, "axes");
    auto steps = given(graph, node, 4, "steps");
    if (!from || !starts || !axes || !steps) return std::nullopt;
    if (axes->empty()) {
        axes->resize(starts->size());
        std::iota(axes->begin(), axes->end(), std::int64_t{0});
    }
    if (steps->empty()) steps->resize(starts->size(), 1);
    const Shape& shape = from->shape;
    const bool fits = axes->size() == starts->size() && steps->size() == starts->size();
    if (!fits || made(graph, node).shape->size() != shape.size()) return std::nullopt;
    Indices first(shape.size(), 0);
    Indices step(shape.size(), 1);
    for (std::size_t i = 0; i < axes->size(); ++i) {
        const std::int64_t axis = (*axes)[i] < 0 ? (*axes)[i] + static_cast<std::int64_t>(shape.size()) : (*axes)[i];
        if (axis < 0 || axis >= static_cast<std::int64_t>(shape.size())) return std::nullopt;
        const auto place = static_cast<std::size_t>(axis);
        step[place] = std::clamp((*steps)[i], -kMostOnnxSize, kMostOnnxSize);
        first[place] = begin_of((*starts)[i], shape[place], step[place]);
    }
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        const std::int64_t left = (*made(graph, node).shape)[axis];
        const std::int64_t last = first[axis] + (left - 1) * step[axis];
        if (left > 0 && (last < 0 || last >= shape[axis])) return std::nullopt;
    }
    return filled(graph, node, [&](Indices index) {
        for (std::size_t axis = 0; axis < index.size(); ++axis) index[axis] = first[axis] + index[axis] * step[axis];
        return element(*from, index);
    });
}

std::optional<SmallTensor> transposed(const Graph& graph, const Node& node)
{
    const auto from = small(graph, node, 0);
    if (!from) return std::nullopt;
    Indices order(from->shape.size());
    std::iota(order.rbegin(), order.rend(), std::int64_t{0});
    if (const Indices said = integers(node, "perm"); !said.empty()) order = said;
    if (order.size() != from->shape.size() || made(graph, node).shape->size() != order.size()) return std::nullopt;
    return filled(graph, node, [&](const Indices& index) {
        Indices read(index.size());
        for (std::size_t axis = 0; axis < index.size(); ++axis)
            read[static_cast<std::size_t>(order[axis])] = index[axis];
        return element(*from, read);
    });
}

std::optional<SmallTensor> multiplied(const Graph& graph, const Node& node)
{
    const auto from = small(graph, node, 0);
    if (!from || count_of(*made(graph, node).shape) != 1) return std::nullopt;
    const double product = std::accumulate(from->elements.begin(), from->elements.end(), 1.0, std::multiplies<>{});
    return SmallTensor{*made(graph, node).shape, {product}};
}

std::optional<SmallTensor> sizes(const Graph& graph, const Node& node)
{
    const auto& shape = graph.tensors[node.inputs[0]].shape;
    if (!shape) return std::nullopt;
    const auto rank = static_cast<std::int64_t>(shape->size());
    const std::int64_t first = begin_of(integer(node, "start", 0), rank, 1);
    const std::int64_t end = begin_of(integer(node, "end", rank), rank, 1);
    SmallTensor result{{std::max<std::int64_t>(0, end - first)}, {}};
    for (std::int64_t axis = first; axis < end; ++axis)
        result.elements.push_back(static_cast<double>((*shape)[static_cast<std::size_t>(axis)]));
    return result;
}

std::optional<SmallTensor> element_count(const Graph& graph, const Node& node)
{
    const auto& shape = graph.tensors[node.inputs[0]].shape;
    if (!shape) return std::nullopt;
    return SmallTensor{{}, {static_cast<double>(count_of(*shape))}};
}

std::optional<SmallTensor> repeated(const Graph& graph, const Node& node)
{
    SmallTensor value{{}, {0.0}};
    if (node.type == "Expand") {
        const auto from = small(graph, node, 0);
        if (!from) return std::nullopt;
        value = *from;
    } else if (const auto* given = attribute(node, "value")) {
        const auto elements = elements_of(given->t());
        if (elements.size() != 1) return std::nullopt;
        value.elements = elements;
    }
    return filled(graph, node, [&](const Indices& index) { return element(value, index); });
}

std::optional<SmallTensor> constant(const Graph& graph, const Node& node)
{
    SmallTensor result{*made(graph, node).shape, {}};
    if (const auto* tensor = attribute(node, "value")) result.elements = elements_of(tensor->t());
    if (const auto* one = attribute(node, "value_int")) result.elements = {static_cast<double>(one->i())};
    if (const auto* one = attribute(node, "value_float")) result.elements = {static_cast<double>(one->f())};
    if (const auto* list = attribute(node, "value_ints"))
        result.elements.assign(list->ints().begin(), list->ints().end());
    if (const auto* list = attribute(node, "value_floats"))
        result.elements.assign(list->floats().begin(), list->floats().end());
    return result;
}

std::optional<SmallTensor> computed(const Graph& graph, const Node& node)
{
    using Function = std::optional<SmallTensor> (*)(const Graph&, const Node&);
    static const std::unordered_map<std::string, Function> table{
        {"Constant", constant},   {"ConstantOfShape", repeated},
        {"Expand", repeated},     {"Shape", sizes},
        {"Size", element_count},  {"CastLike", passed},
        {"Concat", concatenated}, {"Slice", sliced},
        {"Gather", gathered},     {"Transpose", transposed},
        {"Where", chosen},        {"ReduceProd", multiplied},
        {"Identity", passed},     {"Cast", passed},
        {"Squeeze", passed},      {"Unsqueeze", passed},
        {"Reshape", passed},      {"Flatten", passed},
        {"Floor", passed},        {"Ceil", passed},
        {"Round", passed},        {"Neg", passed},
        {"Abs", passed},          {"Not", passed},
    };
    const auto found = table.find(node.type);
    if (found != table.end()) return found->second(graph, node);
    const Binary* operation = binary(node.type);
    return operation == nullptr ? std::nullopt : combined(graph, node, *operation);
}

}  // namespace

std::optional<SmallTensor> folded(const Graph& graph, const Node& node)
{
    const Tensor& output = made(graph, node);
    if (count_of(*output.shape) > static_cast<std::int64_t>(kMostShapeValues)) return std::nullopt;
    auto result = computed(graph, node);
    if (!result || static_cast<std::int64_t>(result->elements.size()) != count_of(*output.shape)) return std::nullopt;
    result->shape = *output.shape;
    const auto most = static_cast<double>(kMostOnnxElements);
    for (double& each : result->elements) {
        const bool list = node.type == "Constant";
        if (list && !is_floating(output.type)) each = std::clamp(each, -most, most);
        each = rounded(each, output.type);
        if (!(std::abs(each) <= most)) return std::nullopt;
    }
    return result;
}

void set_elements(Tensor& tensor, const SmallTensor& small)
{
    if (!is_floating(tensor.type)) {
        tensor.values.emplace();
        for (double each : small.elements) tensor.values->push_back(static_cast<std::int64_t>(each));
        return;
    }
    tensor.reals = small.elements;
}

}  // namespace plumbline::io
