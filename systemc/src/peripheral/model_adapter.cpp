// SPDX-License-Identifier: Apache-2.0
// The only file of the machine that knows the model.
#include "peripheral/prediction.hpp"
#include "plumbline/copy_cost.hpp"
#include "plumbline/layer_cost.hpp"

namespace plumbline::sim {
namespace {

/// Of one step.
struct StepLatency {
    const plumbline::Accelerator& accelerator;
    const Workload& workload;

    Cycles operator()(const CopyStep& step) const { return copy_cost(accelerator, step, Estimator::refined).latency; }

    Cycles operator()(const ComputeStep& step) const
    {
        const Layer& layer = workload.layer(step.layer);
        return layer_cost(accelerator, layer, step.mapping, Estimator::refined, step.residents).latency();
    }
};

}  // namespace

std::vector<std::vector<Cycles>> predicted_cycles(const plumbline::Accelerator& accelerator, const Workload& workload,
                                                  const Schedule& schedule)
{
    const StepLatency latency_of{accelerator, workload};
    std::vector<std::vector<Cycles>> cycles;
    for (const Stack& stack : schedule.stacks) cycles.emplace_back(stack.classes.size());
    for_each_step(schedule, [&](const ScheduledStep& step) {
        cycles[step.stack][step.tile_class] += std::visit(latency_of, step.what);
    });
    return cycles;
}

}  // namespace plumbline::sim
