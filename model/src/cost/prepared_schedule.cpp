// SPDX-License-Identifier: Apache-2.0
#include "plumbline/prepared_schedule.hpp"

#include <algorithm>
#include <cassert>

#include "plumbline/schedule_cost.hpp"

namespace plumbline {
namespace {

using Words = PreparedPart::Words;

void add(std::vector<Words>& all, const Words& some)
{
    const auto same =
        std::find_if(all.begin(), all.end(), [&](const Words& each) { return each.memory == some.memory; });
    if (same == all.end()) {
        all.push_back(some);
        return;
    }
    same->reads += some.reads;
    same->writes += some.writes;
}

void add(std::vector<Words>& all, MemoryId memory, const PerDirection<Accesses>& accesses)
{
    Words words{memory, {}, {}};
    for (Direction direction : kAllDirections) (is_read(direction) ? words.reads : words.writes) += accesses[direction];
    add(all, words);
}

PreparedPart part_of(const ScheduledLayerCost& layer)
{
    PreparedPart part;
    part.layer = layer.layer;
    part.macs = layer.cost.macs;
    part.latency = layer.cost.latency();
    for (const OperandCost& operand : layer.cost.operands)
        for (const LevelCost& level : operand.levels) add(part.words, level.memory, level.accesses);
    return part;
}

PreparedPart part_of(const ScheduledCopyCost& copies)
{
    PreparedPart part;
    part.copies = true;
    part.layer = copies.before_layer;
    part.latency = copies.cost.latency;
    for (const CopyTraffic& traffic : copies.cost.traffic) add(part.words, traffic.place.memory, traffic.accesses);
    return part;
}

void count_steps(std::vector<PreparedPart>& parts, const Schedule& schedule)
{
    for_each_step(schedule, [&](const ScheduledStep& step) {
        const ComputeStep* compute = step.compute();
        const auto part = std::find_if(parts.begin(), parts.end(), [&](const PreparedPart& each) {
            return compute != nullptr ? !each.copies && each.layer == compute->layer
                                      : each.copies && each.layer == step.copies()->before_layer;
        });
        assert(part != parts.end());
        part->steps += step.tiles.count;
    });
}

}  // namespace

Rates rates_of(const Accelerator& accelerator)
{
    Rates rates{accelerator.array().mac_energy, {}, accelerator.dispatch()};
    for (const Memory& memory : accelerator.memories())
        rates.words.push_back({memory.read_energy, memory.write_energy});
    return rates;
}

PredictedCost PreparedPart::predict(const Rates& rates) const noexcept
{
    PredictedCost cost{static_cast<double>(macs) * rates.mac, latency + steps * rates.dispatch};
    for (const Words& each : words) {
        assert(each.memory < rates.words.size());
        const WordRates& word = rates.words[each.memory];
        cost.energy += each.reads.count() * word.read + each.writes.count() * word.write;
    }
    return cost;
}

PreparedSchedule::PreparedSchedule(const Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                                   Estimator estimator)
{
    const ScheduleCost cost = plumbline::predict(accelerator, workload, schedule, estimator);
    for (const ScheduledLayerCost& layer : cost.layers) parts_.push_back(part_of(layer));
    for (const ScheduledCopyCost& copies : cost.copies) parts_.push_back(part_of(copies));
    count_steps(parts_, schedule);
    for (PreparedPart& part : parts_) {
        part.latency -= part.steps * accelerator.dispatch();
        all_.macs += part.macs;
        all_.steps += part.steps;
        all_.latency += part.latency;
        for (const Words& words : part.words) add(all_.words, words);
    }
}

}  // namespace plumbline
