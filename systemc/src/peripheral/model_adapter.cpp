// SPDX-License-Identifier: Apache-2.0
// The only file of the machine that knows the model.
#include "peripheral/prediction.hpp"
#include "plumbline/copy_cost.hpp"
#include "plumbline/layer_cost.hpp"

namespace plumbline::sim {
namespace {

/// Of one step.
struct StepPrediction {
    const plumbline::Accelerator& accelerator;
    const Workload& workload;

    StepTime operator()(const CopyStep& step) const
    {
        return {copy_cost(accelerator, step, Estimator::refined).latency, {}, {}};
    }

    StepTime operator()(const ComputeStep& step) const
    {
        const Layer& layer = workload.layer(step.layer);
        const LayerCost cost = layer_cost(accelerator, layer, step.mapping, Estimator::refined, step.residents);
        return {cost.latency(), cost.loading, cost.offloading};
    }
};

}  // namespace

std::vector<ClassTimes> predicted_times(const plumbline::Accelerator& accelerator, const Workload& workload,
                                        const Schedule& schedule)
{
    const StepPrediction time_of{accelerator, workload};
    std::vector<ClassTimes> times;
    for (const Stack& stack : schedule.stacks) times.emplace_back(stack.classes.size());
    for_each_step(schedule, [&](const ScheduledStep& step) {
        times[step.stack][step.tile_class].push_back(std::visit(time_of, step.what));
    });
    return times;
}

Cycles sum(const std::vector<StepTime>& steps)
{
    Cycles sum{};
    for (const StepTime& step : steps) sum += step.cycles;
    return sum;
}

}  // namespace plumbline::sim
