// SPDX-License-Identifier: Apache-2.0
#include "plumbline/cost_summary.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace plumbline {
namespace {

enum class Content : std::uint8_t { feature_map, weights };

Content content_of(const Layer& layer, const std::string& operand)
{
    for (const Operand& input : layer.inputs)
        if (input.name == operand && input.constant) return Content::weights;
    return Content::feature_map;
}

bool lies_before(Place a, Place b) { return std::tie(a.memory, a.operand) < std::tie(b.memory, b.operand); }

class Summary {
public:
    Summary(const Accelerator& accelerator, const Workload& workload) : accelerator_{accelerator}, workload_{workload}
    {}

    void add(const ScheduledLayerCost& layer)
    {
        const LayerCost& cost = layer.cost;
        result_.macs += cost.macs;
        result_.mac_energy += cost.mac_energy;
        result_.phases.compute += cost.temporal;
        result_.phases.stall += cost.stall;
        result_.phases.loading += cost.loading;
        result_.phases.offloading += cost.offloading;
        for (const OperandCost& operand : cost.operands) {
            const Content content = content_of(workload_.layer(layer.layer), operand.operand);
            for (const LevelCost& level : operand.levels)
                add_traffic({operand.memory_operand, level.memory}, level.accesses, level.energy, content);
        }
    }

    void add(const ScheduledCopyCost& copy)
    {
        result_.phases.copy += copy.cost.latency;
        for (const CopyTraffic& each : copy.cost.traffic)
            add_traffic(each.place, each.accesses, each.energy, Content::feature_map);
    }

    /// \param energy of the whole schedule, as it adds up by layers and copies
    CostSummary result(Picojoules energy)
    {
        counted(CostView::everything) = energy;
        return std::move(result_);
    }

private:
    Picojoules& counted(CostView view) { return result_.energy_by_view[static_cast<std::size_t>(view)]; }

    PlaceCost& at(Place place)
    {
        auto& places = result_.places;
        const auto found =
            std::lower_bound(places.begin(), places.end(), place,
                             [](const PlaceCost& cost, Place other) { return lies_before(cost.place, other); });
        if (found != places.end() && found->place == place) return *found;
        return *places.insert(found, PlaceCost{place, {}, {}});
    }

    void add_traffic(Place place, const PerDirection<Accesses>& accesses, const PerDirection<Picojoules>& energy,
                     Content content)
    {
        PlaceCost& sum = at(place);
        Picojoules total{};
        for (Direction direction : kAllDirections) {
            sum.accesses[direction] += accesses[direction];
            total += energy[direction];
        }
        sum.energy += total;
        if (place.memory == accelerator_.top()) counted(CostView::dram_only) += total;
        if (content == Content::feature_map) counted(CostView::activations_only) += total;
    }

    const Accelerator& accelerator_;
    const Workload& workload_;
    CostSummary result_;
};

}  // namespace

std::string_view name_of(CostView view)
{
    switch (view) {
        case CostView::everything: return "everything";
        case CostView::dram_only: return "dram-only";
        case CostView::activations_only: break;
    }
    return "activations-only";
}

std::optional<CostView> cost_view_named(std::string_view name)
{
    for (CostView view : kAllCostViews)
        if (name == name_of(view)) return view;
    return std::nullopt;
}

bool operator==(const PhaseCycles& a, const PhaseCycles& b)
{
    return std::tie(a.compute, a.stall, a.loading, a.offloading, a.copy) ==
           std::tie(b.compute, b.stall, b.loading, b.offloading, b.copy);
}

bool operator==(const PlaceCost& a, const PlaceCost& b)
{
    return a.place == b.place && a.accesses == b.accesses && a.energy == b.energy;
}

bool operator==(const CostSummary& a, const CostSummary& b)
{
    return std::tie(a.energy_by_view, a.mac_energy, a.phases, a.macs, a.places) ==
           std::tie(b.energy_by_view, b.mac_energy, b.phases, b.macs, b.places);
}

CostSummary summarise(const Accelerator& accelerator, const Workload& workload, const ScheduleCost& cost)
{
    Summary summary{accelerator, workload};
    for (const ScheduledLayerCost& layer : cost.layers) summary.add(layer);
    for (const ScheduledCopyCost& copy : cost.copies) summary.add(copy);
    return summary.result(cost.energy());
}

}  // namespace plumbline
