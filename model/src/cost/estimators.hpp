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

#include "cost/layer/decided_links.hpp"
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
    /// Without dispatch. \param ranges null, or narrowed to the space with which it is the same
    LatencyTerms latency(CapacityRanges* ranges = nullptr)
    {
        return std::visit([&](auto& estimate) { return estimate.latency(ranges); }, estimate_);
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

    /// Accesses of one operand alone.
    OperandAccesses accesses(std::size_t operand, const LoopCut& cut) const;
    /// Accesses of one operand, as if no block of an input stayed while a loop outside of it advances: what crosses the
    /// border of a level depends on the loops below alone.
    OperandAccesses moved(std::size_t operand, const LoopCut& cut) const;
    /// Energy that such a loop saves, since features are there already: 0 under `uniform`.
    /// \param above level at the upper end of the link: 0 for blocks of one iteration at the MACs
    /// \param block iterations of the block \param steps below the loop
    double staying_energy(std::size_t operand, std::size_t above, const LoopSizes& block, const LoopSizes& steps,
                          const TemporalLoop& loop) const;
    /// The words that such a loop saves at both ends of the link.
    StayingWords staying_words(std::size_t operand, std::size_t above, const LoopSizes& block, const LoopSizes& steps,
                               const TemporalLoop& loop) const;
    /// Whether any such loop may.
    bool windows_stay() const { return std::holds_alternative<refined::Model>(model_); }
    /// Whether no mapping is said to take fewer cycles than its busiest port needs for its words (least_port_time.hpp).
    bool bounded_by_ports() const { return std::holds_alternative<refined::Model>(model_); }
    /// Of each link's first fill, or of its last drain for the output: they depend on the loops below the cut alone. 0 where the
    /// estimator says it otherwise.
    LinkCycles first_or_last(std::size_t operand, const LoopCut& cut) const;
    /// Cycles with dispatch that no mapping is below which has the links that are decided, whatever lies outside of them.
    /// \param cuts of all loops, in any order outside of what is decided
    std::int64_t least_latency(const LoopCuts& cuts, const DecidedLinks& decided) const;

private:
    std::variant<uniform::Model, refined::Model> model_;
};

/// Of copies that begin at the same time, without dispatch.
Cycles latency_of_copies(const Accelerator& accelerator, const std::vector<CopyTransfer>& transfers,
                         Estimator estimator);

}  // namespace plumbline::detail
