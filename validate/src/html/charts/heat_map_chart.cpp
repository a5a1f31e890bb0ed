// SPDX-License-Identifier: Apache-2.0
#include "html/charts/heat_map_chart.hpp"

#include <algorithm>
#include <set>

#include "plumbline/io/cuts_text.hpp"
#include "report/explore/explore_tables.hpp"

namespace plumbline::validate {
namespace {

constexpr std::size_t kPageWidth = 1080;
constexpr std::size_t kMapMargin = 80;  ///< axis, labels and gap
constexpr std::size_t kWidestCell = 52;
constexpr std::size_t kNarrowestCell = 38;
constexpr std::size_t kCellHeight = 28;
constexpr std::size_t kSmallestMap = 112;  ///< as long as the titles of its axes
constexpr int kOutlineInset = 3;
/// On a relative luminance of 0.179 both contrast equally.
constexpr const char* kBlackOrWhite = "luminance(scale('colour', datum.value)) > 0.179 ? 'black' : 'white'";

double value_of(const CostSummary& cost, Quantity quantity)
{
    return quantity == Quantity::energy ? cost.energy().count() : static_cast<double>(cost.latency().count());
}

ChartUnit unit_of(double least, Quantity quantity)
{
    return quantity == Quantity::energy ? energy_unit(Picojoules{least})
                                        : cycle_unit(Cycles{static_cast<std::int64_t>(least)});
}

std::vector<double> values_of(const ExploredSpace& space, Quantity quantity)
{
    std::vector<double> values;
    for (const ExploredPoint& point : space.points)
        if (point.cost) values.push_back(value_of(*point.cost, quantity));
    return values;
}

/// The grid that all maps share.
struct Grid {
    std::vector<std::int64_t> columns;
    std::vector<std::int64_t> rows;
    std::size_t maps_abreast = 1;
    std::size_t cell_width = kWidestCell;

    std::size_t width() const { return std::max(columns.size() * cell_width, kSmallestMap); }
    std::size_t height() const { return std::max(rows.size() * kCellHeight, kSmallestMap); }
};

Grid grid_of(const ExploredSpace& space)
{
    std::set<std::int64_t> columns;
    std::set<std::int64_t> rows;
    std::set<OverlapMode> modes;
    for (const ExploredPoint& point : space.points) {
        columns.insert(point.point.tile.x);
        rows.insert(point.point.tile.y);
        modes.insert(point.point.mode);
    }
    Grid grid{{columns.begin(), columns.end()}, {rows.begin(), rows.end()}, modes.size(), kWidestCell};
    const auto fits = [&] { return grid.maps_abreast * (grid.width() + kMapMargin) <= kPageWidth; };
    while (!fits() && grid.cell_width > kNarrowestCell) --grid.cell_width;
    while (!fits() && grid.maps_abreast > 1) --grid.maps_abreast;
    return grid;
}

/// Whether maps differ in their cuts, so that titles have to say them.
bool has_alternative_cuts(const ExploredSpace& space)
{
    return std::any_of(space.points.begin(), space.points.end(), [&](const ExploredPoint& point) {
        return !(point.point.cuts == space.points.front().point.cuts);
    });
}

Json cells(const ExploredSpace& space, const Findings& findings, Quantity quantity, const ChartUnit& unit)
{
    const bool name_cuts = has_alternative_cuts(space);
    Json cells = Json::array();
    for (std::size_t i = 0; i < space.points.size(); ++i) {
        const ExploredPoint& explored = space.points[i];
        const DesignPoint& point = explored.point;
        std::string map{name_of(point.mode)};
        if (name_cuts) map += ", cuts " + io::to_text(point.cuts);
        Json cell{{"map", map}, {"x", point.tile.x}, {"y", point.tile.y}, {"tip", tip(explored)}};
        if (explored.cost) {
            const double value = value_of(*explored.cost, quantity) / unit.size;
            cell["value"] = value;
            cell["label"] = short_number(value);
            cell["best"] = findings.best == i;
        }
        cells.push_back(std::move(cell));
    }
    return cells;
}

Json tile_of_cell()
{
    return {{"x", scaled("x", "x")},
            {"y", scaled("y", "y")},
            {"width", {{"scale", "x"}, {"band", 1}}},
            {"height", {{"scale", "y"}, {"band", 1}}}};
}

Json text_of_cell(Json text)
{
    return {{"x", {{"scale", "x"}, {"field", "x"}, {"band", 0.5}}},
            {"y", {{"scale", "y"}, {"field", "y"}, {"band", 0.5}}},
            {"align", constant("center")},
            {"baseline", constant("middle")},
            {"fontSize", constant(12)},
            {"font", constant("sans-serif")},
            {"text", std::move(text)}};
}

Json coloured_cell()
{
    Json encoding = tile_of_cell();
    encoding["fill"] = scaled("colour", "value");
    return point_marks(std::move(encoding));
}

Json number_in_cell()
{
    Json encoding = text_of_cell({{"field", "label"}});
    encoding["fill"] = {{"signal", kBlackOrWhite}};
    return {{"enter", std::move(encoding)}};
}

/// Within the cell, whose colour it contrasts with; the page's colour may be any.
Json outline_of_cell()
{
    Json encoding = tile_of_cell();
    for (const char* edge : {"x", "y"}) encoding[edge]["offset"] = kOutlineInset;
    for (const char* extent : {"width", "height"}) encoding[extent]["offset"] = -2 * kOutlineInset;
    encoding["fill"] = constant("transparent");
    encoding["stroke"] = {{"signal", kBlackOrWhite}};
    encoding["strokeWidth"] = constant(2.5);
    return {{"enter", std::move(encoding)}};
}

/// Marks for the cells in one part of the map's data.
Json marks_of(const char* part, const char* name, const char* type, Json encoding)
{
    return {{"name", name}, {"type", type}, {"from", {{"data", part}}}, {"encode", std::move(encoding)}};
}

/// What says nothing of its own, but lies over a cell that does.
Json overlay_of(const char* part, const char* name, const char* type, Json encoding)
{
    Json marks = marks_of(part, name, type, std::move(encoding));
    marks["interactive"] = false;
    marks["aria"] = false;
    return marks;
}

Json map_marks()
{
    return Json::array(
        {marks_of("feasible_cells", "cell", "rect", coloured_cell()),
         marks_of("infeasible_cells", "infeasible", "rect", point_marks(tile_of_cell())),
         overlay_of("feasible_cells", "cell_number", "text", number_in_cell()),
         overlay_of("infeasible_cells", "infeasible_cross", "text", {{"enter", text_of_cell(constant("×"))}}),
         overlay_of("best_cells", "best_cell", "rect", outline_of_cell())});
}

Json map_data()
{
    const auto part = [](const char* name, const char* condition) {
        const Json filter{{"type", "filter"}, {"expr", condition}};
        return Json{{"name", name}, {"source", "map"}, {"transform", Json::array({filter})}};
    };
    return Json::array({part("feasible_cells", "isValid(datum.value)"),
                        part("infeasible_cells", "!isValid(datum.value)"), part("best_cells", "datum.best")});
}

Json band_scale(const char* name, const std::vector<std::int64_t>& domain, Json range)
{
    return {{"name", name}, {"type", "band"}, {"domain", domain}, {"range", std::move(range)}, {"padding", 0.04}};
}

Json axis(const char* scale, const char* side, const char* title)
{
    return {{"scale", scale}, {"orient", side},    {"title", title},      {"domain", false},
            {"ticks", false}, {"labelPadding", 4}, {"labelOverlap", true}};
}

Json map_group(const Grid& grid)
{
    return {
        {"type", "group"},
        {"from", {{"facet", {{"name", "map"}, {"data", "cells"}, {"groupby", "map"}}}}},
        {"title", {{"text", {{"signal", "parent.map"}}}, {"frame", "group"}}},
        {"encode", {{"enter", {{"width", constant(grid.width())}, {"height", constant(grid.height())}}}}},
        {"data", map_data()},
        {"scales", Json::array({band_scale("x", grid.columns, Json::array({0, grid.width()})),
                                band_scale("y", grid.rows, Json::array({grid.height(), 0}))})},
        {"axes", Json::array({axis("x", "bottom", "tile columns [pixels]"), axis("y", "left", "tile rows [pixels]")})},
        {"marks", map_marks()}};
}

Json colour_scale(const ChartRange& range)
{
    Json scale = number_scale("colour", range);
    scale["range"] = {{"scheme", "viridis"}};
    scale["reverse"] = true;
    return scale;
}

Json colour_legend(const std::string& title)
{
    return {{"fill", "colour"},          {"title", title},        {"type", "gradient"}, {"orient", "bottom"},
            {"direction", "horizontal"}, {"gradientLength", 320}, {"tickCount", 5},     {"format", ",.3~r"}};
}

}  // namespace

Json heat_map_chart(const ExploredSpace& space, const Findings& findings, Quantity quantity)
{
    const Grid grid = grid_of(space);
    std::vector<double> values = values_of(space, quantity);
    const ChartUnit unit = unit_of(*std::min_element(values.begin(), values.end()), quantity);
    for (double& value : values) value /= unit.size;
    const std::string name = quantity == Quantity::energy ? "energy" : "latency";
    Json spec = chart(name + " over tile columns and rows, a map for each overlap mode");
    spec["data"] = Json::array({{{"name", "cells"}, {"values", cells(space, findings, quantity, unit)}}});
    spec["scales"] = Json::array({colour_scale(range_of(values))});
    spec["layout"] = {{"columns", grid.maps_abreast}, {"padding", 24}, {"bounds", "full"}, {"align", "all"}};
    spec["marks"] = Json::array({map_group(grid)});
    spec["legends"] = Json::array({colour_legend(name + " [" + unit.name + "]")});
    return spec;
}

}  // namespace plumbline::validate
