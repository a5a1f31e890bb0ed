// SPDX-License-Identifier: Apache-2.0
// Evaluates one set of loop cuts step by step, so that a search can stop after the energy.
//
// Energy is accesses times energy per word, and that of the MACs, whichever estimator counts the accesses. The latency of a
// layer begins with the dispatch of its step.
//
//     Evaluation evaluation{model, cuts};
//     if (evaluation.energy() < best) latency = evaluation.latency();
#pragma once

#include "cost/estimators.hpp"

namespace plumbline::detail {

/// \param held bits in each memory that others than the layer's operands hold; empty: none
CostModel make_cost_model(const Accelerator& accelerator, const Layer& layer, const LayerMapping& mapping,
                          Estimator estimator, const std::vector<Bits>& held = {});

/// Of all MACs, in picojoules.
double mac_energy(const LayerFacts& layer);
/// Of one operand in all its memories, in picojoules.
double memory_energy(const OperandFacts& facts, const OperandAccesses& accesses);

/// Of one order of loops and its cuts, which must outlive it. Energy and latency do not allocate (but see
/// refined::accesses and refined::latency).
class Evaluation {
public:
    Evaluation(const CostModel& model, const LoopCuts& cuts) : layer_{model.layer()}, estimate_{model.estimate(cuts)} {}

    /// MACs and memories, in picojoules.
    double energy();
    /// Cycles including dispatch and offloading. \param ranges null, or narrowed to the space with which it is the same
    std::int64_t latency(CapacityRanges* ranges = nullptr) { return latency_terms(ranges).total(); }
    LayerCost cost();

private:
    double memory_energy();
    LatencyTerms latency_terms(CapacityRanges* ranges = nullptr);

    const LayerFacts& layer_;
    LoopEstimate estimate_;
};

}  // namespace plumbline::detail
