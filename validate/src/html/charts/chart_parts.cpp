// SPDX-License-Identifier: Apache-2.0
#include "html/charts/chart_parts.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "plumbline/validate/table.hpp"

namespace plumbline::validate {
namespace {

/// A single value stands in the middle of a range this many times smaller and larger.
constexpr double kAround = 1.25;

/// Until the page says how much room there is.
constexpr int kDefaultWidth = 820;
constexpr int kLabelLimit = 220;
/// Pixels below which letters are small.
constexpr int kNarrow = 480;
/// Of the last number of an axis, beyond its end.
constexpr int kLabelOverhang = 18;

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

Json axis_scale(const std::string& name, const char* extent, const ChartRange& range, int margin)
{
    Json scale = number_scale(name, range);
    scale["range"] = extent;
    scale["padding"] = margin;
    return scale;
}

Json constant(const Json& value) { return {{"value", value}}; }

Json scaled(const std::string& scale, const std::string& field) { return {{"scale", scale}, {"field", field}}; }

Json point_marks(Json encoding)
{
    encoding["tooltip"] = {{"field", "tip"}};
    encoding["description"] = {{"field", "tip"}};
    encoding["ariaRoleDescription"] = constant("point");
    return {{"update", std::move(encoding)}};
}

Json series_colours() { return Json::array({"#d9730d", "#b8a000", "#2f7fd0", "#b65fb0", "#159a78"}); }

Json series_shapes() { return Json::array({"circle", "square", "triangle-up", "diamond", "cross"}); }

Json part_colours() { return Json::array({"#8a929c", "#2f7fd0", "#d9730d", "#159a78"}); }

Json before_and_after_colours() { return Json::array({"#d9730d", "#2f7fd0"}); }

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

Json roomy(int narrow, int wide)
{
    return {{"signal",
             "room < " + std::to_string(kNarrow) + " ? " + std::to_string(narrow) + " : " + std::to_string(wide)}};
}

Json fitted_chart(const std::string& description, std::size_t height)
{
    Json spec = chart(description);
    spec["autosize"] = {{"type", "fit-x"}, {"contains", "padding"}};
    spec["padding"] = {{"left", 4}, {"top", 4}, {"right", kLabelOverhang}, {"bottom", 4}};
    spec["signals"] = Json::array({{{"name", "room"}, {"value", kDefaultWidth}}});
    spec["width"] = kDefaultWidth;
    spec["height"] = height;
    return spec;
}

Json number_axis(const char* scale, const char* side, const std::string& title, const char* format)
{
    return {{"scale", scale}, {"orient", side},   {"title", title},      {"grid", true},
            {"tickCount", 6}, {"format", format}, {"labelOverlap", true}};
}

Json row_axis(const char* scale)
{
    return {{"scale", scale},
            {"orient", "left"},
            {"ticks", false},
            {"domain", false},
            {"labelPadding", 6},
            {"labelLimit", kLabelLimit},
            {"labelFontSize", roomy(10, 12)}};
}

Json row_scale(const std::string& name, const std::vector<std::string>& rows, std::size_t row_height)
{
    return {{"name", name},        {"type", "band"},
            {"domain", rows},      {"range", Json::array({0, rows.size() * row_height})},
            {"paddingInner", 0.2}, {"paddingOuter", 0.1}};
}

ChartSeries operand_series()
{
    const Json parts = part_colours();
    return {{"I: features in", "W: weights", "O: features out"}, Json::array({parts[1], parts[2], parts[3]})};
}

ChartSeries phase_series()
{
    return {{"iterations", "stall", "loading", "offloading", "copying", "phase unknown"},
            Json::array({"#2f7fd0", "#d9730d", "#b8a000", "#159a78", "#b65fb0", "#8a929c"})};
}

Json colour_scale(const ChartSeries& series)
{
    return {{"name", "colour"}, {"type", "ordinal"}, {"domain", series.names}, {"range", series.colours}};
}

Json colour_legend()
{
    return {{"fill", "colour"},          {"orient", "bottom"},
            {"direction", "horizontal"}, {"columns", {{"signal", "max(1, floor((room - 190) / 115))"}}},
            {"symbolType", "square"},    {"symbolSize", 110}};
}

Json silent_marks(const std::string& name, const char* type, const char* data, Json encoding)
{
    return {{"name", name},
            {"type", type},
            {"interactive", false},
            {"aria", false},
            {"clip", std::string_view{type} != "text"},
            {"from", {{"data", data}}},
            {"encode", {{"update", std::move(encoding)}}}};
}

}  // namespace plumbline::validate
