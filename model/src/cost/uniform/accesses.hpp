// SPDX-License-Identifier: Apache-2.0
// Full-width words that a memory is accessed for, from what crosses its border.
//
// A port accesses whole granules. Where two levels differ in width, the slower side sets how much moves at a time.
#pragma once

#include "cost/layer/layer_facts.hpp"
#include "cost/layer/operand_accesses.hpp"
#include "cost/uniform/transfer.hpp"

namespace plumbline::detail::uniform {

/// What the upper side of a link makes of a transfer.
enum class LinkTransfers : std::uint8_t {
    split,  ///< parts of what the lower side takes in a cycle
    whole   ///< one access
};

/// As the version of the formulas has it that arrays stand for: DeFiNES, where inputs are read again in every iteration, splits
/// transfers; ZigZag v3 counts a transfer as one access.
LinkTransfers link_transfers(const OperandFacts& facts);

OperandAccesses accesses(const OperandFacts& facts, const Transfers& transfers, LinkTransfers links);

}  // namespace plumbline::detail::uniform
