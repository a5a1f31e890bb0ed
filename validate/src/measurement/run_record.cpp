// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/run_record.hpp"

#include <algorithm>
#include <utility>

#include "plumbline/validate/energy.hpp"

namespace plumbline::validate {
namespace {

using sim::Activity;

std::string name_of_layer(const ScheduleCost& cost, std::optional<LayerId> id)
{
    if (!id) return {};
    const auto same = [&](const ScheduledLayerCost& layer) { return layer.layer == *id; };
    const auto found = std::find_if(cost.layers.begin(), cost.layers.end(), same);
    return found == cost.layers.end() ? std::to_string(*id) : found->name;
}

void add(RunRecord& record, const Activity& activity, Place place, const PerDirection<Accesses>& accesses)
{
    for (Direction direction : kAllDirections) {
        if (accesses[direction] == Accesses{}) continue;
        record.accesses.push_back({activity, place.memory, place.operand, direction, accesses[direction], {}, {}});
    }
}

void add(RunRecord& record, const ScheduledLayerCost& layer)
{
    const LayerCost& cost = layer.cost;
    const Activity activity{Activity::Kind::compute, layer.layer};
    record.steps.push_back(
        {activity, layer.name, cost.latency(), true, cost.loading, cost.offloading, cost.temporal, {}});
    for (const OperandCost& operand : cost.operands) {
        for (const LevelCost& level : operand.levels) {
            add(record, activity, {operand.memory_operand, level.memory}, level.accesses);
        }
    }
}

/// What the MAC array did in the step.
void add_use(StepEntry& step, const std::vector<sim::ActivityUse>& uses)
{
    for (const sim::ActivityUse& use : uses) {
        if (!(use.activity == step.activity)) continue;
        step.iterations = use.array.busy;
        step.waits = use.array.waits;
    }
}

void add(RunRecord& record, const ScheduledCopyCost& copy, std::string name)
{
    const Activity activity{Activity::Kind::copy, copy.before_layer};
    record.steps.push_back({activity, std::move(name), copy.cost.latency, true, {}, {}, {}, {}});
    for (const CopyTraffic& traffic : copy.cost.traffic) add(record, activity, traffic.place, traffic.accesses);
}

}  // namespace

RunRecord run_record_of(const ScheduleCost& cost, std::string estimator)
{
    RunRecord record;
    record.source = {Source::Kind::model, std::move(estimator)};
    record.complete = true;
    for (const ScheduledLayerCost& layer : cost.layers) add(record, layer);
    for (const ScheduledCopyCost& copy : cost.copies) add(record, copy, name_of_layer(cost, copy.before_layer));
    record.cycles = cost.latency();
    record.energy = cost.energy();
    return record;
}

RunRecord run_record_of(const Accelerator& accelerator, const sim::Counters& counters, const Workload* workload)
{
    RunRecord record;
    record.source.kind = Source::Kind::machine;
    record.complete = true;
    for (const sim::Traffic& each : counters.traffic) {
        if (each.words == Accesses{}) continue;
        record.accesses.push_back(
            {each.activity, each.memory, each.operand, each.direction, each.words, {}, each.bits});
    }
    for (const sim::ActivityTime& each : counters.times) {
        const bool named = workload != nullptr && each.activity.layer;
        const std::string name = named ? workload->layer(*each.activity.layer).name : std::string{};
        record.steps.push_back({each.activity, name, each.cycles, true, each.loading, each.offloading, {}, {}});
        add_use(record.steps.back(), counters.uses);
    }
    for (const sim::PortActivity& each : counters.ports) record.ports.push_back({each.memory, each.port, each.busy});
    record.cycles = counters.cycles;
    record.energy = energy(accelerator, counters);
    record.overcommitted = !counters.findings.empty();
    return record;
}

}  // namespace plumbline::validate
