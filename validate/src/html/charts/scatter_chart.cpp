// SPDX-License-Identifier: Apache-2.0
#include "html/charts/scatter_chart.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace plumbline::validate {
namespace {

constexpr std::size_t kScatterHeight = 380;
/// Pixels around the outermost points.
constexpr int kScatterMargin = 14;
/// From a range that is this wide on, powers of ten are enough to read it by.
constexpr double kManyTimes = 100;
constexpr double kNarrowRange = 1.5;

/// Of both axes; what is none at all is drawn at `low`.
ChartRange extent_of(const std::vector<ScatterPoint>& points)
{
    std::vector<double> values;
    bool none = false;
    for (const ScatterPoint& point : points)
        for (double value : {point.predicted, point.simulated}) {
            if (value > 0) values.push_back(value);
            none = none || value <= 0;
        }
    ChartRange range = range_of(values);
    if (none && range.logarithmic()) range.low /= 2;
    // Within less, there may be no round number to write at an axis.
    if (range.logarithmic() && range.high < kNarrowRange * range.low) {
        range.low /= kNarrowRange;
        range.high *= kNarrowRange;
    }
    return range;
}

Json dots(const std::vector<ScatterPoint>& points, const ChartSeries& series, const ChartRange& range)
{
    Json dots = Json::array();
    for (const ScatterPoint& point : points)
        dots.push_back({{"series", series.names[point.series]},
                        {"x", std::max(point.simulated, range.low)},
                        {"y", std::max(point.predicted, range.low)},
                        {"within", point.within},
                        {"tip", point.tip}});
    return dots;
}

/// From corner to corner and beyond, `factor` times what is simulated.
Json line(const ChartRange& range, double factor)
{
    const double low = range.logarithmic() ? range.low / 2 : range.low;
    return Json::array({{{"x", low}, {"y", low * factor}}, {{"x", 2 * range.high}, {"y", 2 * range.high * factor}}});
}

Json line_marks(const std::string& name, const char* data, const Json& dash)
{
    return silent_marks(name, "line", data,
                        {{"x", scaled("x", "x")},
                         {"y", scaled("y", "y")},
                         {"strokeDash", constant(dash)},
                         {"strokeWidth", constant(1)}});
}

Json pair_symbols()
{
    const Json by_tolerance = Json::array({{{"test", "datum.within"}, {"value", 0}}, {{"value", 2}}});
    const Json size = Json::array({{{"test", "datum.within"}, {"value", 70}}, {{"value", 130}}});
    return {{"name", "dot"},
            {"type", "symbol"},
            {"from", {{"data", "dots"}}},
            {"encode", point_marks({{"x", scaled("x", "x")},
                                    {"y", scaled("y", "y")},
                                    {"shape", scaled("shape", "series")},
                                    {"fill", scaled("colour", "series")},
                                    {"fillOpacity", constant(0.75)},
                                    {"stroke", scaled("colour", "series")},
                                    {"strokeWidth", by_tolerance},
                                    {"size", size}})}};
}

/// With a line at each power of ten, where there are some; those between make a mesh of it.
Json axis(const char* scale, const char* side, const std::string& title, const ChartRange& range)
{
    Json axis = number_axis(scale, side, title, "~s");
    if (!range.logarithmic() || range.high / range.low < kManyTimes) return axis;
    axis["values"] = Json::array();
    double value = std::pow(10, std::floor(std::log10(range.low)));
    while (value < kManyTimes * range.high) {
        if (value >= range.low / 2 && value <= 2 * range.high) axis["values"].push_back(value);
        value *= 10;
    }
    return axis;
}

}  // namespace

Json scatter_chart(const std::vector<ScatterPoint>& points, const ScatterTexts& texts, const ChartSeries& series,
                   double tolerance)
{
    const ChartRange range = extent_of(points);
    Json spec = fitted_chart(texts.description, kScatterHeight);
    spec["data"] = Json::array({{{"name", "dots"}, {"values", dots(points, series, range)}},
                                {{"name", "alike"}, {"values", line(range, 1)}},
                                {{"name", "above"}, {"values", line(range, 1 + tolerance)}},
                                {{"name", "below"}, {"values", line(range, std::max(0.0, 1 - tolerance))}}});
    spec["scales"] =
        Json::array({axis_scale("x", "width", range, kScatterMargin),
                     axis_scale("y", "height", range, kScatterMargin),
                     colour_scale(series),
                     {{"name", "shape"}, {"type", "ordinal"}, {"domain", series.names}, {"range", series_shapes()}}});
    spec["axes"] =
        Json::array({axis("x", "bottom", texts.simulated, range), axis("y", "left", texts.predicted, range)});
    spec["marks"] = Json::array({line_marks("identity", "alike", Json::array())});
    if (tolerance > 0 && tolerance < 1)
        for (const char* side : {"above", "below"})
            spec["marks"].push_back(line_marks(std::string{"tolerance_"} + side, side, Json::array({4, 4})));
    spec["marks"].push_back(pair_symbols());
    Json legend = colour_legend();
    legend["shape"] = "shape";
    legend.erase("symbolType");
    spec["legends"] = Json::array({std::move(legend)});
    return spec;
}

}  // namespace plumbline::validate
