// SPDX-License-Identifier: Apache-2.0
#include "html/charts/histogram_chart.hpp"

#include <algorithm>
#include <cmath>

#include "plumbline/validate/table.hpp"

namespace plumbline::validate {
namespace {

constexpr std::size_t kHistogramHeight = 220;
constexpr std::int64_t kMostClasses = 24;
constexpr double kNarrowest = 1e-4;

std::int64_t class_of(double deviation, double width)
{
    return static_cast<std::int64_t>(std::floor(deviation / width));
}

/// The next of 1, 2, 5, 10, … times a power of ten. \param step how many steps from 1
double width_of(int step)
{
    constexpr double kMantissas[] = {1, 2, 5};
    return kNarrowest * kMantissas[step % 3] * std::pow(10, step / 3);
}

double width_for(double low, double high)
{
    int step = 0;
    while (class_of(high, width_of(step)) - class_of(low, width_of(step)) >= kMostClasses) ++step;
    return width_of(step);
}

std::string class_name(const Histogram& histogram, std::size_t index)
{
    return percent(histogram.edge(index)) + " to " + percent(histogram.edge(index + 1));
}

Json bars_of(const Histogram& histogram)
{
    Json bars = Json::array();
    const auto sides = static_cast<double>(histogram.series.size());
    for (std::size_t series = 0; series < histogram.series.size(); ++series)
        for (std::size_t i = 0; i < histogram.classes(); ++i) {
            const std::size_t count = histogram.counts[series][i];
            if (count == 0) continue;
            const double from = histogram.edge(i) + histogram.width * static_cast<double>(series) / sides;
            bars.push_back(
                {{"series", histogram.series[series]},
                 {"from", from},
                 {"to", from + histogram.width / sides},
                 {"count", count},
                 {"tip", histogram.series[series] + '\n' + class_name(histogram, i) + ": " + std::to_string(count)}});
        }
    return bars;
}

Json count_marks()
{
    return {{"name", "bar"},
            {"type", "rect"},
            {"from", {{"data", "bars"}}},
            {"encode", point_marks({{"x", {{"scale", "x"}, {"field", "from"}, {"offset", 1}}},
                                    {"x2", {{"scale", "x"}, {"field", "to"}}},
                                    {"y", scaled("y", "count")},
                                    {"y2", {{"scale", "y"}, {"value", 0}}},
                                    {"fill", scaled("colour", "series")}})}};
}

std::size_t most(const Histogram& histogram)
{
    std::size_t most = 1;
    for (const auto& counts : histogram.counts)
        for (std::size_t count : counts) most = std::max(most, count);
    return most;
}

}  // namespace

Histogram histogram_of(const std::vector<Residuals>& residuals)
{
    Histogram histogram;
    double low = 0;
    double high = 0;
    for (const Residuals& each : residuals)
        for (double deviation : each.deviations) {
            if (!std::isfinite(deviation)) continue;
            low = std::min(low, deviation);
            high = std::max(high, deviation);
        }
    histogram.width = width_for(low, high);
    histogram.first = class_of(low, histogram.width);
    const auto classes = static_cast<std::size_t>(class_of(high, histogram.width) - histogram.first + 1);
    for (const Residuals& each : residuals) {
        histogram.series.push_back(each.series);
        auto& counts = histogram.counts.emplace_back(classes);
        for (double deviation : each.deviations) {
            if (std::isfinite(deviation))
                ++counts[static_cast<std::size_t>(class_of(deviation, histogram.width) - histogram.first)];
            else
                ++histogram.infinite;
        }
    }
    return histogram;
}

Json histogram_chart(const Histogram& histogram, const std::string& what)
{
    Json spec = fitted_chart("how many deviate how far", kHistogramHeight);
    spec["data"] = Json::array({{{"name", "bars"}, {"values", bars_of(histogram)}},
                                {{"name", "origin"}, {"values", Json::array({{{"at", 0}}})}}});
    spec["scales"] =
        Json::array({{{"name", "x"},
                      {"type", "linear"},
                      {"zero", false},
                      {"domain", {histogram.edge(0), histogram.edge(histogram.classes())}},
                      {"range", "width"}},
                     {{"name", "y"}, {"type", "linear"}, {"domain", {0, most(histogram)}}, {"range", "height"}},
                     colour_scale({histogram.series, before_and_after_colours()})});
    Json counts = number_axis("y", "left", what, "d");
    counts["tickMinStep"] = 1;
    spec["axes"] = Json::array({number_axis("x", "bottom", "deviation", "+.2~%"), std::move(counts)});
    spec["marks"] = Json::array({count_marks(), silent_marks("zero", "rule", "origin",
                                                             {{"x", scaled("x", "at")},
                                                              {"y", constant(0)},
                                                              {"y2", {{"signal", "height"}}},
                                                              {"strokeDash", constant(Json::array({2, 3}))}})});
    spec["legends"] = Json::array({colour_legend()});
    return spec;
}

Table histogram_table(const Histogram& histogram)
{
    std::vector<Column> columns{{"deviation", Align::left}};
    for (const std::string& series : histogram.series) columns.push_back({series});
    Table table{columns};
    for (std::size_t i = 0; i < histogram.classes(); ++i) {
        std::vector<std::string> row{class_name(histogram, i)};
        std::size_t all = 0;
        for (const auto& counts : histogram.counts) {
            row.push_back(std::to_string(counts[i]));
            all += counts[i];
        }
        if (all > 0) table.add(std::move(row));
    }
    return table;
}

}  // namespace plumbline::validate
