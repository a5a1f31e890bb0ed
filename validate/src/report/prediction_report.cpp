// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <utility>
#include <vector>

#include "measurement/execution_order.hpp"
#include "measurement/step_labels.hpp"
#include "plumbline/text_stream.hpp"
#include "plumbline/validate/report.hpp"
#include "plumbline/validate/table.hpp"
#include "report/json_parts.hpp"
#include "report/memory_report.hpp"
#include "report/text_parts.hpp"
#include "report/time_report.hpp"

namespace plumbline::validate {
namespace {

sim::Activity activity_of(const ScheduledCopyCost& copy) { return {sim::Activity::Kind::copy, copy.before_layer}; }

std::vector<ScheduledCopyCost> copies_in_order(const Subject& subject, const ScheduleCost& cost)
{
    return in_execution_order(cost.copies, layer_order(subject.schedule), activity_of);
}

void add_layer(Table& table, const ScheduledLayerCost& layer)
{
    const LayerCost& cost = layer.cost;
    table.add({layer.name, grouped(cost.macs), picojoules(cost.energy()), picojoules(cost.mac_energy),
               cycles(cost.latency()), cycles(cost.temporal), cycles(cost.stall), cycles(cost.loading),
               cycles(cost.offloading)});
}

void add_copy(Table& table, const Subject& subject, const ScheduledCopyCost& copy)
{
    table.add({step_label(subject.workload, activity_of(copy)), "", picojoules(copy.cost.energy), "",
               cycles(copy.cost.latency), "", "", "", ""});
}

Table step_table(const Subject& subject, const ScheduleCost& cost)
{
    Table table{{"step", Align::left}, {"MACs"},   {"energy [pJ]"}, {"of it MACs [pJ]"}, {"latency [cycles]"},
                {"computing"},         {"stalls"}, {"loading"},     {"offloading"}};
    const std::vector<ScheduledCopyCost> copies = copies_in_order(subject, cost);
    auto copy = copies.begin();
    for (; copy != copies.end() && !copy->before_layer; ++copy) add_copy(table, subject, *copy);
    for (const ScheduledLayerCost& layer : cost.layers) {
        for (; copy != copies.end() && copy->before_layer == layer.layer; ++copy) add_copy(table, subject, *copy);
        add_layer(table, layer);
    }
    table.add_rule();
    const CostSummary sum = summarise(subject.accelerator, subject.workload, cost);
    table.add({"total", grouped(cost.macs()), picojoules(cost.energy()), picojoules(sum.mac_energy),
               cycles(cost.latency()), cycles(sum.phases.compute), cycles(sum.phases.stall), cycles(sum.phases.loading),
               cycles(sum.phases.offloading)});
    return table;
}

struct BorderCost {
    PerDirection<Accesses> accesses;
    Picojoules energy{};
};
using BorderCosts = std::map<std::pair<MemoryId, MemoryOperand>, BorderCost>;

void add(BorderCost& sum, const PerDirection<Accesses>& accesses, const PerDirection<Picojoules>& energy)
{
    for (Direction direction : kAllDirections) {
        sum.accesses[direction] += accesses[direction];
        sum.energy += energy[direction];
    }
}

BorderCosts border_costs(const ScheduleCost& cost)
{
    BorderCosts sums;
    for (const ScheduledLayerCost& layer : cost.layers) {
        for (const OperandCost& operand : layer.cost.operands) {
            for (const LevelCost& level : operand.levels) {
                add(sums[{level.memory, operand.memory_operand}], level.accesses, level.energy);
            }
        }
    }
    for (const ScheduledCopyCost& copy : cost.copies) {
        for (const CopyTraffic& traffic : copy.cost.traffic) {
            add(sums[{traffic.place.memory, traffic.place.operand}], traffic.accesses, traffic.energy);
        }
    }
    return sums;
}

Table memory_table(const Subject& subject, const ScheduleCost& cost)
{
    Table table{{"memory", Align::left}, {"operand", Align::left},  {"read_down [words]"}, {"write_from_down [words]"},
                {"read_up [words]"},     {"write_from_up [words]"}, {"energy [pJ]"}};
    for (const auto& [place, border] : border_costs(cost)) {
        const auto [memory, operand] = place;
        std::vector<std::string> cells{subject.accelerator.memory(memory).name, letter(operand)};
        for (Direction direction : kAllDirections) cells.push_back(words(border.accesses[direction]));
        cells.push_back(picojoules(border.energy));
        table.add(std::move(cells));
    }
    return table;
}

Json memories_json(const Accelerator& accelerator, const LayerCost& cost)
{
    Json memories = Json::array();
    for (const OperandCost& operand : cost.operands) {
        for (const LevelCost& level : operand.levels) {
            memories.push_back(place_json(accelerator, {operand.memory_operand, level.memory}, level.accesses));
        }
    }
    return memories;
}

Json layer_json(const Accelerator& accelerator, const ScheduledLayerCost& layer)
{
    const LayerCost& cost = layer.cost;
    return {{"name", layer.name},
            {"macs", cost.macs},
            {"energy_pj", cost.energy().count()},
            {"mac_energy_pj", cost.mac_energy.count()},
            {"latency_cycles", cost.latency().count()},
            {"temporal_cycles", cost.temporal.count()},
            {"stall_cycles", cost.stall.count()},
            {"loading_cycles", cost.loading.count()},
            {"offloading_cycles", cost.offloading.count()},
            {"memories", memories_json(accelerator, cost)}};
}

}  // namespace

std::string prediction_text(const Subject& subject, const ScheduleCost& cost)
{
    TextStream out;
    out << headline(subject) << '\n'
        << step_table(subject, cost) << time_line(subject, cost.latency(), cost.energy()) << '\n'
        << memory_table(subject, cost) << '\n'
        << memory_use_table(subject);
    if (subject.search) out << '\n' << proof_line(*subject.search);
    return out.str();
}

std::string prediction_json(const Subject& subject, const ScheduleCost& cost)
{
    Json json = header("evaluate", subject);
    json["energy_pj"] = cost.energy().count();
    json["latency_cycles"] = cost.latency().count();
    if (subject.period) {
        json["time"] = time_json(*subject.period, cost.latency(), cost.energy());
        json["time"]["period_fs"] = subject.period->femtoseconds;
    }
    json["latency"] = phases_json(summarise(subject.accelerator, subject.workload, cost).phases);
    json["macs"] = cost.macs();
    if (subject.search) json["search"] = proof_json(*subject.search);
    json["layers"] = Json::array();
    for (const ScheduledLayerCost& layer : cost.layers) {
        json["layers"].push_back(layer_json(subject.accelerator, layer));
    }
    json["copies"] = Json::array();
    for (const auto& [before, copy] : copies_in_order(subject, cost)) {
        json["copies"].push_back({{"before_layer", layer_name(subject.workload, before)},
                                  {"energy_pj", copy.energy.count()},
                                  {"latency_cycles", copy.latency.count()}});
    }
    json["memory_use"] = memory_use_json(subject);
    return printed(json);
}

}  // namespace plumbline::validate
