// SPDX-License-Identifier: Apache-2.0
// One layer on one tile and the memories it may use, laid out for fast evaluation of many temporal mappings.
//
// Everything here depends on layer, tile, spatial unrolling and memory levels, but not on the temporal loops: build it
// once, then ask reuse.hpp, transfer.hpp and layer_cost.hpp about as many loop orders as wanted. Fixed-size arrays, so
// that nothing is allocated while searching.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/mapping.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::detail {

inline constexpr std::size_t kMaxLevels = 8;
inline constexpr std::size_t kMaxOperands = 3;
/// Array levels: the MACs and every memory level.
inline constexpr std::size_t kMaxArrayLevels = kMaxLevels + 1;

/// Spatial unrolling of one operand, per array level (0: at the MACs). Computed twice: with fractional unrolling, which
/// counts accesses and energy on average, and with whole lanes, which sets the pace.
struct Unrolled {
    std::array<std::int64_t, kMaxArrayLevels> units{};   ///< memories (or MACs) in use at this level
    std::array<double, kMaxArrayLevels> unique_units{};  ///< of these, holding data of their own
    std::array<std::int64_t, kMaxLevels> boost{};        ///< data that level + 1 sends for one unit's share at level
};

struct LevelFacts {
    MemoryId memory = 0;
    Bits size{};
    Bits
        free{};  ///< of its size, where others than the layer's operands are held; less than nothing where those overflow
    Cycles latency{};
    double read_energy = 0;              ///< pJ per word
    double write_energy = 0;             ///< pJ per word
    PerDirection<std::int64_t> width;    ///< bits; 0 where the direction has no port
    PerDirection<std::int64_t> granule;  ///< bits
    PerDirection<int> port;              ///< numbered over all memories; -1 where there is none

    MemoryTiming timing;

    double energy(Direction d) const { return is_read(d) ? read_energy : write_energy; }
};

struct OperandFacts {
    const Operand* operand = nullptr;
    MemoryOperand memory_operand = MemoryOperand::i1;
    bool output = false;
    std::size_t levels = 0;
    std::array<LevelFacts, kMaxLevels> level{};
    std::array<std::vector<SpatialLoop>, kMaxArrayLevels> spatial{};
    Unrolled average;                  ///< fractional unrolling
    Unrolled lanes;                    ///< whole lanes
    std::int64_t precision = 0;        ///< bits; of partial sums for the output
    std::int64_t final_precision = 0;  ///< bits; same as `precision` for inputs

    bool relevant(LoopDim dim) const { return operand->relevant.contains(dim); }
    bool slides(LoopDim dim) const;
    bool irrelevant(LoopDim dim) const { return !relevant(dim) && !slides(dim); }
};

struct LayerModel {
    std::size_t operands = 0;
    std::array<OperandFacts, kMaxOperands> operand{};  ///< output first
    LoopSizes sizes = kUnitLoopSizes;
    std::int64_t macs = 0;
    std::int64_t array_units = 1;
    double mac_energy = 0;      ///< pJ per MAC
    int ports = 0;              ///< of the accelerator, numbered memory by memory
    std::int64_t ticks = 1;     ///< per cycle: more than one where memories have a timing that is not neutral
    std::int64_t dispatch = 0;  ///< cycles before the step
};

/// Ticks that `bits` of one instance take at a level's border alone, from the first word to the last; of the MAC array's
/// words at its own border, or of a transfer between memories.
std::int64_t border_ticks(const LayerModel& model, const OperandFacts& facts, std::size_t level, Direction d,
                          std::int64_t bits);
/// Ticks before that first word.
std::int64_t waiting_ticks(const LayerModel& model, const OperandFacts& facts, std::size_t level, Direction d);

/// Spatial part of a mapping, per operand and array level, and the levels in use.
/// \pre at most kMaxLevels levels and kMaxOperands operands
LayerModel make_layer_model(const Accelerator& accelerator, const Layer& layer, const LayerMapping& mapping);

/// Latencies and timings of memories, and dispatch, of an accelerator that differs in nothing else.
void set_time(LayerModel& model, const Accelerator& accelerator);

/// Distinct positions that fractional loop sizes span along a sliding axis, truncated as ZigZag does.
double truncated_span(const SlidingAxis& axis, double positions, double window);

}  // namespace plumbline::detail
