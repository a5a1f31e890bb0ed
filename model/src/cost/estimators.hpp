// SPDX-License-Identifier: Apache-2.0
// The only place that chooses between the estimators: what is prepared of a mapped layer, what is said of an order of its
// loops, and how long copies take.
//
// uniform/ (averages, as DeFiNES) and refined/ (whole lanes and blocks) do not know each other, and answer with the same
// verbs, accesses and latency. Energy follows from accesses in the same way under both: layer_evaluation.hpp.
//
//     CostModel model{Estimator::refined, make_layer_facts(accelerator, layer, mapping)};
//     LatencyTerms terms = model.estimate(cuts).latency();
#pragma once

#include <variant>

#include "cost/refined/estimate.hpp"
#include "cost/uniform/estimate.hpp"
#include "plumbline/copy_route.hpp"
#include "plumbline/cost.hpp"

namespace plumbline::detail {

/// One order of loops as the chosen estimator sees it.
class LoopEstimate {
public:
    LoopEstimate(const uniform::Model& model, const LoopCuts& cuts)
        : estimate_{std::in_place_type<uniform::Estimate>, model, cuts}
    {}
    LoopEstimate(const refined::Model& model, const LoopCuts& cuts)
        : estimate_{std::in_place_type<refined::Estimate>, model, cuts}
    {}

    OperandAccesses accesses(std::size_t operand)
    {
        return std::visit([&](auto& estimate) { return estimate.accesses(operand); }, estimate_);
    }
    /// Without dispatch.
    LatencyTerms latency()
    {
        return std::visit([](auto& estimate) { return estimate.latency(); }, estimate_);
    }

private:
    std::variant<uniform::Estimate, refined::Estimate> estimate_;
};

/// A mapped layer, prepared by the chosen estimator for many orders of loops.
class CostModel {
public:
    CostModel(Estimator estimator, LayerFacts layer);

    const LayerFacts& layer() const;
    /// The same layer on an accelerator that differs in latencies, timings and dispatch alone.
    void set_time(const Accelerator& accelerator);
    /// Model and cuts must outlive it.
    LoopEstimate estimate(const LoopCuts& cuts) const;

private:
    std::variant<uniform::Model, refined::Model> model_;
};

/// Of copies that begin at the same time, without dispatch.
Cycles latency_of_copies(const Accelerator& accelerator, const std::vector<CopyTransfer>& transfers,
                         Estimator estimator);

}  // namespace plumbline::detail
