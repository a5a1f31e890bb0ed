// SPDX-License-Identifier: Apache-2.0
// What this estimator says of a mapped layer under one order of its loops: accesses and latency, as a machine of whole lanes
// has them that fetches blocks.
//
//     Estimate estimate{model, cuts};
//     estimate.accesses(0)[level][Direction::read_up];
#pragma once

#include "cost/layer/latency_terms.hpp"
#include "cost/layer/loop_cuts.hpp"
#include "cost/layer/operand_accesses.hpp"
#include "cost/refined/model.hpp"
#include "plumbline/capacity_range.hpp"

namespace plumbline::detail::refined {

/// Model and cuts must outlive it.
class Estimate {
public:
    Estimate(const Model& model, const LoopCuts& cuts) : model_{model}, cuts_{cuts} {}

    OperandAccesses accesses(std::size_t operand) const;
    LatencyTerms latency(CapacityRanges* ranges = nullptr) const;

private:
    const Model& model_;
    const LoopCuts& cuts_;
};

}  // namespace plumbline::detail::refined
