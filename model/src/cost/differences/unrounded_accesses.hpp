// SPDX-License-Identifier: Apache-2.0
// Words as uniform/ averages them, in real numbers: no average is rounded to whole elements, memories or granules.
//
// Between the two lies what rounding of averages does to a prediction; nobody predicts with this (assumption_chain.hpp).
#pragma once

#include "cost/layer/loop_elements.hpp"
#include "cost/layer/operand_accesses.hpp"
#include "cost/uniform/transfer.hpp"

namespace plumbline::detail {

/// \pre `cut` is stationary, and `transfers` are of it
OperandAccesses unrounded_accesses(const OperandFacts& facts, const LoopCut& cut, const uniform::Transfers& transfers,
                                   Spans spans);

}  // namespace plumbline::detail
