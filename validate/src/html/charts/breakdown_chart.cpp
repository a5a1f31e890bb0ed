// SPDX-License-Identifier: Apache-2.0
#include "html/charts/breakdown_chart.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "plumbline/validate/table.hpp"
#include "report/text_parts.hpp"

namespace plumbline::validate {
namespace {

constexpr int kBarHeight = 24;
constexpr int kPanelWidth = 250;
constexpr const char* kMacs = "MACs";
/// Bars this many times shorter than all together still have a number above 1.
constexpr double kSmallPart = 10;
/// Room for the number at the end of the longest bar, as a part of it.
constexpr double kLabelSpace = 1.28;

struct Panel {
    std::string name;
    const CostSummary* cost = nullptr;
};

std::vector<Panel> panels_of(const ExploredSpace& space, const Findings& findings)
{
    std::vector<Panel> panels{{"best", &*space.points[*findings.best].cost}};
    for (const ExploreReference& reference : space.references)
        if (reference.result.cost) panels.push_back({reference.name, &*reference.result.cost});
    return panels;
}

std::string operand_name(MemoryOperand operand) { return operand_series().names.at(static_cast<std::size_t>(operand)); }

std::string panel_title(const Panel& panel, const ChartUnit& unit)
{
    return panel.name + ": " + short_number(panel.cost->energy().count() / unit.size) + ' ' + unit.name;
}

/// Lays the parts of each bar of a panel end to end.
class Bars {
public:
    Bars(const Panel& panel, const ChartUnit& unit) : panel_{panel}, unit_{unit}, title_{panel_title(panel, unit)} {}

    void add(const std::string& memory, const std::string& operand, Picojoules energy)
    {
        Bar& bar = bars_[memory];
        const double from = bar.end;
        bar.end += energy.count() / unit_.size;
        bar.parts.push_back({{"panel", title_},
                             {"memory", memory},
                             {"operand", operand},
                             {"from", from},
                             {"to", bar.end},
                             {"label", ""},
                             {"tip", panel_.name + ", " + memory + ", " + operand + '\n' + picojoules(energy) +
                                         " pJ, " + grouped(100 * (energy / panel_.cost->energy()), 1) + " % of all"}});
    }

    /// The last part of each bar bears the number of the whole; each part knows how long the axis has to be.
    void write_to(Json& all) const
    {
        for (const auto& [memory, bar] : bars_) {
            for (const Json& part : bar.parts) {
                all.push_back(part);
                all.back()["room"] = kLabelSpace * longest();
            }
            all.back()["label"] = short_number(bar.end);
        }
    }

private:
    double longest() const
    {
        double longest = 0;
        for (const auto& [memory, bar] : bars_) longest = std::max(longest, bar.end);
        return longest;
    }

    struct Bar {
        double end = 0;
        std::vector<Json> parts;
    };

    const Panel& panel_;
    const ChartUnit& unit_;
    std::string title_;
    std::map<std::string, Bar> bars_;
};

Bars bars_of(const Accelerator& accelerator, const Panel& panel, const ChartUnit& unit)
{
    Bars bars{panel, unit};
    bars.add(kMacs, kMacs, panel.cost->mac_energy);
    for (const PlaceCost& place : panel.cost->places)
        bars.add(accelerator.memory(place.place.memory).name, operand_name(place.place.operand), place.energy);
    return bars;
}

/// From the MACs outwards.
Json memory_names(const Accelerator& accelerator)
{
    Json names = Json::array({kMacs});
    for (const Memory& memory : accelerator.memories()) names.push_back(memory.name);
    return names;
}

Json scales_of(const Accelerator& accelerator)
{
    const Json memories = memory_names(accelerator);
    Json operands = Json::array({kMacs});
    for (MemoryOperand operand : kAllMemoryOperands) operands.push_back(operand_name(operand));
    return Json::array({{{"name", "y"},
                         {"type", "band"},
                         {"domain", memories},
                         {"range", Json::array({0, static_cast<int>(memories.size()) * kBarHeight})},
                         {"padding", 0.2}},
                        {{"name", "colour"}, {"type", "ordinal"}, {"domain", operands}, {"range", part_colours()}}});
}

Json parts_of_bars()
{
    return {{"name", "part"},
            {"type", "rect"},
            {"from", {{"data", "panel"}}},
            {"encode", point_marks({{"x", scaled("x", "from")},
                                    {"x2", scaled("x", "to")},
                                    {"y", scaled("y", "memory")},
                                    {"height", {{"scale", "y"}, {"band", 1}}},
                                    {"fill", scaled("colour", "operand")}})}};
}

Json numbers_of_bars()
{
    return {{"name", "total"},
            {"type", "text"},
            {"interactive", false},
            {"aria", false},
            {"from", {{"data", "panel"}}},
            {"encode",
             {{"enter",
               {{"x", {{"scale", "x"}, {"field", "to"}, {"offset", 5}}},
                {"y", {{"scale", "y"}, {"field", "memory"}, {"band", 0.5}}},
                {"baseline", constant("middle")},
                {"fontSize", constant(12)},
                {"font", constant("sans-serif")},
                {"text", {{"field", "label"}}}}}}}};
}

Json panel_group(std::size_t bars, const std::string& unit)
{
    const Json energy{{"scale", "x"}, {"orient", "bottom"}, {"title", "energy [" + unit + "]"},
                      {"grid", true}, {"tickCount", 4},     {"format", ",.3~r"},
                      {"zindex", 0}};
    const Json memory{{"scale", "y"}, {"orient", "left"}, {"ticks", false}, {"domain", false}, {"labelPadding", 6}};
    const Json own_scale{{"name", "x"},
                         {"type", "linear"},
                         {"zero", true},
                         {"domain", {{"data", "panel"}, {"field", "room"}}},
                         {"range", Json::array({0, kPanelWidth})}};
    return {{"type", "group"},
            {"from", {{"facet", {{"name", "panel"}, {"data", "parts"}, {"groupby", "panel"}}}}},
            {"title", {{"text", {{"signal", "parent.panel"}}}, {"frame", "group"}}},
            {"encode", {{"enter", {{"width", constant(kPanelWidth)}, {"height", constant(bars * kBarHeight)}}}}},
            {"scales", Json::array({own_scale})},
            {"axes", Json::array({energy, memory})},
            {"marks", Json::array({parts_of_bars(), numbers_of_bars()})}};
}

}  // namespace

Json breakdown_chart(const ExploredSpace& space, const Findings& findings)
{
    const std::vector<Panel> panels = panels_of(space, findings);
    const ChartUnit unit = energy_unit(Picojoules{panels.front().cost->energy().count() / kSmallPart});
    Json parts = Json::array();
    for (const Panel& panel : panels) bars_of(space.accelerator, panel, unit).write_to(parts);
    Json spec = chart("energy by memory and operand");
    spec["data"] = Json::array({{{"name", "parts"}, {"values", std::move(parts)}}});
    spec["scales"] = scales_of(space.accelerator);
    spec["layout"] = {{"columns", 3}, {"padding", 24}, {"bounds", "full"}, {"align", "all"}};
    spec["marks"] = Json::array({panel_group(space.accelerator.memories().size() + 1, unit.name)});
    spec["legends"] = Json::array({{{"fill", "colour"}, {"orient", "bottom"}, {"direction", "horizontal"}}});
    return spec;
}

}  // namespace plumbline::validate
