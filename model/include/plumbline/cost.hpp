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
    uniform,  ///< DeFiNES' own
    refined,  ///< as a machine of whole lanes counts its accesses, and waits for blocks and ports
};
std::string_view name_of(Estimator estimator);
std::optional<Estimator> estimator_named(std::string_view name);

/// Traffic of one operand at one memory.
struct LevelCost {
    MemoryId memory = 0;
    PerDirection<Accesses> accesses;
    PerDirection<Picojoules> energy;
};

struct OperandCost {
    std::string operand;  ///< the layer's: "O", "W", "I", …
    MemoryOperand memory_operand = MemoryOperand::i1;
    std::vector<LevelCost> levels;  ///< level 0 (nearest to the MACs) first
};

/// A layer on a tile, or summed over tiles.
struct LayerCost {
    std::int64_t macs = 0;
    Picojoules mac_energy{};
    Picojoules memory_energy{};
    std::vector<OperandCost> operands;  ///< output first
    Cycles ideal{};                     ///< every MAC busy every cycle
    Cycles temporal{};                  ///< iterations of the temporal loops
    Cycles stall{};                     ///< waiting for ports while computing
    Cycles loading{};                   ///< before the first iteration
    Cycles offloading{};                ///< after the last

    Picojoules energy() const { return mac_energy + memory_energy; }
    Cycles latency_without_offloading() const { return temporal + stall + loading; }
    Cycles latency() const { return latency_without_offloading() + offloading; }

    LayerCost& operator*=(std::int64_t times);
    /// Level by level; a deeper hierarchy keeps its extra levels. \pre same operands
    LayerCost& operator+=(const LayerCost& other);
};

/// Traffic of a copy at one memory.
struct CopyTraffic {
    Place place;
    PerDirection<Accesses> accesses;
    PerDirection<Picojoules> energy;
};

/// Copies that run at the same time.
struct CopyCost {
    Picojoules energy{};
    Cycles latency{};
    std::vector<CopyTraffic> traffic;  ///< one per place

    CopyCost& operator*=(std::int64_t times);
    CopyCost& operator+=(const CopyCost& other);
};

struct ScheduledLayerCost {
    LayerId layer = 0;
    std::string name;
    LayerCost cost;
};

struct ScheduledCopyCost {
    std::optional<LayerId> before_layer;  ///< none: fetches the stack's input
    CopyCost cost;
};

/// Sums over all tiles of a schedule; steps never overlap.
struct ScheduleCost {
    std::vector<ScheduledLayerCost> layers;  ///< in the order of the schedule
    std::vector<ScheduledCopyCost> copies;

    std::int64_t macs() const;
    Picojoules energy() const;
    Cycles copy_latency() const;
    Cycles latency() const;
    Cycles latency_without_offloading() const;
};

}  // namespace plumbline
#pragma GCC visibility pop
