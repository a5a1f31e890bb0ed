// SPDX-License-Identifier: Apache-2.0
// The only file of the machine that knows the model.
#include "plumbline/copy_cost.hpp"
#include "plumbline/layer_cost.hpp"
#include "plumbline/sim/prediction.hpp"

namespace plumbline::sim {
namespace {

/// Latencies of steps; tile classes have many in common.
class StepLatencies {
public:
    StepLatencies(const plumbline::Accelerator& accelerator, const Workload& workload)
        : accelerator_{accelerator},
          workload_{workload}
    {}

    Cycles operator()(const CopyStep& step) const { return copy_cost(accelerator_, step, Estimator::refined).latency; }

    Cycles operator()(const ComputeStep& step)
    {
        for (const Known& each : known_) {
            if (same(*each.step, step)) return each.latency;
        }
        const Layer& layer = workload_.layer(step.layer);
        const LayerCost cost = layer_cost(accelerator_, layer, step.mapping, Estimator::refined, step.residents);
        known_.push_back({&step, cost.latency()});
        return known_.back().latency;
    }

private:
    static bool same(const ComputeStep& a, const ComputeStep& b)
    {
        return a.layer == b.layer && a.residents == b.residents && a.mapping == b.mapping;
    }

    struct Known {
        const ComputeStep* step;
        Cycles latency;
    };

    const plumbline::Accelerator& accelerator_;
    const Workload& workload_;
    std::vector<Known> known_;
};

}  // namespace

std::vector<std::vector<Cycles>> predicted_cycles(const plumbline::Accelerator& accelerator, const Workload& workload,
                                                  const Schedule& schedule)
{
    StepLatencies latency_of{accelerator, workload};
    std::vector<std::vector<Cycles>> cycles;
    for (const Stack& stack : schedule.stacks) {
        cycles.emplace_back();
        for (const TileClass& tile : stack.classes) {
            Cycles sum{};
            for (const Step& step : tile.steps) sum += std::visit(latency_of, step);
            cycles.back().push_back(sum);
        }
    }
    return cycles;
}

}  // namespace plumbline::sim
