// SPDX-License-Identifier: Apache-2.0
// Attributes of a node, by name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "onnx/graph/graph.hpp"

namespace plumbline::io {

/// Null where it is not given.
const onnx::AttributeProto* attribute(const Node& node, std::string_view name);
std::int64_t integer(const Node& node, std::string_view name, std::int64_t otherwise);
/// The one at `index` of a list; `otherwise` where there is none.
std::int64_t integer_at(const Node& node, std::string_view name, std::size_t index, std::int64_t otherwise);
/// Empty where it is not given.
std::vector<std::int64_t> integers(const Node& node, std::string_view name);
/// Empty where it is not given.
std::string text(const Node& node, std::string_view name);

}  // namespace plumbline::io
