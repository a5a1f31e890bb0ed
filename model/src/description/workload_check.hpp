// SPDX-License-Identifier: Apache-2.0
// Is a layer one that can be computed? Sizes, precisions and operands, checked on their own.
//
// Fields in the errors are named as in ZigZag's workload description, so that a reader can point at the line.
#pragma once

#include <string>

#include "plumbline/workload.hpp"

namespace plumbline {

/// \throws InputError whose field begins with `field`
void check_layer(const Layer& layer, const std::string& field);

}  // namespace plumbline
