// SPDX-License-Identifier: Apache-2.0
#include "html/charts/deviation_chart.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "plumbline/validate/table.hpp"

namespace plumbline::validate {
namespace {

constexpr std::size_t kDeviationHeight = 20;
/// Of the scale where nothing deviates.
constexpr double kLeastReach = 0.001;

/// From 0 to the outermost deviations.
ChartRange reach_of(const std::vector<DeviationBar>& bars)
{
    ChartRange reach{0, 0};
    bool infinite = false;
    for (const DeviationBar& bar : bars) {
        infinite = infinite || !std::isfinite(bar.deviation);
        if (!std::isfinite(bar.deviation)) continue;
        reach.low = std::min(reach.low, bar.deviation);
        reach.high = std::max(reach.high, bar.deviation);
    }
    if (infinite) reach.high = std::max(2 * reach.high, 1.0);
    if (reach.low == reach.high) return {-kLeastReach, kLeastReach};
    return reach;
}

Json values_of(const std::vector<DeviationBar>& bars, const ChartSeries& series, const ChartRange& reach)
{
    Json values = Json::array();
    for (const DeviationBar& bar : bars)
        values.push_back({{"row", bar.row},
                          {"series", series.names[bar.series]},
                          {"to", std::isfinite(bar.deviation) ? bar.deviation : reach.high},
                          {"label", percent(bar.deviation)},
                          {"tip", bar.tip}});
    return values;
}

Json bar_marks()
{
    return {{"name", "bar"},
            {"type", "rect"},
            {"from", {{"data", "bars"}}},
            {"encode", point_marks({{"x", {{"scale", "x"}, {"value", 0}}},
                                    {"x2", scaled("x", "to")},
                                    {"y", scaled("y", "row")},
                                    {"height", {{"scale", "y"}, {"band", 1}}},
                                    {"fill", scaled("colour", "series")}})}};
}

Json number_marks()
{
    const Json side = Json::array({{{"test", "datum.to < 0"}, {"value", "right"}}, {{"value", "left"}}});
    return silent_marks("number", "text", "bars",
                        {{"x", {{"scale", "x"}, {"field", "to"}, {"offset", {{"signal", "datum.to < 0 ? -5 : 5"}}}}},
                         {"y", {{"scale", "y"}, {"field", "row"}, {"band", 0.5}}},
                         {"align", side},
                         {"baseline", constant("middle")},
                         {"fontSize", roomy(10, 12)},
                         {"font", constant("sans-serif")},
                         {"text", {{"field", "label"}}}});
}

Json upright(const char* name, const char* data, const Json& dash)
{
    return silent_marks(
        name, "rule", data,
        {{"x", scaled("x", "at")}, {"y", constant(0)}, {"y2", {{"signal", "height"}}}, {"strokeDash", constant(dash)}});
}

}  // namespace

Json deviation_chart(const std::vector<DeviationBar>& bars, const ChartSeries& series, double tolerance)
{
    const ChartRange reach = reach_of(bars);
    std::vector<std::string> rows;
    rows.reserve(bars.size());
    for (const DeviationBar& bar : bars) rows.push_back(bar.row);
    Json limits = Json::array();
    for (double limit : {-tolerance, tolerance})
        if (limit >= reach.low && limit <= reach.high) limits.push_back({{"at", limit}});
    Json spec = fitted_chart("deviations", rows.size() * kDeviationHeight);
    spec["data"] = Json::array({{{"name", "bars"}, {"values", values_of(bars, series, reach)}},
                                {{"name", "origin"}, {"values", Json::array({{{"at", 0}}})}},
                                {{"name", "limits"}, {"values", std::move(limits)}}});
    spec["scales"] = Json::array({{{"name", "x"},
                                   {"type", "linear"},
                                   {"domain", {reach.low, reach.high}},
                                   {"range", "width"},
                                   {"padding", roomy(48, 62)}},
                                  row_scale("y", rows, kDeviationHeight),
                                  colour_scale(series)});
    spec["axes"] = Json::array({number_axis("x", "bottom", "deviation", "+.2~%"), row_axis("y")});
    spec["marks"] = Json::array({upright("tolerance", "limits", Json::array({4, 4})), bar_marks(),
                                 upright("zero", "origin", Json::array()), number_marks()});
    spec["legends"] = Json::array({colour_legend()});
    return spec;
}

}  // namespace plumbline::validate
