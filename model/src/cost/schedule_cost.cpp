// SPDX-License-Identifier: Apache-2.0
#include "plumbline/schedule_cost.hpp"

#include <algorithm>

#include "plumbline/copy_cost.hpp"
#include "plumbline/layer_cost.hpp"

namespace plumbline {
namespace {

void add(ScheduleCost& total, const Workload& workload, LayerId layer, const LayerCost& cost)
{
    const auto same = std::find_if(total.layers.begin(), total.layers.end(),
                                   [&](const ScheduledLayerCost& entry) { return entry.layer == layer; });
    if (same == total.layers.end())
        total.layers.push_back({layer, workload.layer(layer).name, cost});
    else
        same->cost += cost;
}

void add(ScheduleCost& total, std::optional<LayerId> before, const CopyCost& cost)
{
    const auto same = std::find_if(total.copies.begin(), total.copies.end(),
                                   [&](const ScheduledCopyCost& entry) { return entry.before_layer == before; });
    if (same == total.copies.end())
        total.copies.push_back({before, cost});
    else
        same->cost += cost;
}

}  // namespace

ScheduleCost predict(const Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                     Estimator estimator)
{
    check(schedule, accelerator, workload);
    ScheduleCost total;
    for_each_step(schedule, [&](const ScheduledStep& step) {
        if (const ComputeStep* compute = step.compute()) {
            LayerCost cost = layer_cost(accelerator, workload.layer(compute->layer), compute->mapping, estimator,
                                        compute->residents);
            add(total, workload, compute->layer, cost *= step.tiles.count);
        } else {
            CopyCost cost = copy_cost(accelerator, *step.copies(), estimator);
            add(total, step.copies()->before_layer, cost *= step.tiles.count);
        }
    });
    return total;
}

}  // namespace plumbline
