// SPDX-License-Identifier: Apache-2.0
#include "onnx/graph/attributes.hpp"

namespace plumbline::io {

const onnx::AttributeProto* attribute(const Node& node, std::string_view name)
{
    for (const auto& each : node.proto->attribute())
        if (each.name() == name) return &each;
    return nullptr;
}

std::int64_t integer(const Node& node, std::string_view name, std::int64_t otherwise)
{
    const auto* found = attribute(node, name);
    return found == nullptr ? otherwise : found->i();
}

std::vector<std::int64_t> integers(const Node& node, std::string_view name)
{
    const auto* found = attribute(node, name);
    if (found == nullptr) return {};
    return {found->ints().begin(), found->ints().end()};
}

std::int64_t integer_at(const Node& node, std::string_view name, std::size_t index, std::int64_t otherwise)
{
    const auto* found = attribute(node, name);
    if (found == nullptr || index >= static_cast<std::size_t>(found->ints_size())) return otherwise;
    return found->ints(static_cast<int>(index));
}

std::string text(const Node& node, std::string_view name)
{
    const auto* found = attribute(node, name);
    return found == nullptr ? std::string{} : found->s();
}

}  // namespace plumbline::io
