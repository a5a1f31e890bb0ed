// SPDX-License-Identifier: Apache-2.0
#include "comparison/cycle_deviations.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "measurement/execution_order.hpp"

namespace plumbline::validate {
namespace {

using sim::Activity;
using IterationsOfLayers = std::map<LayerId, Cycles>;

std::int64_t iterations(const LayerMapping& mapping)
{
    std::int64_t product = 1;
    for (const auto& level : mapping.operands.front().temporal)
        for (const TemporalLoop& loop : level) product *= loop.size;
    return product;
}

/// Over all tiles: the same for whoever runs the schedule.
IterationsOfLayers iterations(const Schedule& schedule)
{
    IterationsOfLayers all;
    for_each_step(schedule, [&](const ScheduledStep& step) {
        if (const ComputeStep* compute = step.compute())
            all[compute->layer] += Cycles{iterations(compute->mapping) * step.tiles.count};
    });
    return all;
}

/// What a side says; else what the schedule does.
Cycles iterations(const RunRecord& record, const Activity& activity, const IterationsOfLayers& scheduled)
{
    const auto same = [&](const StepEntry& step) { return step.activity == activity; };
    const auto found = std::find_if(record.steps.begin(), record.steps.end(), same);
    if (found != record.steps.end() && found->iterations) return *found->iterations;
    const auto layer = scheduled.find(*activity.layer);
    return layer == scheduled.end() ? Cycles{} : layer->second;
}

/// What the machine's array waited for between iterations.
std::vector<sim::ArrayWait> stalls(const RunRecord& record, const Activity& activity)
{
    std::vector<sim::ArrayWait> all;
    for (const StepEntry& step : record.steps) {
        if (!(step.activity == activity)) continue;
        for (const sim::ArrayWait& wait : step.waits)
            if (is_stall(wait.cause) && wait.cause != sim::WaitCause::loading) all.push_back(wait);
    }
    return all;
}

Cycles difference(const Both<Cycles>& both) { return both.predicted - both.simulated; }

CycleParts parts_of_layer(const StepRow& row, const Both<Cycles>& iterations)
{
    CycleParts parts;
    parts[Phase::computing] = difference(iterations);
    parts[Phase::stall] = difference(row.computing) - difference(iterations);
    parts[Phase::loading] = difference(row.loading);
    parts[Phase::offloading] = difference(row.offloading);
    return parts;
}

CycleParts all_in(Phase phase, Cycles cycles)
{
    CycleParts parts;
    parts[phase] = cycles;
    return parts;
}

}  // namespace

std::map<LayerId, Both<Cycles>> iterations_of_layers(const Schedule& schedule, const RunRecord& predicted,
                                                     const RunRecord& simulated)
{
    const IterationsOfLayers scheduled = iterations(schedule);
    std::map<LayerId, Both<Cycles>> all;
    for (const auto& [layer, count] : scheduled) {
        const Activity activity{Activity::Kind::compute, layer};
        all[layer] = {iterations(predicted, activity, scheduled), iterations(simulated, activity, scheduled)};
    }
    return all;
}

std::vector<StepDeviation> step_deviations(const Schedule& schedule, const Comparison& comparison,
                                           const RunRecord& predicted, const RunRecord& simulated)
{
    const IterationsOfLayers scheduled = iterations(schedule);
    std::vector<StepDeviation> steps;
    for (const auto* rows : {&comparison.layers, &comparison.copies})
        for (const StepRow& row : *rows) {
            const Both<Cycles> cycles = row.cycles();
            CycleParts parts;
            if (row.activity.kind == Activity::Kind::copy) {
                parts = all_in(Phase::copying, difference(cycles));
            } else if (row.phased) {
                parts = parts_of_layer(row, {iterations(predicted, row.activity, scheduled),
                                             iterations(simulated, row.activity, scheduled)});
            } else {
                parts = all_in(Phase::other, difference(cycles));
            }
            // A step may take as long as predicted for other reasons than predicted.
            const CycleParts none;
            if (!(parts == none))
                steps.push_back({row.name, row.activity, cycles, parts, stalls(simulated, row.activity)});
        }
    return in_execution_order(std::move(steps), layer_order(schedule),
                              [](const StepDeviation& step) { return step.activity; });
}

CycleParts cycles_beside_steps(const std::vector<StepDeviation>& steps, const Comparison& comparison,
                               const RunRecord& predicted, const RunRecord& simulated)
{
    if (!comparison.latency) return {};
    Cycles in_steps{};
    for (const StepDeviation& step : steps) in_steps += step.parts.sum();
    // Files need not list all steps.
    const bool all_steps = predicted.complete && simulated.complete;
    return all_in(all_steps ? Phase::overlap : Phase::other, difference(*comparison.latency) - in_steps);
}

}  // namespace plumbline::validate
