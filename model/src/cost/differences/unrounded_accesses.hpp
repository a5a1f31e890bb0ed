// SPDX-License-Identifier: Apache-2.0
// Words as accesses.hpp averages them, in real numbers: no average is rounded to whole elements, memories or granules.
//
// Between the two lies what rounding of averages does to a prediction; nobody predicts with this (access_chain.hpp).
#pragma once

#include "cost/layer/loop_elements.hpp"
#include "cost/refined/lanes.hpp"
#include "cost/uniform/reuse.hpp"
#include "cost/uniform/transfer.hpp"

namespace plumbline::detail {

/// Words at each level, all units together. \pre `cut` is stationary, and `transfers` are of it
OperandAccesses real_accesses(const OperandFacts& facts, const LoopCut& cut, const Transfers& transfers, Spans spans);

}  // namespace plumbline::detail
