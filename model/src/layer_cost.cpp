// SPDX-License-Identifier: Apache-2.0
#include "plumbline/layer_cost.hpp"

#include "evaluation.hpp"
#include "mapping_cuts.hpp"

namespace plumbline {

LayerCost layer_cost(const Accelerator& accelerator, const Layer& layer, const LayerMapping& mapping,
                     Estimator estimator)
{
    const detail::CostModel model = detail::make_cost_model(accelerator, layer, mapping, estimator);
    const detail::MappingCuts loops{mapping};
    return detail::Evaluation{model, loops.cuts()}.cost();
}

}  // namespace plumbline
