// SPDX-License-Identifier: Apache-2.0
// Which operator types do descriptions use? Ours, and those of ZigZag and ONNX that layers are called by.
#pragma once

#include <string_view>
#include <vector>

namespace plumbline::detail {

/// Whether rules of this name are for all layers of a type. Nodes of a network may be called so, whatever they compute.
bool is_operator_type(std::string_view name);

/// Whether the array does to the values of a layer's maps, one by one, what an addition is.
bool goes_by_values(std::string_view type);

std::vector<std::string_view> operator_types();

}  // namespace plumbline::detail
