// SPDX-License-Identifier: Apache-2.0
#include "plumbline/cost.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace plumbline {
namespace {

template <class Quantity, class Factor>
void scale(PerDirection<Quantity>& values, Factor factor)
{
    for (Direction d : kAllDirections) values[d] *= static_cast<typename Quantity::rep>(factor);
}

template <class Quantity>
void add(PerDirection<Quantity>& values, const PerDirection<Quantity>& others)
{
    for (Direction d : kAllDirections) values[d] += others[d];
}

/// Both LevelCost and CopyTraffic.
template <class Cost>
void add_traffic(Cost& cost, const Cost& other)
{
    add(cost.accesses, other.accesses);
    add(cost.energy, other.energy);
}

template <class Cost>
void scale_traffic(Cost& cost, std::int64_t times)
{
    scale(cost.accesses, times);
    scale(cost.energy, times);
}

void add_levels(OperandCost& cost, const OperandCost& other)
{
    for (std::size_t level = 0; level < other.levels.size(); ++level) {
        if (level < cost.levels.size())
            add_traffic(cost.levels[level], other.levels[level]);
        else
            cost.levels.push_back(other.levels[level]);
    }
}

template <class Entries, class Value>
Value sum(const Entries& entries, Value (*value_of)(const typename Entries::value_type&))
{
    return std::accumulate(entries.begin(), entries.end(), Value{},
                           [&](Value total, const auto& entry) { return total + value_of(entry); });
}

}  // namespace

std::string_view name_of(Estimator estimator) { return estimator == Estimator::uniform ? "uniform" : "refined"; }

std::optional<Estimator> estimator_named(std::string_view name)
{
    for (Estimator estimator : {Estimator::uniform, Estimator::refined})
        if (name == name_of(estimator)) return estimator;
    return std::nullopt;
}

LayerCost& LayerCost::operator*=(std::int64_t times)
{
    const auto factor = static_cast<double>(times);
    macs *= times;
    mac_energy *= factor;
    memory_energy *= factor;
    for (OperandCost& operand : operands)
        for (LevelCost& level : operand.levels) scale_traffic(level, times);
    for (Cycles* cycles : {&ideal, &temporal, &stall, &loading, &offloading}) *cycles *= times;
    return *this;
}

LayerCost& LayerCost::operator+=(const LayerCost& other)
{
    assert(operands.size() == other.operands.size());
    macs += other.macs;
    mac_energy += other.mac_energy;
    memory_energy += other.memory_energy;
    for (std::size_t i = 0; i < operands.size(); ++i) add_levels(operands[i], other.operands[i]);
    ideal += other.ideal;
    temporal += other.temporal;
    stall += other.stall;
    loading += other.loading;
    offloading += other.offloading;
    return *this;
}

CopyCost& CopyCost::operator*=(std::int64_t times)
{
    energy *= static_cast<double>(times);
    latency *= times;
    for (CopyTraffic& each : traffic) scale_traffic(each, times);
    return *this;
}

CopyCost& CopyCost::operator+=(const CopyCost& other)
{
    energy += other.energy;
    latency += other.latency;
    for (const CopyTraffic& each : other.traffic) {
        const auto same = std::find_if(traffic.begin(), traffic.end(),
                                       [&](const CopyTraffic& mine) { return mine.place == each.place; });
        if (same == traffic.end())
            traffic.push_back(each);
        else
            add_traffic(*same, each);
    }
    return *this;
}

std::int64_t ScheduleCost::macs() const
{
    return sum<std::vector<ScheduledLayerCost>, std::int64_t>(layers, [](const auto& l) { return l.cost.macs; });
}

Picojoules ScheduleCost::energy() const
{
    return sum<std::vector<ScheduledLayerCost>, Picojoules>(layers, [](const auto& l) { return l.cost.energy(); }) +
           sum<std::vector<ScheduledCopyCost>, Picojoules>(copies, [](const auto& c) { return c.cost.energy; });
}

Cycles ScheduleCost::copy_latency() const
{
    return sum<std::vector<ScheduledCopyCost>, Cycles>(copies, [](const auto& c) { return c.cost.latency; });
}

Cycles ScheduleCost::latency() const
{
    return copy_latency() +
           sum<std::vector<ScheduledLayerCost>, Cycles>(layers, [](const auto& l) { return l.cost.latency(); });
}

Cycles ScheduleCost::latency_without_offloading() const
{
    return copy_latency() + sum<std::vector<ScheduledLayerCost>, Cycles>(
                                layers, [](const auto& l) { return l.cost.latency_without_offloading(); });
}

}  // namespace plumbline
