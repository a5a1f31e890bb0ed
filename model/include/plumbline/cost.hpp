// SPDX-License-Identifier: Apache-2.0
// What the model predicts, as values: the cost of one layer on one tile, of a copy step, and of a whole schedule.
//
// Costs of tiles add up and multiply by how often a tile occurs. Accesses are full-width words (fractional through
// granules), energies picojoules; off-chip traffic beyond the top memory does not exist.
#pragma once

#include <string>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/units.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// Formulas to predict with.
enum class Estimator : std::uint8_t {
    uniform,  ///< DeFiNES' own, for parity with it
    refined,  ///< as a machine of whole lanes counts its accesses, and waits for blocks and ports
};
/// What predicts where nobody asks for one: plans, commands and the C interface alike.
inline constexpr Estimator kDefaultEstimator = Estimator::refined;
/// "uniform", "refined".
std::string_view name_of(Estimator estimator);
/// The estimator of that name; nothing for other names.
std::optional<Estimator> estimator_named(std::string_view name);

/// Traffic of one operand at one memory.
struct LevelCost {
    MemoryId memory = 0;              ///< of the accelerator
    PerDirection<Accesses> accesses;  ///< full-width words, all instances together
    PerDirection<Picojoules> energy;  ///< of these accesses
};

/// Traffic of one operand of a layer.
struct OperandCost {
    std::string operand;                               ///< the layer's: "O", "W", "I", …
    MemoryOperand memory_operand = MemoryOperand::i1;  ///< that holds it
    std::vector<LevelCost> levels;                     ///< level 0 (nearest to the MACs) first
};

/// A layer on a tile, or summed over tiles.
struct LayerCost {
    std::int64_t macs = 0;              ///< multiply-accumulate operations
    Picojoules mac_energy{};            ///< of the MAC array
    Picojoules memory_energy{};         ///< of all levels of all operands
    std::vector<OperandCost> operands;  ///< output first
    Cycles ideal{};                     ///< every MAC busy every cycle
    Cycles temporal{};                  ///< iterations of the temporal loops
    Cycles stall{};                     ///< waiting for ports while computing
    Cycles loading{};                   ///< before the first iteration
    Cycles offloading{};                ///< after the last

    /// Of MACs and memories.
    Picojoules energy() const { return mac_energy + memory_energy; }
    /// Until the last iteration has ended, stalls included.
    Cycles latency_without_offloading() const { return temporal + stall + loading; }
    /// All phases, one after the other.
    Cycles latency() const { return latency_without_offloading() + offloading; }

    /// The same, so many times one after the other.
    LayerCost& operator*=(std::int64_t times);
    /// Level by level; a deeper hierarchy keeps its extra levels. \pre same operands
    LayerCost& operator+=(const LayerCost& other);
};

/// Traffic of a copy at one memory.
struct CopyTraffic {
    Place place;                      ///< the memory, as one operand sees it
    PerDirection<Accesses> accesses;  ///< full-width words
    PerDirection<Picojoules> energy;  ///< of these accesses
};

/// Copies that run at the same time.
struct CopyCost {
    Picojoules energy{};               ///< of all places
    Cycles latency{};                  ///< until the last of them has ended
    std::vector<CopyTraffic> traffic;  ///< one per place

    /// The same, so many times one after the other.
    CopyCost& operator*=(std::int64_t times);
    /// One after the other: place by place.
    CopyCost& operator+=(const CopyCost& other);
};

/// A layer in a schedule.
struct ScheduledLayerCost {
    LayerId layer = 0;  ///< of the workload
    std::string name;   ///< of the layer
    LayerCost cost;     ///< over all tiles
};

/// Copies in a schedule that come before the same layer.
struct ScheduledCopyCost {
    std::optional<LayerId> before_layer;  ///< none: fetches the stack's input
    CopyCost cost;                        ///< over all tiles
};

/// Sums over all tiles of a schedule; steps never overlap.
struct ScheduleCost {
    std::vector<ScheduledLayerCost> layers;  ///< in the order of the schedule
    std::vector<ScheduledCopyCost> copies;   ///< in the order of the schedule

    /// Of all layers.
    std::int64_t macs() const;
    /// Of layers and copies.
    Picojoules energy() const;
    /// Of all copy steps.
    Cycles copy_latency() const;
    /// Of layers and copies, one after the other.
    Cycles latency() const;
    /// The same, but for what layers take to offload.
    Cycles latency_without_offloading() const;
};

}  // namespace plumbline
#pragma GCC visibility pop
