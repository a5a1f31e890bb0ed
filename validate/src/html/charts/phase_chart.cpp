// SPDX-License-Identifier: Apache-2.0
#include "html/charts/phase_chart.hpp"

#include <algorithm>

#include "report/text_parts.hpp"

namespace plumbline::validate {
namespace {

constexpr std::size_t kStepHeight = 30;
/// Pixels beyond the longest bar, for its number.
constexpr int kLabelWidth = 54;
/// Bars this many times shorter than the longest still have a number above 1.
constexpr double kSmallBar = 10;

template <class Name>
void remember(std::vector<std::string>& all, const Name& name)
{
    if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(name);
}

Cycles longest(const std::vector<PhaseBar>& bars)
{
    Cycles longest{};
    for (const PhaseBar& bar : bars) longest = std::max(longest, bar.all());
    return longest;
}

Json parts_of(const std::vector<PhaseBar>& bars, const ChartUnit& unit)
{
    Json parts = Json::array();
    for (const PhaseBar& bar : bars) {
        Cycles end{};
        for (const auto& [phase, length] : bar.phases) {
            if (length == Cycles{}) continue;
            const Cycles begin = end;
            end += length;
            parts.push_back({{"step", bar.step},
                             {"side", bar.side},
                             {"phase", phase},
                             {"from", static_cast<double>(begin.count()) / unit.size},
                             {"to", static_cast<double>(end.count()) / unit.size},
                             {"tip", bar.step + ", " + bar.side + ", " + phase + '\n' + cycles(length) + " of " +
                                         cycles(bar.all()) + " cycles"}});
        }
    }
    return parts;
}

Json totals_of(const std::vector<PhaseBar>& bars, const ChartUnit& unit)
{
    Json totals = Json::array();
    for (const PhaseBar& bar : bars) {
        const double all = static_cast<double>(bar.all().count()) / unit.size;
        totals.push_back({{"step", bar.step}, {"side", bar.side}, {"to", all}, {"label", short_number(all)}});
    }
    return totals;
}

/// Within the row of the step.
Json place_of_side(double part)
{
    return {{"scale", "y"}, {"field", "step"}, {"offset", {{"scale", "side"}, {"field", "side"}, {"band", part}}}};
}

Json part_marks()
{
    return {{"name", "part"},
            {"type", "rect"},
            {"from", {{"data", "parts"}}},
            {"encode", point_marks({{"x", scaled("x", "from")},
                                    {"x2", scaled("x", "to")},
                                    {"y", place_of_side(0)},
                                    {"height", {{"scale", "side"}, {"band", 1}}},
                                    {"fill", scaled("colour", "phase")}})}};
}

Json total_marks()
{
    return silent_marks("number", "text", "totals",
                        {{"x", {{"scale", "x"}, {"field", "to"}, {"offset", 5}}},
                         {"y", place_of_side(0.5)},
                         {"baseline", constant("middle")},
                         {"fontSize", roomy(10, 11)},
                         {"font", constant("sans-serif")},
                         {"text", {{"field", "label"}}}});
}

Json scales_of(const std::vector<PhaseBar>& bars, const ChartSeries& phases, double longest)
{
    std::vector<std::string> steps;
    std::vector<std::string> sides;
    for (const PhaseBar& bar : bars) {
        remember(steps, bar.step);
        remember(sides, bar.side);
    }
    return Json::array({{{"name", "x"},
                         {"type", "linear"},
                         {"zero", true},
                         {"domain", {0, longest}},
                         {"range", {0, {{"signal", "width - " + std::to_string(kLabelWidth)}}}}},
                        row_scale("y", steps, kStepHeight),
                        {{"name", "side"},
                         {"type", "band"},
                         {"domain", sides},
                         {"range", Json::array({0, {{"signal", "bandwidth('y')"}}})},
                         {"paddingInner", 0.08}},
                        colour_scale(phases)});
}

}  // namespace

Cycles PhaseBar::all() const
{
    Cycles sum{};
    for (const auto& [phase, length] : phases) sum += length;
    return sum;
}

Json phase_chart(const std::vector<PhaseBar>& bars, const ChartSeries& phases)
{
    const auto most = static_cast<double>(longest(bars).count());
    const ChartUnit unit = cycle_unit(Cycles{static_cast<std::int64_t>(most / kSmallBar)});
    Json spec = fitted_chart("cycles of each step by phase, predicted above simulated", bars.size() / 2 * kStepHeight);
    spec["data"] = Json::array({{{"name", "parts"}, {"values", parts_of(bars, unit)}},
                                {{"name", "totals"}, {"values", totals_of(bars, unit)}}});
    spec["scales"] = scales_of(bars, phases, std::max(1.0, most) / unit.size);
    spec["axes"] = Json::array({number_axis("x", "bottom", "time [" + unit.name + "]"), row_axis("y")});
    spec["marks"] = Json::array({part_marks(), total_marks()});
    spec["legends"] = Json::array({colour_legend()});
    return spec;
}

}  // namespace plumbline::validate
