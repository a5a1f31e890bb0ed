// SPDX-License-Identifier: Apache-2.0
#include "html/charts/timeline_chart.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "plumbline/validate/table.hpp"

namespace plumbline::validate {
namespace {

constexpr std::size_t kPortHeight = 26;
constexpr const char* kBusyColour = "#2f7fd0";
/// In turn.
constexpr const char* kStepColours[] = {"#9ab8a8", "#c9b98a"};
constexpr const char* kSteps = "steps";
constexpr const char* kRowTop = "scale('y', datum.row)";
/// Shares have three digits: more would not be seen.
constexpr double kShareDigits = 1000;

std::string tip_of(const BusyBins& bins, sim::PortIndex port, const std::string& row)
{
    double most = 0;
    for (std::size_t i = 0; i < bins.bins(); ++i) most = std::max(most, bins.share(port, i));
    const double share = bins.busy(port) / (bins.end() - bins.begin());
    return row + "\nbusy " + grouped(100 * share, 1) + " % of the time, at most " + grouped(100 * most, 1) +
           " % within " + grouped(bins.width(), 0) + " cycles";
}

/// A step for each bin, and one that ends the last.
void add_row(Json& values, const BusyBins& bins, sim::PortIndex port, const std::string& row, double unit)
{
    const auto add = [&](double time, double share) {
        values.push_back(
            {{"row", row}, {"at", time / unit}, {"share", std::round(share * kShareDigits) / kShareDigits}});
    };
    for (std::size_t i = 0; i < bins.bins(); ++i) add(static_cast<double>(i) * bins.width(), bins.share(port, i));
    add(bins.end() - bins.begin(), bins.share(port, bins.bins() - 1));
}

Json bands_json(const std::vector<TimelineBand>& bands, double begin, double unit)
{
    Json json = Json::array();
    for (std::size_t i = 0; i < bands.size(); ++i) {
        const TimelineBand& band = bands[i];
        json.push_back({{"row", kSteps},
                        {"from", (band.span.begin - begin) / unit},
                        {"to", (band.span.end - begin) / unit},
                        {"name", band.name},
                        {"odd", i % 2 == 1},
                        {"tip", band.name + '\n' + grouped(band.span.end - band.span.begin, 0) + " cycles"}});
    }
    return json;
}

Json area_of_row()
{
    const Json top = {{"signal", std::string{kRowTop} + " + bandwidth('y') * (1 - datum.share)"}};
    const Json base = {{"signal", std::string{kRowTop} + " + bandwidth('y')"}};
    Json encoding{{"x", scaled("x", "at")},
                  {"y", top},
                  {"y2", base},
                  {"interpolate", constant("step-after")},
                  {"fill", constant(kBusyColour)}};
    Json described = point_marks(std::move(encoding));
    // An area is one mark, described by its first point.
    return {{"name", "busy"}, {"type", "area"}, {"from", {{"data", "row"}}}, {"encode", std::move(described)}};
}

Json rows_of_ports()
{
    return {{"type", "group"},
            {"from", {{"facet", {{"name", "row"}, {"data", "bins"}, {"groupby", "row"}}}}},
            {"marks", Json::array({area_of_row()})}};
}

Json step_marks()
{
    const Json fill = Json::array({{{"test", "datum.odd"}, {"value", kStepColours[1]}}, {{"value", kStepColours[0]}}});
    return {{"name", "step"},
            {"type", "rect"},
            {"from", {{"data", "bands"}}},
            {"encode", point_marks({{"x", scaled("x", "from")},
                                    {"x2", scaled("x", "to")},
                                    {"y", scaled("y", "row")},
                                    {"height", {{"scale", "y"}, {"band", 1}}},
                                    {"fill", fill}})}};
}

/// Where it fits.
Json names_of_steps()
{
    return silent_marks("step_name", "text", "bands",
                        {{"x", {{"scale", "x"}, {"signal", "(datum.from + datum.to) / 2"}}},
                         {"y", {{"scale", "y"}, {"field", "row"}, {"band", 0.5}}},
                         {"align", constant("center")},
                         {"baseline", constant("middle")},
                         {"fontSize", constant(12)},
                         {"font", constant("sans-serif")},
                         {"fill", constant("#16191d")},
                         {"limit", {{"signal", "max(1, scale('x', datum.to) - scale('x', datum.from) - 4)"}}},
                         {"opacity", {{"signal", "scale('x', datum.to) - scale('x', datum.from) > 30 ? 1 : 0"}}},
                         {"text", {{"field", "name"}}}});
}

Json base_lines()
{
    return silent_marks(
        "frame", "rule", "bases",
        {{"x", constant(0)}, {"x2", {{"signal", "width"}}}, {"y", {{"scale", "y"}, {"field", "row"}, {"band", 1}}}});
}

}  // namespace

Json timeline_chart(const BusyBins& bins, const std::vector<std::string>& rows, const std::vector<TimelineBand>& bands)
{
    const double duration = bins.end() - bins.begin();
    const ChartUnit unit = cycle_unit(Cycles{static_cast<std::int64_t>(duration / 10)});
    std::vector<std::string> shown;
    if (!bands.empty()) shown.emplace_back(kSteps);
    Json values = Json::array();
    Json bases = Json::array();
    for (sim::PortIndex port = 0; port < rows.size(); ++port) {
        if (bins.busy(port) == 0) continue;
        shown.push_back(rows[port]);
        bases.push_back({{"row", rows[port]}});
        add_row(values, bins, port, rows[port], unit.size);
        values[values.size() - bins.bins() - 1]["tip"] = tip_of(bins, port, rows[port]);
    }
    Json spec = fitted_chart("how busy each port is over time", shown.size() * kPortHeight);
    spec["data"] = Json::array({{{"name", "bins"}, {"values", std::move(values)}},
                                {{"name", "bands"}, {"values", bands_json(bands, bins.begin(), unit.size)}},
                                {{"name", "bases"}, {"values", std::move(bases)}}});
    spec["scales"] =
        Json::array({{{"name", "x"}, {"type", "linear"}, {"domain", {0, duration / unit.size}}, {"range", "width"}},
                     row_scale("y", shown, kPortHeight)});
    spec["axes"] = Json::array({number_axis("x", "bottom", "time [" + unit.name + "]"), row_axis("y")});
    spec["marks"] = Json::array({step_marks(), names_of_steps(), rows_of_ports(), base_lines()});
    return spec;
}

}  // namespace plumbline::validate
