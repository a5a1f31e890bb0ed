// SPDX-License-Identifier: Apache-2.0
// Given an order of the temporal loops, which memory holds which of them?
//
// LOMA: memory by memory from the MACs outwards, each operand takes as many of the innermost loops left as minimise the
// accesses to the level above, if their data fits together. Each operand is cut on its own ("uneven" mapping).
#pragma once

#include <vector>

#include "cost/layer/layer_facts.hpp"
#include "cost/layer/loop_cuts.hpp"
#include "plumbline/mapping_problem.hpp"

namespace plumbline::detail {

/// One operand's share of a memory.
struct OperandLevel {
    std::size_t operand = 0;
    std::size_t level = 0;
    bool top = false;        ///< highest level of the operand: all loops left must fit
    std::int64_t stays = 0;  ///< bits of the operand that the memory holds at least, however few come at a time
};

/// One memory, and the operand levels that divide its space among them.
struct SharedMemory {
    std::int64_t capacity = 0;  ///< bits
    std::vector<OperandLevel> levels;

    /// Whether it is the nearest level of some operand.
    bool innermost() const;
};

/// The memories in the order in which they are filled, and what counts as fitting.
struct SharedMemories {
    std::vector<SharedMemory> memories;
    CapacityPolicy policy = CapacityPolicy::optimistic;
};

/// Memories without space that is reserved, and without those that no operand uses.
SharedMemories shared_memories(const MappingProblem& problem, const LayerFacts& model);

/// Cuts of `loops` per operand; false where they do not fit. Does not allocate.
/// \pre count <= kMaxLoops
bool allocate(const LayerFacts& model, const SharedMemories& shared, const TemporalLoop* loops, std::size_t count,
              LoopCuts& cuts);

}  // namespace plumbline::detail
