// SPDX-License-Identifier: Apache-2.0
#include "chart_parts.hpp"

#include <algorithm>
#include <array>

#include "explore_tables.hpp"
#include "text_parts.hpp"

namespace plumbline::validate {
namespace {

/// A single value stands in the middle of a range this many times smaller and larger.
constexpr double kAround = 1.25;

template <std::size_t size>
ChartUnit unit_for(double least, const std::array<const char*, size>& names)
{
    ChartUnit unit{names[0], 1};
    for (std::size_t i = 1; i < size && least >= 1000 * unit.size; ++i) unit = {names[i], 1000 * unit.size};
    return unit;
}

}  // namespace

ChartUnit energy_unit(Picojoules least)
{
    return unit_for(least.count(), std::array<const char*, 5>{"pJ", "nJ", "µJ", "mJ", "J"});
}

ChartUnit cycle_unit(Cycles least)
{
    return unit_for(static_cast<double>(least.count()),
                    std::array<const char*, 4>{"cycles", "thousand cycles", "million cycles", "billion cycles"});
}

std::string short_number(double value) { return grouped(value, value >= 100 ? 0 : value >= 10 ? 1 : 2); }

ChartRange range_of(const std::vector<double>& values)
{
    if (values.empty()) return {};
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    if (*low < *high) return {*low, *high};
    return *low > 0 ? ChartRange{*low / kAround, *high * kAround} : ChartRange{0, 1};
}

Json number_scale(const std::string& name, const ChartRange& range)
{
    Json scale{{"name", name}, {"type", range.logarithmic() ? "log" : "linear"}, {"zero", false}, {"nice", false}};
    if (range.logarithmic()) scale.erase("zero");
    scale["domain"] = {range.low, range.high};
    return scale;
}

Json constant(const Json& value) { return {{"value", value}}; }

Json scaled(const std::string& scale, const std::string& field) { return {{"scale", scale}, {"field", field}}; }

Json point_marks(Json encoding)
{
    encoding["tooltip"] = {{"field", "tip"}};
    encoding["description"] = {{"field", "tip"}};
    encoding["ariaRoleDescription"] = constant("point");
    return {{"enter", std::move(encoding)}};
}

Json series_colours() { return Json::array({"#d9730d", "#b8a000", "#2f7fd0", "#b65fb0", "#159a78"}); }

Json part_colours() { return Json::array({"#8a929c", "#2f7fd0", "#d9730d", "#159a78"}); }

std::string tip(const ExploredPoint& point)
{
    const std::vector<std::string> where = coordinates(point);
    std::string text = where[0] + ", tile " + where[1] + ", cuts " + where[2] + '\n';
    if (!point.cost) return text + "infeasible: " + point.cost.reason();
    return text + picojoules(point.cost->energy()) + " pJ\n" + cycles(point.cost->latency()) + " cycles";
}

Json chart(const std::string& description)
{
    return {{"description", description},
            {"autosize", "pad"},
            {"padding", 4},
            {"config",
             {{"axis", {{"labelFontSize", 12}, {"titleFontSize", 13}, {"titleFontWeight", "normal"}, {"grid", false}}},
              {"legend", {{"labelFontSize", 12}, {"titleFontSize", 13}, {"titleFontWeight", "normal"}}},
              {"title", {{"fontSize", 13}, {"fontWeight", "bold"}, {"anchor", "start"}}},
              {"style", {{"guide-label", {{"font", "sans-serif"}}}, {"guide-title", {{"font", "sans-serif"}}}}}}}};
}

}  // namespace plumbline::validate
