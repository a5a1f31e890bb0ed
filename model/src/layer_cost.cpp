// SPDX-License-Identifier: Apache-2.0
#include "plumbline/layer_cost.hpp"

#include <cassert>

#include "evaluation.hpp"

namespace plumbline {

LayerCost layer_cost(const Accelerator& accelerator, const Layer& layer, const LayerMapping& mapping,
                     Estimator estimator)
{
    const detail::CostModel model = detail::make_cost_model(accelerator, layer, mapping, estimator);
    std::array<std::vector<TemporalLoop>, detail::kMaxOperands> loops;
    detail::LoopCuts cuts;
    for (std::size_t i = 0; i < model.layer.operands; ++i) {
        cuts[i].cut[0] = 0;
        for (std::size_t level = 0; level < model.layer.operand[i].levels; ++level) {
            const auto& here = mapping.operands[i].temporal[level];
            loops[i].insert(loops[i].end(), here.begin(), here.end());
            cuts[i].cut[level + 1] = loops[i].size();
        }
        cuts[i].loops = loops[i].data();
        cuts[i].count = loops[i].size();
    }
    return detail::Evaluation{model, cuts}.cost();
}

}  // namespace plumbline
