// SPDX-License-Identifier: Apache-2.0
// What this estimator says of a mapped layer under one order of its loops: accesses and latency, as DeFiNES and ZigZag have
// them, with averages instead of edges.
//
//     Estimate estimate{model, cuts};
//     estimate.accesses(0)[level][Direction::read_up];
#pragma once

#include <optional>

#include "cost/layer/latency_terms.hpp"
#include "cost/layer/operand_accesses.hpp"
#include "cost/uniform/model.hpp"
#include "cost/uniform/transfer.hpp"
#include "plumbline/capacity_range.hpp"

namespace plumbline::detail::uniform {

/// Model and cuts must outlive it. Does not allocate.
class Estimate {
public:
    Estimate(const Model& model, const LoopCuts& cuts) : layer_{model.layer}, cuts_{cuts} {}

    OperandAccesses accesses(std::size_t operand);
    /// Whatever others take of the memories.
    LatencyTerms latency(const CapacityRanges* ranges = nullptr);

private:
    /// Reuse and transfers of every operand, worked out once.
    const MappedOperands& mapped();

    const LayerFacts& layer_;
    const LoopCuts& cuts_;
    std::optional<MappedOperands> mapped_;
};

}  // namespace plumbline::detail::uniform
