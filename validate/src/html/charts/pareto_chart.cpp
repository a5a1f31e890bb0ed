// SPDX-License-Identifier: Apache-2.0
#include "html/charts/pareto_chart.hpp"

#include <algorithm>
#include <utility>

#include "report/explore/explore_tables.hpp"

namespace plumbline::validate {
namespace {

constexpr int kWidth = 820;
constexpr int kParetoHeight = 420;
/// Pixels around the outermost points.
constexpr int kParetoMargin = 16;

struct Units {
    ChartUnit energy;
    ChartUnit latency;
};

/// A point of the chart: one of the space, or a reference.
struct Dot {
    const ExploredPoint* point = nullptr;
    std::string series;
    bool on_front = false;
    bool best = false;
};

std::vector<Dot> dots_of(const ExploredSpace& space, const Findings& findings)
{
    std::vector<Dot> dots;
    for (std::size_t i = 0; i < space.points.size(); ++i) {
        const ExploredPoint& point = space.points[i];
        if (point.cost)
            dots.push_back({&point, std::string{name_of(point.point.mode)}, findings.front[i], findings.best == i});
    }
    for (const ExploreReference& reference : space.references)
        if (reference.result.cost) dots.push_back({&reference.result, reference.name, false, false});
    return dots;
}

Units units_of(const std::vector<Dot>& dots)
{
    const CostSummary& first = *dots.front().point->cost;
    Picojoules energy = first.energy();
    Cycles latency = first.latency();
    for (const Dot& dot : dots) {
        energy = std::min(energy, dot.point->cost->energy());
        latency = std::min(latency, dot.point->cost->latency());
    }
    return {energy_unit(energy), cycle_unit(latency)};
}

double energy_in(const Units& units, const Dot& dot) { return dot.point->cost->energy().count() / units.energy.size; }

double latency_in(const Units& units, const Dot& dot)
{
    return static_cast<double>(dot.point->cost->latency().count()) / units.latency.size;
}

bool is_reference(const Dot& dot) { return dot.series != name_of(dot.point->point.mode); }

std::string tip_of(const Dot& dot)
{
    std::string text = tip(*dot.point);
    if (is_reference(dot)) text = dot.series + ": " + text;
    if (dot.best) text += "\nthe best";
    if (dot.on_front) text += "\non the Pareto front";
    return text;
}

Json dots_json(const std::vector<Dot>& dots, const Units& units)
{
    Json json = Json::array();
    for (const Dot& dot : dots)
        json.push_back({{"series", dot.series},
                        {"latency", latency_in(units, dot)},
                        {"energy", energy_in(units, dot)},
                        {"front", dot.on_front},
                        {"best", dot.best},
                        {"reference", is_reference(dot)},
                        {"tip", tip_of(dot)}});
    return json;
}

/// In the order of their first points: modes, then references.
std::vector<std::string> series_of(const std::vector<Dot>& dots)
{
    std::vector<std::string> series;
    for (const Dot& dot : dots)
        if (std::find(series.begin(), series.end(), dot.series) == series.end()) series.push_back(dot.series);
    return series;
}

Json series_scale(const char* name, const std::vector<std::string>& series, Json range)
{
    return {{"name", name}, {"type", "ordinal"}, {"domain", series}, {"range", std::move(range)}};
}

Json scales_of(const std::vector<Dot>& dots, const Units& units)
{
    std::vector<double> latencies;
    std::vector<double> energies;
    for (const Dot& dot : dots) {
        latencies.push_back(latency_in(units, dot));
        energies.push_back(energy_in(units, dot));
    }
    const std::vector<std::string> series = series_of(dots);
    return Json::array({axis_scale("x", "width", range_of(latencies), kParetoMargin),
                        axis_scale("y", "height", range_of(energies), kParetoMargin),
                        series_scale("colour", series, series_colours()),
                        series_scale("shape", series, series_shapes())});
}

Json front_line()
{
    return {{"name", "front"},
            {"type", "line"},
            {"interactive", false},
            {"aria", false},
            {"from", {{"data", "front_dots"}}},
            {"encode",
             {{"enter",
               {{"x", scaled("x", "latency")},
                {"y", scaled("y", "energy")},
                {"interpolate", constant("step-after")},
                {"strokeDash", constant(Json::array({4, 3}))},
                {"strokeWidth", constant(1.5)}}}}}};
}

/// References are hollow: two may be at the same place.
Json by_kind(double reference, double on_front, double otherwise)
{
    return Json::array({{{"test", "datum.reference"}, {"value", reference}},
                        {{"test", "datum.front"}, {"value", on_front}},
                        {{"value", otherwise}}});
}

Json point_symbols()
{
    Json encoding{{"x", scaled("x", "latency")},        {"y", scaled("y", "energy")},
                  {"shape", scaled("shape", "series")}, {"fill", scaled("colour", "series")},
                  {"size", by_kind(190, 130, 60)},      {"stroke", scaled("colour", "series")},
                  {"strokeWidth", by_kind(2.5, 0, 0)},  {"fillOpacity", by_kind(0, 1, 0.6)}};
    return {{"name", "dot"}, {"type", "symbol"}, {"from", {{"data", "dots"}}}, {"encode", point_marks(encoding)}};
}

Json ring_of_best()
{
    return {{"name", "best"},
            {"type", "symbol"},
            {"interactive", false},
            {"aria", false},
            {"from", {{"data", "best_dot"}}},
            {"encode",
             {{"enter",
               {{"x", scaled("x", "latency")},
                {"y", scaled("y", "energy")},
                {"fill", constant("transparent")},
                {"strokeWidth", constant(2)},
                {"size", constant(360)}}}}}};
}

Json data_of(Json dots)
{
    const auto part = [](const char* name, Json transform) {
        return Json{{"name", name}, {"source", "dots"}, {"transform", std::move(transform)}};
    };
    const auto filter = [](const char* condition) { return Json{{"type", "filter"}, {"expr", condition}}; };
    const Json by_latency{{"type", "collect"}, {"sort", {{"field", "latency"}}}};
    return Json::array({{{"name", "dots"}, {"values", std::move(dots)}},
                        part("front_dots", Json::array({filter("datum.front"), by_latency})),
                        part("best_dot", Json::array({filter("datum.best")}))});
}

}  // namespace

Json pareto_chart(const ExploredSpace& space, const Findings& findings)
{
    const std::vector<Dot> dots = dots_of(space, findings);
    const Units units = units_of(dots);
    Json spec = chart("energy against latency of all points");
    spec["width"] = kWidth;
    spec["height"] = kParetoHeight;
    spec["data"] = data_of(dots_json(dots, units));
    spec["scales"] = scales_of(dots, units);
    spec["axes"] = Json::array({number_axis("x", "bottom", "latency [" + units.latency.name + "]"),
                                number_axis("y", "left", "energy [" + units.energy.name + "]")});
    spec["marks"] = Json::array({front_line(), point_symbols(), ring_of_best()});
    spec["legends"] = Json::array({{{"fill", "colour"}, {"shape", "shape"}, {"orient", "right"}, {"symbolSize", 90}}});
    return spec;
}

}  // namespace plumbline::validate
