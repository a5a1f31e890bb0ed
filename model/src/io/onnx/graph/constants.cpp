// SPDX-License-Identifier: Apache-2.0
#include "onnx/graph/constants.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <type_traits>

#include "onnx/graph/limits.hpp"

namespace plumbline::io {
namespace {

/// As ONNX stores them, little-endian; none where they are not that many.
template <class Stored>
std::vector<double> unpacked(const std::string& raw, std::size_t count)
{
    std::vector<double> elements;
    if (raw.size() != count * sizeof(Stored)) return elements;
    for (std::size_t i = 0; i < count; ++i) {
        std::uint64_t bits = 0;
        for (std::size_t byte = 0; byte < sizeof(Stored); ++byte)
            bits |= std::uint64_t{static_cast<unsigned char>(raw[i * sizeof(Stored) + byte])} << (8 * byte);
        if constexpr (std::is_same_v<Stored, float>) {
            const auto stored = static_cast<std::uint32_t>(bits);
            float value = 0;
            std::memcpy(&value, &stored, sizeof stored);
            elements.push_back(static_cast<double>(value));
        } else {
            elements.push_back(static_cast<double>(static_cast<Stored>(bits)));
        }
    }
    return elements;
}

template <class Stored, class List>
std::vector<double> stored(const onnx::TensorProto& tensor, const List& list, std::size_t count)
{
    if (tensor.has_raw_data()) return unpacked<Stored>(tensor.raw_data(), count);
    return {list.begin(), list.end()};
}

}  // namespace

bool is_floating(std::int32_t type)
{
    return type == onnx::TensorProto::FLOAT || type == onnx::TensorProto::FLOAT16 ||
           type == onnx::TensorProto::BFLOAT16 || type == onnx::TensorProto::DOUBLE;
}

std::vector<double> elements_of(const onnx::TensorProto& tensor)
{
    const Shape shape{tensor.dims().begin(), tensor.dims().end()};
    const bool sized = std::all_of(shape.begin(), shape.end(), [](std::int64_t size) { return size >= 0; });
    const bool external = tensor.data_location() == onnx::TensorProto::EXTERNAL;
    if (!sized || external || count_of(shape) > static_cast<std::int64_t>(kMostShapeValues)) return {};
    const auto count = static_cast<std::size_t>(count_of(shape));
    std::vector<double> elements;
    switch (tensor.data_type()) {
        case onnx::TensorProto::INT64: elements = stored<std::int64_t>(tensor, tensor.int64_data(), count); break;
        case onnx::TensorProto::INT32: elements = stored<std::int32_t>(tensor, tensor.int32_data(), count); break;
        case onnx::TensorProto::BOOL: elements = stored<std::uint8_t>(tensor, tensor.int32_data(), count); break;
        case onnx::TensorProto::FLOAT: elements = stored<float>(tensor, tensor.float_data(), count); break;
        default: break;
    }
    // "To the end" of a slice is written as the largest number that there is.
    const auto most = static_cast<double>(kMostOnnxElements);
    if (!is_floating(tensor.data_type()))
        for (double& each : elements) each = std::clamp(each, -most, most);
    return elements;
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
