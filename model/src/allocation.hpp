// SPDX-License-Identifier: Apache-2.0
// Given an order of the temporal loops, which memory holds which of them?
//
// LOMA: memory by memory from the MACs outwards, each operand takes as many of the innermost loops left as minimise the
// accesses to the level above, if their data fits together. Each operand is cut on its own ("uneven" mapping).
#pragma once

#include <optional>
#include <vector>

#include "evaluation.hpp"
#include "layer_model.hpp"

namespace plumbline::detail {

/// One operand's share of a memory.
struct Tenant {
    std::size_t operand = 0;
    std::size_t level = 0;
    bool top = false;  ///< highest level of the operand: all loops left must fit
};

struct Room {
    std::int64_t capacity = 0;  ///< bits
    std::vector<Tenant> tenants;
};

/// The memories in the order in which they are filled, space that is reserved already subtracted.
std::vector<Room> rooms_of(const Accelerator& accelerator, const LayerModel& model, const std::vector<Bits>& reserved);

/// Cuts of `loops` per operand; nothing where they do not fit. Does not allocate.
/// \pre count <= kMaxLoops
bool allocate(const LayerModel& model, const std::vector<Room>& rooms, const TemporalLoop* loops, std::size_t count,
              LoopCuts& cuts);

}  // namespace plumbline::detail
