// SPDX-License-Identifier: Apache-2.0
// One layer on one tile, and the memories that a mapping of it may use: what a search is asked.
//
// The planner fills in the levels that it chose for each operand; a mapping of the problem is found by mapper.hpp, or
// remembered by mapping_cache.hpp.
#pragma once

#include <optional>
#include <vector>

#include "plumbline/mapping.hpp"
#include "plumbline/schedule.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// A layer's tile and where its operands may be. Refers to accelerator, layer and rule, which must outlive it.
struct MappingProblem {
    const Accelerator* accelerator = nullptr;  ///< not null in a search
    const Layer* layer = nullptr;              ///< not null in a search
    LoopSizes sizes = kUnitLoopSizes;          ///< of the tile
    const MappingRule* rule = nullptr;         ///< not null in a search: unrollings, and what holds each operand
    /// Per operand (output first): memories in use, level 0 first.
    std::vector<std::vector<MemoryId>> levels;
    /// Per operand (output first), as OperandMapping has it; empty where nothing lies beyond an edge of a map, or is up-sampled.
    std::vector<std::vector<AxisPadding>> padding = {};
    /// `optimistic` counts fractional unrolling on average, as LOMA does, and lets the innermost level overflow where not
    /// even one iteration of its operands fits together. `reserved` counts whole lanes, lets nothing overflow, and where
    /// nothing fits unrolls less.
    CapacityPolicy capacity = CapacityPolicy::optimistic;
    /// Bits of each memory that are taken already, indexed by MemoryId; memories beyond its end have none.
    std::vector<Bits> reserved;
    /// Where the layer's weights stay for later tiles: `reserved` counts all of them there, however few come at a time.
    std::optional<MemoryId> staying_weights;
};

}  // namespace plumbline
#pragma GCC visibility pop
