// SPDX-License-Identifier: Apache-2.0
// Is a layer one that can be computed? Sizes, precisions and operands, checked on their own.
//
// Fields in the errors are named as in ZigZag's workload description, so that a reader can point at the line.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "plumbline/workload.hpp"

namespace plumbline {

/// \throws InputError whose field begins with `field`
void check_layer(const Layer& layer, const std::string& field);

/// Are the layers together small enough? A stack that fuses many layers computes what its last tile needs of each: rows and
/// columns grow from layer to layer, where maps have no edges. \param order positions in `layers`, sources first
/// \throws InputError
void check_together(const std::vector<Layer>& layers, const std::vector<std::size_t>& order, bool bounded);

}  // namespace plumbline
