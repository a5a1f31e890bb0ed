// SPDX-License-Identifier: Apache-2.0
// What does a stack cost at least, before any of its layers is mapped?
//
// Nothing here asks for a mapping, so that choices without a chance are told at once. Never more than what the planned
// stack is predicted to cost.
//
//     const StackFloor floor{accelerator, open, capacity};
//     floor.of({TileSize{4, 4}, OverlapMode::h_cached}).energy
#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "planning/open_stack.hpp"

namespace plumbline::detail {

/// Sums of the same energies in another order differ by less.
inline constexpr double kCostRounding = 1e-9;

/// Energy and latency of a stack, or of several one after the other.
struct StackCost {
    double energy = 0;  ///< picojoules
    double cycles = 0;  ///< a whole number, but in bounds

    friend StackCost operator+(StackCost a, StackCost b) { return {a.energy + b.energy, a.cycles + b.cycles}; }
    friend bool operator==(StackCost a, StackCost b) { return a.energy == b.energy && a.cycles == b.cycles; }
};

class StackFloor {
public:
    /// All must outlive it.
    StackFloor(const Accelerator& accelerator, const OpenStack& open);

    /// Whatever tile and mode.
    StackCost least() const;
    /// Of one choice. \pre its tile has at least one column and row
    StackCost of(StackChoice choice);

private:
    const std::vector<AxisWork>& columns(std::int64_t tile, bool cached);
    const std::vector<AxisWork>& rows(std::int64_t tile, bool cached);
    Picojoules fetching(Bits weights, MemoryOperand operand) const;

    const Accelerator& accelerator_;
    const OpenStack& open_;
    bool weights_stay_ = true;  ///< some memory on chip may hold those of all layers
    std::map<std::tuple<bool, std::int64_t, bool>, std::vector<AxisWork>> known_;
};

}  // namespace plumbline::detail
