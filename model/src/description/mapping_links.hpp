// SPDX-License-Identifier: Apache-2.0
// Which memory operand holds an operand of a layer, and may it?
//
// What layers make goes up as partial sums and down again, which ports of O alone are there for; what they read comes down, by I1 or I2.
#pragma once

#include <cstddef>

#include "plumbline/mapping.hpp"

namespace plumbline::detail {

/// \param operand 0: the output of the layer, else 1 more than the index of an input
/// \throws InputError where the rule does not say, or has the output elsewhere than in O, or an input there
MemoryOperand checked_link(const MappingRule& rule, const Layer& layer, std::size_t operand);

/// The same of all operands of a layer.
void check_links(const MappingRule& rule, const Layer& layer);

}  // namespace plumbline::detail
