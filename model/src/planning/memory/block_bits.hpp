// SPDX-License-Identifier: Apache-2.0
// How much does a mapping keep of an operand at one of its levels?
#pragma once

#include "plumbline/mapping.hpp"

namespace plumbline::detail {

/// The block of one instance, at its fullest; sums as partial ones where the level or one above adds to them.
/// \param operand index into the mapping's operands: output first, then the inputs
Bits block_bits(const Layer& layer, const LayerMapping& mapping, std::size_t operand, std::size_t level);

}  // namespace plumbline::detail
