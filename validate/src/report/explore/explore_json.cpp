// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/cuts_text.hpp"
#include "plumbline/validate/explore_report.hpp"
#include "report/explore/explore_findings.hpp"
#include "report/explore/explored_point_json.hpp"
#include "report/time_report.hpp"

namespace plumbline::validate {
namespace {

/// Where a point lies in its space.
void add_coordinates(Json& json, const DesignPoint& point)
{
    json["mode"] = name_of(point.mode);
    json["tile"] = {point.tile.x, point.tile.y};
    json["cut_rule"] = io::to_text(point.cuts);
}

Json space_json(const ExploredSpace& space)
{
    return {{"accelerator", space.accelerator.name()}, {"workload", space.workload.name()}};
}

Json point_json(const Exploration& exploration, const ExploredSpace& space, const Findings& findings, std::size_t index)
{
    Json json = space_json(space);
    add_coordinates(json, space.points[index].point);
    json["capacity"] = name_of(exploration.capacity);
    json.update(result_json(space.accelerator, space.points[index]));
    json["pareto"] = static_cast<bool>(findings.front[index]);
    json["best"] = findings.best == index;
    const Outcome<CostSummary>& cost = space.points[index].cost;
    if (exploration.period && cost) json["time"] = time_json(*exploration.period, cost->latency(), cost->energy());
    return json;
}

void add_cost(Json& json, const CostSummary& cost)
{
    json["energy_pj"] = cost.energy().count();
    json["latency_cycles"] = cost.latency().count();
}

void add_ratios(Json& json, const CostSummary& cost, const CostSummary& base)
{
    const Ratios ratio = ratios(cost, base);
    json["energy_ratio"] = finite(ratio.energy);
    json["latency_ratio"] = finite(ratio.latency);
}

/// A point that the summary names; `first` is the index of the space's first point in "points".
Json chosen_json(const ExploredSpace& space, std::size_t index, std::size_t first)
{
    Json json{{"point", first + index}};
    add_coordinates(json, space.points[index].point);
    json["cuts"] = space.points[index].cuts;
    add_cost(json, *space.points[index].cost);
    return json;
}

Json view_json(const ExploredSpace& space, const ViewFinding& finding, const CostSummary& truth, std::size_t first)
{
    const CostSummary& cost = *space.points[finding.index].cost;
    Json json{{"view", name_of(finding.view)}, {"counted_energy_pj", cost.energy(finding.view).count()}};
    json.update(chosen_json(space, finding.index, first));
    add_ratios(json, cost, truth);
    json["ties"] = finding.ties;
    json["ties_energy_pj"] = {finding.least_energy.count(), finding.most_energy.count()};
    return json;
}

Json reference_json(const ExploredSpace& space, const ExploreReference& reference, const CostSummary* best)
{
    Json json{{"name", reference.name}};
    add_coordinates(json, reference.result.point);
    json.update(result_json(space.accelerator, reference.result));
    if (reference.result.cost && best != nullptr) add_ratios(json, *reference.result.cost, *best);
    return json;
}

Json summary_json(const ExploredSpace& space, const Findings& findings, std::size_t first)
{
    Json json = space_json(space);
    json["points"] = space.points.size();
    json["infeasible"] = findings.infeasible.size();
    json["best"] = findings.best ? chosen_json(space, *findings.best, first) : Json(nullptr);
    const CostSummary* best = findings.best ? &*space.points[*findings.best].cost : nullptr;
    json["references"] = Json::array();
    for (const ExploreReference& reference : space.references)
        json["references"].push_back(reference_json(space, reference, best));
    json["views"] = Json::array();
    for (const ViewFinding& finding : findings.views)
        json["views"].push_back(view_json(space, finding, *space.points[findings.views.front().index].cost, first));
    return json;
}

Json goal_json(const Goal& goal)
{
    Json json{{"objective", name_of(goal.objective)}};
    if (goal.objective == Objective::weighted) json["exponents"] = {goal.weights.energy, goal.weights.latency};
    json["view"] = name_of(goal.view);
    return json;
}

}  // namespace

std::string explore_json(const Exploration& exploration)
{
    Json json{{"schema", "plumbline/explore/1"}};
    json.update(goal_json(exploration.goal));
    json["capacity"] = name_of(exploration.capacity);
    json["factors"] = exploration.factors;
    if (exploration.period) json["period_fs"] = exploration.period->femtoseconds;
    Json points = Json::array();
    json["summary"] = Json::array();
    for (const ExploredSpace& space : exploration.spaces) {
        const Findings findings = findings_of(space, exploration.goal);
        json["summary"].push_back(summary_json(space, findings, points.size()));
        for (std::size_t i = 0; i < space.points.size(); ++i)
            points.push_back(point_json(exploration, space, findings, i));
    }
    json["points"] = std::move(points);
    return printed(json);
}

}  // namespace plumbline::validate
