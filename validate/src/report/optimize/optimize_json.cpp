// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/cuts_text.hpp"
#include "plumbline/validate/optimize_report.hpp"
#include "report/json_parts.hpp"
#include "report/time_report.hpp"

namespace plumbline::validate {
namespace {

Json stack_json(const Workload& workload, const OptimizedStack& stack)
{
    Json layers = Json::array();
    for (LayerId id : stack.layers) layers.push_back(workload.layer(id).name);
    return {{"layers", layers},
            {"mode", name_of(stack.choice.mode)},
            {"tile", {stack.choice.tile.x, stack.choice.tile.y}},
            {"energy_pj", stack.energy.count()},
            {"latency_cycles", stack.latency.count()}};
}

Json schedule_json(const Workload& workload, const OptimizedSchedule& schedule, std::optional<sim::Period> period)
{
    Json stacks = Json::array();
    for (const OptimizedStack& each : schedule.stacks) stacks.push_back(stack_json(workload, each));
    Json json{{"energy_pj", schedule.energy().count()}, {"latency_cycles", schedule.latency().count()}};
    if (period) json["time"] = time_json(*period, schedule.latency(), schedule.energy());
    json["stacks"] = std::move(stacks);
    return json;
}

Json uniform_json(const OptimizedNetwork& network)
{
    const ExploredPoint& point = *network.best_uniform;
    return {{"points", network.uniform_points},
            {"mode", name_of(point.point.mode)},
            {"tile", {point.point.tile.x, point.point.tile.y}},
            {"cut_rule", io::to_text(point.point.cuts)},
            {"cuts", point.cuts},
            {"energy_pj", point.cost->energy().count()},
            {"latency_cycles", point.cost->latency().count()}};
}

Json network_json(const OptimizedNetwork& network, std::optional<sim::Period> period)
{
    Json json{{"accelerator", network.accelerator}, {"workload", network.workload.name()}};
    if (!network.found) {
        json["infeasible"] = network.found.reason();
        return json;
    }
    json["possible_stacks"] = network.found->stacks;
    json["choices"] = network.found->choices;
    json["planned"] = network.found->planned;
    if (network.search) json["search"] = proof_json(*network.search);
    for (const OptimizedSchedule& each : network.found->schedules)
        json["schedules"].push_back(schedule_json(network.workload, each, period));
    if (network.best_uniform) json["best_uniform"] = uniform_json(network);
    return json;
}

}  // namespace

std::string optimize_json(const OptimizationReport& report)
{
    Json json{{"schema", "plumbline/optimize/1"},
              {"capacity", name_of(report.capacity)},
              {"factors", report.search.factors},
              {"objective", name_of(report.search.objective)},
              {"optima", report.optima == Optima::best ? "best" : "pareto-front"}};
    if (report.search.objective == Objective::weighted)
        json["exponents"] = {report.search.weights.energy, report.search.weights.latency};
    if (report.period) json["period_fs"] = report.period->femtoseconds;
    json["networks"] = Json::array();
    for (const OptimizedNetwork& each : report.networks) json["networks"].push_back(network_json(each, report.period));
    return json.dump(2) + '\n';
}

}  // namespace plumbline::validate
