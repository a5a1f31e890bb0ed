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

/// Which part of the energy a cost model looks at.
enum class CostView : std::uint8_t {
    everything,        ///< MACs and all traffic at all memories
    dram_only,         ///< traffic of all operands at the top memory; no MACs
    activations_only,  ///< traffic of feature maps at all memories; neither weights (constant inputs) nor MACs
};
/// All of them, in the order of reports.
inline constexpr std::array<CostView, 3> kAllCostViews{CostView::everything, CostView::dram_only,
                                                       CostView::activations_only};
/// "everything", "dram-only", "activations-only".
std::string_view name_of(CostView view);
/// The view of that name; nothing for other names.
std::optional<CostView> cost_view_named(std::string_view name);

/// What a schedule's time is spent on; phases never overlap.
struct PhaseCycles {
    Cycles compute{};     ///< iterations of temporal loops
    Cycles stall{};       ///< waiting for ports while computing
    Cycles loading{};     ///< before first iterations
    Cycles offloading{};  ///< after last iterations
    Cycles copy{};        ///< of copy steps

    /// All phases together.
    Cycles total() const { return compute + stall + loading + offloading + copy; }
};
/// All fields equal.
bool operator==(const PhaseCycles& a, const PhaseCycles& b);

/// Traffic of one operand at one memory, by layers and copies alike.
struct PlaceCost {
    Place place;                      ///< the memory, as one operand sees it
    PerDirection<Accesses> accesses;  ///< full-width words
    Picojoules energy{};              ///< of these accesses
};
/// All fields equal.
bool operator==(const PlaceCost& a, const PlaceCost& b);

/// Sums over all layers, copies and tiles.
struct CostSummary {
    std::array<Picojoules, kAllCostViews.size()> energy_by_view{};  ///< indexed by CostView
    Picojoules mac_energy{};                                        ///< of the MAC array
    PhaseCycles phases;                                             ///< of the whole schedule
    std::int64_t macs = 0;                                          ///< multiply-accumulate operations
    std::vector<PlaceCost> places;  ///< from the MACs outwards, operands in the order I1, I2, O

    /// What a view sees.
    Picojoules energy(CostView view = CostView::everything) const
    {
        return energy_by_view[static_cast<std::size_t>(view)];
    }
    /// Of the whole schedule.
    Cycles latency() const { return phases.total(); }
};
/// All fields equal.
bool operator==(const CostSummary& a, const CostSummary& b);

/// \pre the cost is that of a schedule for this accelerator and workload
/// Adds up the cost of a schedule.
CostSummary summarise(const Accelerator& accelerator, const Workload& workload, const ScheduleCost& cost);

}  // namespace plumbline
#pragma GCC visibility pop
