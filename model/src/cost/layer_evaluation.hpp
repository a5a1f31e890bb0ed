// SPDX-License-Identifier: Apache-2.0
// Evaluates one set of loop cuts step by step, so that a search can stop after the energy.
//
//     Evaluation evaluation{model, cuts};
//     if (evaluation.energy() < best) latency = evaluation.latency();
#pragma once

#include <array>
#include <optional>

#include "cost/layer/mapped_layer.hpp"
#include "cost/refined/lanes.hpp"
#include "cost/uniform/latency.hpp"
#include "cost/uniform/reuse.hpp"
#include "plumbline/cost.hpp"

namespace plumbline::detail {

using LoopCuts = std::array<LoopCut, kMaxOperands>;

/// A layer with what its estimator counts by.
struct CostModel {
    LayerModel layer;
    std::optional<LaneModel> lanes;  ///< of Estimator::refined
};

/// \param taken space in each memory that others than the layer's operands hold; empty: none
CostModel make_cost_model(const Accelerator& accelerator, const Layer& layer, const LayerMapping& mapping,
                          Estimator estimator, const std::vector<Bits>& taken = {});

/// The same layer on an accelerator that differs in latencies, timings and dispatch alone.
void set_time(CostModel& model, const Accelerator& accelerator);

/// Of one order of loops and its cuts, which must outlive it. Energy and latency do not allocate (but see
/// lane_accesses and lane_latency).
class Evaluation {
public:
    Evaluation(const CostModel& model, const LoopCuts& cuts) : model_{model}, cuts_{cuts} {}

    /// MACs and memories, in picojoules.
    double energy();
    /// Cycles including offloading.
    std::int64_t latency();
    LatencyTerms latency_terms();
    LayerCost cost();

private:
    OperandAccesses accesses(std::size_t operand);
    double memory_energy();
    /// Reuse and transfers of every operand, worked out once.
    const MappedOperands& mapped();

    const CostModel& model_;
    const LoopCuts& cuts_;
    std::optional<MappedOperands> mapped_;
};

}  // namespace plumbline::detail
