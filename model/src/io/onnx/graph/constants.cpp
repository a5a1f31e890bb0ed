// SPDX-License-Identifier: Apache-2.0
#include "onnx/graph/constants.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "onnx/graph/attributes.hpp"
#include "onnx/graph/limits.hpp"

namespace plumbline::io {
namespace {

using Integers = std::vector<std::int64_t>;

/// As ONNX stores it, little-endian.
template <class Value>
Integers unpacked(const std::string& raw, std::size_t count)
{
    Integers values;
    if (raw.size() != count * sizeof(Value)) return values;
    for (std::size_t i = 0; i < count; ++i) {
        std::uint64_t bits = 0;
        for (std::size_t byte = 0; byte < sizeof(Value); ++byte)
            bits |= std::uint64_t{static_cast<unsigned char>(raw[i * sizeof(Value) + byte])} << (8 * byte);
        values.push_back(static_cast<Value>(bits));
    }
    return values;
}

/// Sizes, axes and indices: more would only overflow.
bool in_bounds(std::int64_t value) { return value >= -kMostOnnxElements && value <= kMostOnnxElements; }

/// "To the end" of a slice is written as the largest number that there is.
std::int64_t clamped(std::int64_t value) { return std::clamp(value, -kMostOnnxElements, kMostOnnxElements); }

const Integers* values(const Graph& graph, const Node& node, std::size_t input)
{
    if (input >= node.inputs.size() || node.inputs[input] == kNoTensor) return nullptr;
    const auto& known = graph.tensors[node.inputs[input]].values;
    return known ? &*known : nullptr;
}

std::optional<std::int64_t> combined(const std::string& type, std::int64_t a, std::int64_t b)
{
    if (type == "Add") return a + b;
    if (type == "Sub") return a - b;
    if (type == "Div" && b != 0) return a / b;
    std::int64_t product = 0;
    if (type == "Mul" && !__builtin_mul_overflow(a, b, &product)) return product;
    return std::nullopt;
}

std::optional<Integers> arithmetic(const std::string& type, const Integers& a, const Integers& b)
{
    if (a.size() != b.size() && a.size() != 1 && b.size() != 1) return std::nullopt;
    Integers result;
    for (std::size_t i = 0; i < std::max(a.size(), b.size()) && !a.empty() && !b.empty(); ++i) {
        const auto value = combined(type, a[a.size() == 1 ? 0 : i], b[b.size() == 1 ? 0 : i]);
        if (!value || !in_bounds(*value)) return std::nullopt;
        result.push_back(*value);
    }
    return result;
}

std::optional<Integers> gathered(const Integers& from, const Integers& indices)
{
    Integers result;
    const auto size = static_cast<std::int64_t>(from.size());
    for (std::int64_t index : indices) {
        if (index < -size || index >= size) return std::nullopt;
        result.push_back(from[static_cast<std::size_t>(index < 0 ? index + size : index)]);
    }
    return result;
}

/// A list from `start` to before `end`, as Python understands both.
Integers sliced(const Integers& from, std::int64_t start, std::int64_t end)
{
    const auto size = static_cast<std::int64_t>(from.size());
    const auto place = [size](std::int64_t index) {
        return std::clamp<std::int64_t>(index < 0 ? index + size : index, 0, size);
    };
    Integers result;
    for (std::int64_t i = place(start); i < place(end); ++i) result.push_back(from[static_cast<std::size_t>(i)]);
    return result;
}

std::optional<Integers> concatenated(const Graph& graph, const Node& node)
{
    Integers all;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        const Integers* part = values(graph, node, i);
        if (part == nullptr || all.size() + part->size() > kMostShapeValues) return std::nullopt;
        all.insert(all.end(), part->begin(), part->end());
    }
    return all;
}

std::optional<Integers> slice(const Graph& graph, const Node& node)
{
    const Integers* from = values(graph, node, 0);
    const Integers* steps = values(graph, node, 4);
    Integers starts = integers(node, "starts");
    Integers ends = integers(node, "ends");
    if (const Integers* given = values(graph, node, 1)) starts = *given;
    if (const Integers* given = values(graph, node, 2)) ends = *given;
    if (from == nullptr || starts.size() != 1 || ends.size() != 1) return std::nullopt;
    if (steps != nullptr && *steps != Integers{1}) return std::nullopt;
    return sliced(*from, clamped(starts[0]), clamped(ends[0]));
}

std::optional<Integers> constant_node(const Node& node)
{
    if (const auto* tensor = attribute(node, "value")) return integers_of(tensor->t());
    if (const auto* one = attribute(node, "value_int")) return Integers{one->i()};
    if (attribute(node, "value_ints") == nullptr) return std::nullopt;
    return integers(node, "value_ints");
}

}  // namespace

std::optional<Integers> integers_of(const onnx::TensorProto& tensor)
{
    const Shape shape{tensor.dims().begin(), tensor.dims().end()};
    if (shape.size() > 1 ||
        (shape.size() == 1 && (shape[0] < 0 || shape[0] > static_cast<std::int64_t>(kMostShapeValues))))
        return std::nullopt;
    if (tensor.data_location() == onnx::TensorProto::EXTERNAL) return std::nullopt;
    const std::size_t count = shape.empty() ? 1 : static_cast<std::size_t>(shape[0]);
    Integers found;
    if (tensor.data_type() == onnx::TensorProto::INT64) {
        found = tensor.has_raw_data() ? unpacked<std::int64_t>(tensor.raw_data(), count)
                                      : Integers{tensor.int64_data().begin(), tensor.int64_data().end()};
    } else if (tensor.data_type() == onnx::TensorProto::INT32) {
        found = tensor.has_raw_data() ? unpacked<std::int32_t>(tensor.raw_data(), count)
                                      : Integers{tensor.int32_data().begin(), tensor.int32_data().end()};
    } else {
        return std::nullopt;
    }
    if (found.size() != count) return std::nullopt;
    std::transform(found.begin(), found.end(), found.begin(), clamped);
    return found;
}

std::vector<float> factors_of(const onnx::TensorProto& tensor)
{
    const bool external = tensor.data_location() == onnx::TensorProto::EXTERNAL;
    if (external || tensor.data_type() != onnx::TensorProto::FLOAT || tensor.dims_size() != 1) return {};
    if (tensor.dims(0) < 1 || tensor.dims(0) > static_cast<std::int64_t>(kMostOnnxAxes)) return {};
    const auto count = static_cast<std::size_t>(tensor.dims(0));
    std::vector<float> factors{tensor.float_data().begin(), tensor.float_data().end()};
    for (std::int64_t bits : tensor.has_raw_data() ? unpacked<std::int32_t>(tensor.raw_data(), count) : Integers{}) {
        const auto stored = static_cast<std::int32_t>(bits);
        factors.emplace_back();
        std::memcpy(&factors.back(), &stored, sizeof stored);
    }
    const auto is_factor = [](float each) { return each > 0 && each <= static_cast<float>(kMostOnnxSize); };
    if (factors.size() != count || !std::all_of(factors.begin(), factors.end(), is_factor)) return {};
    return factors;
}

std::vector<float> constant_factors(const Node& node)
{
    const auto* tensor = node.type == "Constant" ? attribute(node, "value") : nullptr;
    return tensor == nullptr ? std::vector<float>{} : factors_of(tensor->t());
}

std::optional<Integers> computed_integers(const Graph& graph, const Node& node)
{
    if (node.type == "Constant") return constant_node(node);
    if (node.type == "Shape") {
        const auto& shape = graph.tensors[node.inputs[0]].shape;
        if (!shape) return std::nullopt;
        const auto* start = attribute(node, "start");
        const auto* end = attribute(node, "end");
        return sliced(*shape, start == nullptr ? 0 : clamped(start->i()),
                      end == nullptr ? kMostOnnxElements : clamped(end->i()));
    }
    if (node.type == "Concat") return concatenated(graph, node);
    if (node.type == "Slice") return slice(graph, node);
    const Integers* first = values(graph, node, 0);
    if (first == nullptr) return std::nullopt;
    const bool same = node.type == "Identity" || node.type == "Cast" || node.type == "Squeeze" ||
                      node.type == "Unsqueeze" || node.type == "Reshape";
    if (same) return *first;
    const Integers* second = values(graph, node, 1);
    if (second == nullptr) return std::nullopt;
    if (node.type == "Gather") return gathered(*first, *second);
    return arithmetic(node.type, *first, *second);
}

void check_external(const Graph& graph, const std::string& field, const onnx::TensorProto& tensor)
{
    if (tensor.data_location() != onnx::TensorProto::EXTERNAL) return;
    for (const auto& entry : tensor.external_data()) {
        if (entry.key() != "location") continue;
        const std::filesystem::path path{entry.value()};
        const bool climbs = std::find(path.begin(), path.end(), "..") != path.end();
        if (path.is_absolute() || climbs)
            refuse(graph, field, "has its data in '" + entry.value() + "', expected a file in the folder of this one");
    }
}

void check_constant_shape(const Graph& graph, const std::string& field, const Shape& shape)
{
    if (shape.size() > kMostOnnxAxes)
        refuse(
            graph, field,
            "has " + std::to_string(shape.size()) + " dimensions, expected at most " + std::to_string(kMostOnnxAxes));
    for (std::int64_t size : shape) {
        if (size < 0 || size > kMostOnnxSize)
            refuse(graph, field,
                   "is " + text_of(shape) + ", expected sizes of at most " + std::to_string(kMostOnnxSize));
    }
    if (count_of(shape) > kMostOnnxElements)
        refuse(graph, field, "is " + text_of(shape) + ", expected at most 2^50 elements");
}

}  // namespace plumbline::io
