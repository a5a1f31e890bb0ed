// SPDX-License-Identifier: Apache-2.0
// Which memory levels have space for two tiles of an operand, so that one can be filled while the other is used?
#pragma once

#include <array>

#include "cost/layer/layer_facts.hpp"
#include "cost/uniform/transfer.hpp"

namespace plumbline::detail::uniform {

/// Indexed by operand and array level; never at the MACs. Operands of a shared memory claim its free space in their
/// order, output first.
using DoubleBuffered = std::array<std::array<bool, kMaxArrayLevels>, kMaxOperands>;

DoubleBuffered double_buffered(const LayerFacts& layer, const MappedOperands& mapped);

}  // namespace plumbline::detail::uniform
