// SPDX-License-Identifier: Apache-2.0
// One layer on one tile and the memories it may use, laid out for fast evaluation of many temporal mappings.
//
// Everything here depends on layer, tile, spatial unrolling and memory levels, but not on the temporal loops
// (loop_cuts.hpp): it is built once, and then both estimators are asked about as many loop orders as wanted. Arrays are of
// fixed size, so that nothing is allocated while searching.
//
//     LayerFacts mapped = make_layer_facts(accelerator, layer, mapping);
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "cost/layer/port_timing.hpp"
#include "description/basics/bounds.hpp"
#include "plumbline/accelerator.hpp"
#include "plumbline/mapping.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::detail {

inline constexpr std::size_t kMaxLevels = kMostLevels;
inline constexpr std::size_t kMaxOperands = 3;
/// Array levels: the MACs and every memory level.
inline constexpr std::size_t kMaxArrayLevels = kMaxLevels + 1;

/// Spatial unrolling of one operand, per array level (0: at the MACs). Computed twice: with fractional unrolling, which
/// counts accesses and energy on average, and with whole lanes, which decide how long transfers take.
struct Unrolled {
    std::array<std::int64_t, kMaxArrayLevels> units{};   ///< memories (or MACs) in use at this level
    std::array<double, kMaxArrayLevels> unique_units{};  ///< of these, holding data of their own
    std::array<std::int64_t, kMaxLevels> boost{};        ///< data that level + 1 sends for one unit's share at level
};

struct LevelFacts {
    MemoryId memory = 0;
    Bits size{};
    Bits free{};  ///< of its size, what others leave to the layer's operands; less than nothing where those overflow
    Cycles latency{};
    double read_energy = 0;              ///< pJ per word
    double write_energy = 0;             ///< pJ per word
    PerDirection<std::int64_t> width;    ///< bits; 0 where the direction has no port
    PerDirection<std::int64_t> granule;  ///< bits
    PerDirection<int> port;              ///< port_number; kNoPort where there is none

    MemoryTiming timing;

    double energy(Direction d) const { return is_read(d) ? read_energy : write_energy; }
};

struct OperandFacts {
    const Operand* operand = nullptr;
    MemoryOperand memory_operand = MemoryOperand::i1;
    bool output = false;
    bool rereads = true;  ///< MacArray::rereads_inputs: the array that DeFiNES assumes; others are those of ZigZag v3
    bool kept = false;    ///< stays at the MACs from one iteration to the next where it does not change
    std::size_t levels = 0;
    std::array<LevelFacts, kMaxLevels> level{};
    std::array<std::vector<SpatialLoop>, kMaxArrayLevels> spatial{};
    Unrolled average;  ///< fractional unrolling
    Unrolled lanes;    ///< whole lanes
    std::vector<AxisPadding>
        padding;  ///< per sliding axis; empty where no window reaches beyond an edge, and none is up-sampled
    /// Per sliding axis, all features of the tile between the edges; empty likewise.
    std::vector<std::int64_t> between_edges;
    std::int64_t precision = 0;        ///< bits; of partial sums for the output
    std::int64_t final_precision = 0;  ///< bits; same as `precision` for inputs

    /// The port of a direction at a level. \pre the direction has one
    TimedPort port_at(std::size_t at, Direction d) const
    {
        const bool to_macs = at == 0 && (d == Direction::read_down || d == Direction::write_from_down);
        return {level[at].width[d], level[at].timing, !to_macs};
    }

    bool relevant(LoopDim dim) const { return operand->relevant.contains(dim); }
    bool slides(LoopDim dim) const;
    bool irrelevant(LoopDim dim) const { return !relevant(dim) && !slides(dim); }
};

struct LayerFacts {
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

/// \param held bits in each memory that others than the layer's operands hold; empty: none
/// \pre at most kMaxLevels levels and kMaxOperands operands
LayerFacts make_layer_facts(const Accelerator& accelerator, const Layer& layer, const LayerMapping& mapping,
                            const std::vector<Bits>& held = {});

/// Latencies and timings of memories, and dispatch, of an accelerator that differs in nothing else.
void set_time(LayerFacts& mapped, const Accelerator& accelerator);

/// Elements of an up-sampled axis that fractional loop sizes meet, on average over where within an element they begin, but
/// no more than `all` that they would meet without.
double upsampled_span(const SlidingAxis& axis, double positions, double window, double all);
/// Distinct elements that fractional loop sizes span along a sliding axis, truncated as ZigZag does.
double truncated_span(const SlidingAxis& axis, double positions, double window);

}  // namespace plumbline::detail
