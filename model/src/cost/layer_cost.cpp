// SPDX-License-Identifier: Apache-2.0
#include "plumbline/layer_cost.hpp"

#include "cost/layer/loop_cuts.hpp"
#include "cost/layer_evaluation.hpp"

namespace plumbline {

LayerCost layer_cost(const Accelerator& accelerator, const Layer& layer, const LayerMapping& mapping,
                     Estimator estimator, const std::vector<Resident>& residents)
{
    const detail::CostModel model =
        detail::make_cost_model(accelerator, layer, mapping, estimator, bits_held_by(residents, accelerator));
    const detail::MappingCuts loops{mapping};
    return detail::Evaluation{model, loops.cuts()}.cost();
}

}  // namespace plumbline
