// SPDX-License-Identifier: Apache-2.0
#include "cost/estimators.hpp"

#include <utility>

#include "cost/refined/accesses.hpp"
#include "cost/refined/copy_latency.hpp"
#include "cost/refined/latency.hpp"
#include "cost/uniform/accesses.hpp"
#include "cost/uniform/copy_latency.hpp"
#include "cost/uniform/latency.hpp"

namespace plumbline::detail {
namespace {

std::variant<uniform::Model, refined::Model> prepared(Estimator estimator, LayerFacts layer)
{
    if (estimator == Estimator::refined) return refined::Model{std::move(layer)};
    return uniform::Model{std::move(layer)};
}

}  // namespace

CostModel::CostModel(Estimator estimator, LayerFacts layer) : model_{prepared(estimator, std::move(layer))} {}

const LayerFacts& CostModel::layer() const
{
    return std::visit([](const auto& model) -> const LayerFacts& { return model.layer; }, model_);
}

void CostModel::set_time(const Accelerator& accelerator)
{
    std::visit([&](auto& model) { model.set_time(accelerator); }, model_);
}

LoopEstimate CostModel::estimate(const LoopCuts& cuts) const
{
    return std::visit([&](const auto& model) { return LoopEstimate{model, cuts}; }, model_);
}

OperandAccesses CostModel::accesses(std::size_t operand, const LoopCut& cut) const
{
    const OperandFacts& facts = layer().operand[operand];
    if (const auto* refined = std::get_if<refined::Model>(&model_))
        return refined::accesses(facts, refined->lanes.operand[operand], cut);
    const uniform::Reuse reuse = uniform::analyse_reuse(facts, uniform::stationary(facts, cut));
    return uniform::accesses(facts, transfers_of(facts, reuse), uniform::link_transfers(facts));
}

OperandAccesses CostModel::moved(std::size_t operand, const LoopCut& cut) const
{
    const OperandFacts& facts = layer().operand[operand];
    if (const auto* refined = std::get_if<refined::Model>(&model_)) {
        refined::Counting counting;
        counting.windows_stay = false;
        return refined::accesses(facts, refined->lanes.operand[operand], cut, counting);
    }
    return accesses(operand, cut);
}

StayingWords CostModel::staying_words(std::size_t operand, std::size_t above, const LoopSizes& block,
                                      const LoopSizes& steps, const TemporalLoop& loop) const
{
    const auto* refined = std::get_if<refined::Model>(&model_);
    if (refined == nullptr) return {};
    return refined::staying_words(refined->layer.operand[operand], refined->lanes.operand[operand], above, block, steps,
                                  loop);
}

double CostModel::staying_energy(std::size_t operand, std::size_t above, const LoopSizes& block, const LoopSizes& steps,
                                 const TemporalLoop& loop) const
{
    const StayingWords words = staying_words(operand, above, block, steps, loop);
    const OperandFacts& facts = layer().operand[operand];
    const double below = above > 0 ? words.below * facts.level[above - 1].write_energy : 0;
    return below + words.above * facts.level[above].read_energy;
}

LinkCycles CostModel::first_or_last(std::size_t operand, const LoopCut& cut) const
{
    const auto* refined = std::get_if<refined::Model>(&model_);
    return refined == nullptr ? LinkCycles{} : refined::first_or_last(*refined, cut, operand);
}

std::int64_t CostModel::least_latency(const LoopCuts& cuts, const DecidedLinks& decided) const
{
    const std::int64_t dispatch = layer().dispatch;
    if (const auto* refined = std::get_if<refined::Model>(&model_))
        return dispatch + refined::least_latency(*refined, cuts, decided);
    return dispatch + uniform::least_latency(layer(), uniform::map_operands(layer(), cuts), decided);
}

Cycles latency_of_copies(const Accelerator& accelerator, const std::vector<CopyTransfer>& transfers,
                         Estimator estimator)
{
    return estimator == Estimator::refined ? refined::copy_latency(accelerator, transfers)
                                           : uniform::copy_latency(accelerator, transfers);
}

}  // namespace plumbline::detail
