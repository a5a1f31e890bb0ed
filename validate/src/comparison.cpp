// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "execution_order.hpp"
#include "plumbline/validate/energy.hpp"

namespace plumbline::validate {
namespace {

using sim::Activity;

/// Memories count from the MACs up, so the order of the keys is that of the hierarchy.
using Border = std::tuple<MemoryId, MemoryOperand, Direction>;
using Borders = std::map<Border, Both<Accesses>>;

bool within(double deviation, double tolerance) { return std::abs(deviation) <= tolerance; }

void add_predicted(Borders& borders, MemoryId memory, MemoryOperand operand, const PerDirection<Accesses>& accesses)
{
    for (Direction direction : kAllDirections) {
        if (accesses[direction] == Accesses{}) continue;
        borders[{memory, operand, direction}].predicted += accesses[direction];
    }
}

void add_predicted(Borders& borders, const ScheduleCost& cost)
{
    for (const ScheduledLayerCost& layer : cost.layers) {
        for (const OperandCost& operand : layer.cost.operands) {
            for (const LevelCost& level : operand.levels) {
                add_predicted(borders, level.memory, operand.memory_operand, level.accesses);
            }
        }
    }
    for (const ScheduledCopyCost& copy : cost.copies) {
        for (const CopyTraffic& traffic : copy.cost.traffic) {
            add_predicted(borders, traffic.place.memory, traffic.place.operand, traffic.accesses);
        }
    }
}

void add_simulated(Borders& borders, const sim::Counters& counters)
{
    for (const sim::Traffic& traffic : counters.traffic) {
        if (traffic.words == Accesses{}) continue;
        borders[{traffic.memory, traffic.operand, traffic.direction}].simulated += traffic.words;
    }
}

std::vector<AccessRow> access_rows(const ScheduleCost& predicted, const sim::Counters& simulated, double tolerance)
{
    Borders borders;
    add_predicted(borders, predicted);
    add_simulated(borders, simulated);
    std::vector<AccessRow> rows;
    for (const auto& [border, accesses] : borders) {
        const auto [memory, operand, direction] = border;
        rows.push_back({memory, operand, direction, accesses, within(accesses.deviation(), tolerance)});
    }
    std::stable_sort(rows.begin(), rows.end(), [](const AccessRow& a, const AccessRow& b) {
        if (a.within != b.within) return b.within;
        return !a.within && std::abs(a.accesses.deviation()) > std::abs(b.accesses.deviation());
    });
    return rows;
}

/// One row per step that either side knows.
class Steps {
public:
    StepRow& of(const Activity& activity, const std::string& name)
    {
        const auto same = [&](const StepRow& row) { return row.activity == activity; };
        const auto found = std::find_if(rows_.begin(), rows_.end(), same);
        if (found != rows_.end()) return *found;
        StepRow row;
        row.name = name;
        row.activity = activity;
        rows_.push_back(std::move(row));
        return rows_.back();
    }

    /// Layers or copies, in the order in which they run.
    std::vector<StepRow> judged(Activity::Kind kind, double tolerance, const std::vector<LayerId>& order) const
    {
        std::vector<StepRow> chosen;
        for (const StepRow& row : rows_) {
            if (row.activity.kind != kind) continue;
            chosen.push_back(row);
            chosen.back().within = within(row.cycles().deviation(), tolerance);
        }
        return in_execution_order(std::move(chosen), order, [](const StepRow& row) { return row.activity; });
    }

private:
    std::vector<StepRow> rows_;
};

std::string name_of_layer(const ScheduleCost& cost, std::optional<LayerId> id)
{
    if (!id) return {};
    const auto same = [&](const ScheduledLayerCost& layer) { return layer.layer == *id; };
    const auto found = std::find_if(cost.layers.begin(), cost.layers.end(), same);
    return found == cost.layers.end() ? std::to_string(*id) : found->name;
}

void add_predicted(Steps& steps, const ScheduleCost& cost)
{
    for (const ScheduledCopyCost& copy : cost.copies) {
        StepRow& row = steps.of({Activity::Kind::copy, copy.before_layer}, name_of_layer(cost, copy.before_layer));
        row.computing.predicted += copy.cost.latency;
    }
    for (const ScheduledLayerCost& layer : cost.layers) {
        StepRow& row = steps.of({Activity::Kind::compute, layer.layer}, layer.name);
        row.computing.predicted += layer.cost.temporal + layer.cost.stall;
        row.loading.predicted += layer.cost.loading;
        row.offloading.predicted += layer.cost.offloading;
    }
}

void add_simulated(Steps& steps, const ScheduleCost& names, const sim::Counters& counters)
{
    for (const sim::ActivityTime& time : counters.times) {
        StepRow& row = steps.of(time.activity, name_of_layer(names, time.activity.layer));
        row.computing.simulated += time.cycles - time.loading - time.offloading;
        row.loading.simulated += time.loading;
        row.offloading.simulated += time.offloading;
    }
}

std::vector<LayerId> layer_order(const ScheduleCost& cost)
{
    std::vector<LayerId> order;
    for (const ScheduledLayerCost& layer : cost.layers) order.push_back(layer.layer);
    return order;
}

/// A copy that both sides agree takes no time is nothing to report.
void drop_idle(std::vector<StepRow>& copies)
{
    const auto idle = [](const StepRow& row) {
        return row.cycles().predicted == Cycles{} && row.cycles().simulated == Cycles{};
    };
    copies.erase(std::remove_if(copies.begin(), copies.end(), idle), copies.end());
}

template <class Row>
bool all_within(const std::vector<Row>& rows)
{
    return std::all_of(rows.begin(), rows.end(), [](const Row& row) { return row.within; });
}

}  // namespace

double deviation(double predicted, double simulated)
{
    if (simulated != 0) return (predicted - simulated) / simulated;
    return predicted == 0 ? 0 : std::copysign(std::numeric_limits<double>::infinity(), predicted);
}

Both<Cycles> StepRow::cycles() const
{
    return {computing.predicted + loading.predicted + offloading.predicted,
            computing.simulated + loading.simulated + offloading.simulated};
}

Comparison compare(const Accelerator& accelerator, const ScheduleCost& predicted, const sim::Counters& simulated,
                   const Tolerances& tolerances)
{
    Steps steps;
    add_predicted(steps, predicted);
    add_simulated(steps, predicted, simulated);

    const std::vector<LayerId> order = layer_order(predicted);
    Comparison comparison;
    comparison.accesses = access_rows(predicted, simulated, tolerances.accesses);
    comparison.layers = steps.judged(Activity::Kind::compute, tolerances.latency, order);
    comparison.copies = steps.judged(Activity::Kind::copy, tolerances.latency, order);
    drop_idle(comparison.copies);
    comparison.energy = {predicted.energy(), energy(accelerator, simulated)};
    comparison.latency = {predicted.latency(), simulated.cycles};
    comparison.within_tolerance = all_within(comparison.accesses) && all_within(comparison.layers) &&
                                  all_within(comparison.copies) &&
                                  within(comparison.latency.deviation(), tolerances.latency);
    return comparison;
}

}  // namespace plumbline::validate
