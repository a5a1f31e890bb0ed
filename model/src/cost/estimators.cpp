// SPDX-License-Identifier: Apache-2.0
#include "cost/estimators.hpp"

#include <utility>

#include "cost/refined/copy_latency.hpp"
#include "cost/uniform/copy_latency.hpp"

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

Cycles latency_of_copies(const Accelerator& accelerator, const std::vector<CopyTransfer>& transfers,
                         Estimator estimator)
{
    return estimator == Estimator::refined ? refined::copy_latency(accelerator, transfers)
                                           : uniform::copy_latency(accelerator, transfers);
}

}  // namespace plumbline::detail
