// SPDX-License-Identifier: Apache-2.0
#include "report/explore/explore_tables.hpp"

#include <utility>

#include "plumbline/io/cuts_text.hpp"
#include "plumbline/text_stream.hpp"
#include "report/text_parts.hpp"
#include "report/time_report.hpp"

namespace plumbline::validate {
namespace {

/// More cuts than this are counted, not listed.
constexpr std::size_t kListedCuts = 4;

std::string cuts(const ExploredPoint& point)
{
    std::string rule = io::to_text(point.point.cuts);
    if (point.point.cuts.kind != Cuts::Kind::automatic) return rule;
    if (point.cuts.empty()) return rule + " (none)";
    if (point.cuts.size() > kListedCuts) return rule + " (" + std::to_string(point.cuts.size()) + " cuts)";
    return rule + " (" + io::to_text({Cuts::Kind::given, point.cuts}) + ')';
}

void append(std::vector<std::string>& row, std::initializer_list<std::string> cells)
{
    row.insert(row.end(), cells.begin(), cells.end());
}

/// What else the view might have chosen.
std::string ties(const ViewFinding& finding, const CostSummary& truth)
{
    if (finding.ties == 1) return "";
    return std::to_string(finding.ties) + ": " + times(finding.least_energy / truth.energy()) + " to " +
           times(finding.most_energy / truth.energy());
}

}  // namespace

std::string times(double ratio) { return grouped(ratio, 2) + " x"; }

std::vector<std::string> coordinates(const ExploredPoint& point)
{
    return {std::string{name_of(point.point.mode)}, name_of(point.point.tile), cuts(point)};
}

std::string tip(const ExploredPoint& point)
{
    const std::vector<std::string> where = coordinates(point);
    std::string text = where[0] + ", tile " + where[1] + ", cuts " + where[2] + '\n';
    if (!point.cost) return text + "infeasible: " + point.cost.reason();
    return text + picojoules(point.cost->energy()) + " pJ\n" + cycles(point.cost->latency()) + " cycles";
}

std::string pair_name(const ExploredSpace& space) { return space.workload.name() + " on " + space.accelerator.name(); }

std::string goal_text(const Goal& goal)
{
    TextStream out;
    out << name_of(goal.objective);
    if (goal.objective == Objective::weighted)
        out << " (energy^" << goal.weights.energy << " * latency^" << goal.weights.latency << ')';
    if (goal.view != CostView::everything) out << ", counting " << name_of(goal.view);
    return out.str();
}

Table point_table(const Exploration& exploration, const ExploredSpace& space, const Findings& findings,
                  std::size_t rows)
{
    std::vector<Column> columns{{"mode", Align::left}, {"tile"},
                                {"cuts", Align::left}, {"energy [pJ]"},
                                {"of it DRAM [pJ]"},   {"activations [pJ]"},
                                {"latency [cycles]"}};
    add_time_columns(columns, exploration.period);
    columns.insert(columns.end(), {{"to best"}, {"", Align::left}});
    Table table{std::move(columns)};
    const Goal& goal = exploration.goal;
    const double best = goal.value(*space.points[*findings.best].cost);
    for (std::size_t i = 0; i < rows; ++i) {
        const std::size_t index = findings.ranking[i];
        const CostSummary& cost = *space.points[index].cost;
        std::vector<std::string> row = coordinates(space.points[index]);
        append(row, {picojoules(cost.energy()), picojoules(cost.energy(CostView::dram_only)),
                     picojoules(cost.energy(CostView::activations_only)), cycles(cost.latency())});
        add_time_cells(row, exploration.period, cost.latency(), cost.energy());
        append(row, {times(goal.value(cost) / best), findings.front[index] ? "Pareto" : ""});
        table.add(std::move(row));
    }
    return table;
}

Table infeasible_table(const ExploredSpace& space, const Findings& findings, std::size_t rows)
{
    Table table{{"infeasible", Align::left}, {"tile"}, {"cuts", Align::left}, {"why", Align::left}};
    for (std::size_t i = 0; i < rows; ++i) {
        const ExploredPoint& point = space.points[findings.infeasible[i]];
        std::vector<std::string> row = coordinates(point);
        row.push_back(point.cost.reason());
        table.add(std::move(row));
    }
    return table;
}

Table reference_table(const ExploredSpace& space, const Findings& findings)
{
    Table table{{"beside the best", Align::left},
                {"mode", Align::left},
                {"tile"},
                {"cuts", Align::left},
                {"energy [pJ]"},
                {"to best"},
                {"latency [cycles]"},
                {"to best"}};
    const ExploredPoint& best = space.points[*findings.best];
    const auto add = [&](const std::string& name, const ExploredPoint& point) {
        std::vector<std::string> row{name};
        for (std::string& cell : coordinates(point)) row.push_back(std::move(cell));
        const Ratios ratio = point.cost ? ratios(*point.cost, *best.cost) : Ratios{};
        if (point.cost)
            append(row, {picojoules(point.cost->energy()), times(ratio.energy), cycles(point.cost->latency()),
                         times(ratio.latency)});
        else
            append(row, {"infeasible", "", "", ""});
        table.add(std::move(row));
    };
    add("best", best);
    for (const ExploreReference& reference : space.references) add(reference.name, reference.result);
    return table;
}

Table view_table(const ExploredSpace& space, const Findings& findings)
{
    Table table{{"optimised for", Align::left},
                {"mode", Align::left},
                {"tile"},
                {"cuts", Align::left},
                {"counted [pJ]"},
                {"true energy [pJ]"},
                {"to true best"},
                {"latency [cycles]"},
                {"to true best"},
                {"ties, true energy", Align::left}};
    const CostSummary& truth = *space.points[findings.views.front().index].cost;
    for (const ViewFinding& finding : findings.views) {
        const CostSummary& cost = *space.points[finding.index].cost;
        const Ratios ratio = ratios(cost, truth);
        std::vector<std::string> row{std::string{name_of(finding.view)}};
        for (std::string& cell : coordinates(space.points[finding.index])) row.push_back(std::move(cell));
        append(row, {picojoules(cost.energy(finding.view)), picojoules(cost.energy()), times(ratio.energy),
                     cycles(cost.latency()), times(ratio.latency), ties(finding, truth)});
        table.add(std::move(row));
    }
    return table;
}

Table overview_table(const Exploration& exploration, const std::vector<Findings>& findings)
{
    Table table{{"true energy [pJ] when optimised for", Align::left},
                {"everything"},
                {"dram-only"},
                {"to best"},
                {"up to"},
                {"activations-only"},
                {"to best"},
                {"up to"}};
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const ExploredSpace& space = exploration.spaces[i];
        if (!findings[i].best) continue;
        std::vector<std::string> row{pair_name(space)};
        const Picojoules truth = space.points[findings[i].views.front().index].cost->energy();
        row.push_back(picojoules(truth));
        for (std::size_t view = 1; view < findings[i].views.size(); ++view) {
            const ViewFinding& finding = findings[i].views[view];
            const Picojoules energy = space.points[finding.index].cost->energy();
            append(row, {picojoules(energy), times(energy / truth), times(finding.most_energy / truth)});
        }
        table.add(std::move(row));
    }
    return table;
}

}  // namespace plumbline::validate
