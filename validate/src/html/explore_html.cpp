// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "html/charts/breakdown_chart.hpp"
#include "html/charts/heat_map_chart.hpp"
#include "html/charts/pareto_chart.hpp"
#include "html/html_parts.hpp"
#include "plumbline/validate/explore_page.hpp"
#include "report/explore/explore_tables.hpp"

namespace plumbline::validate {
namespace {

/// Rows of each table; the JSON and CSV reports have all.
constexpr std::size_t kRows = 20;

std::vector<Figure> charts_of(const ExploredSpace& space, const Findings& findings)
{
    const char* map_reading =
        "Each cell is a tile size; lighter is less. The colour scale is shared by the maps and logarithmic. Outlined: "
        "the "
        "best. × infeasible. Point at a cell, or walk with the arrow keys, for details.";
    return {{"energy", "Energy over the tile grid", map_reading, heat_map_chart(space, findings, Quantity::energy)},
            {"latency", "Latency over the tile grid", map_reading, heat_map_chart(space, findings, Quantity::latency)},
            {"pareto", "Energy against latency",
             "Both axes are logarithmic. Large and joined by the dashed line: the Pareto front, on which nothing is "
             "better in "
             "both. Ringed: the best.",
             pareto_chart(space, findings)},
            {"breakdown", "Energy by memory and operand",
             "From the MACs to off-chip memory, layers and copies together; the number at a bar is its sum. Each panel "
             "has an "
             "axis of its own: compare them by their numbers.",
             breakdown_chart(space, findings)}};
}

std::string best_sentence(const ExploredSpace& space, const Findings& findings, const Goal& goal)
{
    if (!findings.best) return "No point is feasible.";
    const ExploredPoint& best = space.points[*findings.best];
    const std::vector<std::string> where = coordinates(best);
    const ChartUnit energy = energy_unit(best.cost->energy());
    const ChartUnit latency = cycle_unit(best.cost->latency());
    return "Best by " + goal_text(goal) + ": " + where[0] + ", tile " + where[1] + ", cuts " + where[2] + ", with " +
           short_number(best.cost->energy().count() / energy.size) + ' ' + energy.name + " and " +
           short_number(static_cast<double>(best.cost->latency().count()) / latency.size) + ' ' + latency.name + '.';
}

std::string counts_sentence(const ExploredSpace& space, const Findings& findings)
{
    const auto front = std::count(findings.front.begin(), findings.front.end(), true);
    return counted(space.points.size(), "point") + ", " + std::to_string(findings.infeasible.size()) + " infeasible; " +
           std::to_string(front) + " on the Pareto front.";
}

/// "the first 20 of 108".
std::string extent(std::size_t all)
{
    return all <= kRows ? "" : "The first " + std::to_string(kRows) + " of " + std::to_string(all);
}

std::string infeasible_html(const ExploredSpace& space, const Findings& findings)
{
    const std::size_t all = findings.infeasible.size();
    if (all == 0) return {};
    return "<h3>Infeasible points</h3>\n" +
           html_table(infeasible_table(space, findings, std::min(all, kRows)), extent(all));
}

std::string space_html(const Exploration& exploration, std::size_t index, const Findings& findings,
                       const std::string& skeleton)
{
    const ExploredSpace& space = exploration.spaces[index];
    const std::string id = "space-" + std::to_string(index);
    std::map<std::string, std::string> values{
        {"id", id},
        {"heading", escaped(exploration.spaces.size() == 1 ? "Result" : pair_name(space))},
        {"best", escaped(best_sentence(space, findings, exploration.goal))},
        {"counts", escaped(counts_sentence(space, findings))},
        {"infeasible", infeasible_html(space, findings)},
        {"references", ""},
        {"charts", ""},
        {"points", ""},
        {"views", ""}};
    if (findings.best) {
        const std::size_t rows = std::min(findings.ranking.size(), kRows);
        for (const Figure& figure : charts_of(space, findings)) values["charts"] += html_figure(figure, id);
        values["references"] = html_table(reference_table(space, findings), "");
        values["points"] = html_table(point_table(exploration, space, findings, rows), extent(findings.ranking.size()));
        values["views"] = html_table(view_table(space, findings), "");
    }
    return filled(skeleton, values);
}

std::string title_of(const Exploration& exploration)
{
    if (exploration.spaces.size() == 1) return "Exploration of " + pair_name(exploration.spaces.front());
    return "Exploration of " + std::to_string(exploration.spaces.size()) + " pairs of network and accelerator";
}

std::string facts_html(const Exploration& exploration, const PageNotes& notes)
{
    std::vector<std::pair<std::string, std::string>> facts{
        {"best by", goal_text(exploration.goal)},
        {"capacity", std::string{name_of(exploration.capacity)}},
        {"factors", exploration.factors == 0 ? "no limit" : std::to_string(exploration.factors)}};
    facts.insert(facts.end(), notes.options.begin(), notes.options.end());
    return html_facts(facts);
}

/// A table and links, where there are several spaces to choose from.
std::string overview_html(const Exploration& exploration, const std::vector<Findings>& findings)
{
    if (exploration.spaces.size() < 2) return {};
    std::string html = "<nav class=\"screen\"><ul>\n";
    for (std::size_t i = 0; i < exploration.spaces.size(); ++i)
        html += "<li><a href=\"#space-" + std::to_string(i) + "\">" + escaped(pair_name(exploration.spaces[i])) +
                "</a></li>\n";
    return html + "</ul></nav>\n" + html_table(overview_table(exploration, findings), "");
}

}  // namespace

std::string explore_html(const Exploration& exploration, const PageNotes& notes, const ExplorePageAssets& assets)
{
    std::vector<Findings> findings;
    for (const ExploredSpace& space : exploration.spaces) findings.push_back(findings_of(space, exploration.goal));
    std::string spaces;
    for (std::size_t i = 0; i < findings.size(); ++i) spaces += space_html(exploration, i, findings[i], assets.space);
    return filled_page(assets.page, notes, assets.shared,
                       {{"title", escaped(title_of(exploration))},
                        {"facts", facts_html(exploration, notes)},
                        {"overview", overview_html(exploration, findings)},
                        {"spaces", std::move(spaces)}});
}

}  // namespace plumbline::validate
