// SPDX-License-Identifier: Apache-2.0
// The cost of a whole schedule in a few numbers: by phase, by memory and operand, and as partial cost models see it.
//
// A partial view counts part of the energy and leaves out the rest, as others do who optimise schedules: what they miss
// is what their optimum costs in truth (explore.hpp, optima.hpp). Views differ in energy only; latency is always that
// of the whole schedule.
//
//     CostSummary summary = summarise(accelerator, workload, predict(accelerator, workload, schedule));
//     Picojoules off_chip = summary.energy(CostView::dram_only);
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "plumbline/cost.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

enum class CostView : std::uint8_t {
    everything,        ///< MACs and all traffic at all memories
    dram_only,         ///< traffic of all operands at the top memory; no MACs
    activations_only,  ///< traffic of feature maps at all memories; neither weights (constant inputs) nor MACs
};
inline constexpr std::array<CostView, 3> kAllCostViews{CostView::everything, CostView::dram_only,
                                                       CostView::activations_only};
/// "everything", "dram-only", "activations-only".
std::string_view name_of(CostView view);
std::optional<CostView> cost_view_named(std::string_view name);

/// What a schedule's time is spent on; phases never overlap.
struct PhaseCycles {
    Cycles compute{};
    Cycles stall{};
    Cycles loading{};
    Cycles offloading{};
    Cycles copy{};

    Cycles total() const { return compute + stall + loading + offloading + copy; }
};
bool operator==(const PhaseCycles& a, const PhaseCycles& b);

/// Traffic of one operand at one memory, by layers and copies alike.
struct PlaceCost {
    Place place;
    PerDirection<Accesses> accesses;
    Picojoules energy{};
};
bool operator==(const PlaceCost& a, const PlaceCost& b);

struct CostSummary {
    std::array<Picojoules, kAllCostViews.size()> energy_by_view{};
    Picojoules mac_energy{};
    PhaseCycles phases;
    std::int64_t macs = 0;
    std::vector<PlaceCost> places;  ///< from the MACs outwards, operands in the order I1, I2, O

    Picojoules energy(CostView view = CostView::everything) const
    {
        return energy_by_view[static_cast<std::size_t>(view)];
    }
    Cycles latency() const { return phases.total(); }
};
bool operator==(const CostSummary& a, const CostSummary& b);

/// \pre the cost is that of a schedule for this accelerator and workload
CostSummary summarise(const Accelerator& accelerator, const Workload& workload, const ScheduleCost& cost);

}  // namespace plumbline
#pragma GCC visibility pop
