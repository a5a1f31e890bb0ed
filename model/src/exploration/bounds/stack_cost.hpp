// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace plumbline::detail {

/// Sums of the same energies in another order differ by less.
inline constexpr double kCostRounding = 1e-9;

/// Energy and latency of a stack, or of several one after the other.
struct StackCost {
    double energy = 0;  ///< picojoules
    double cycles = 0;  ///< a whole number, but in bounds

    friend StackCost operator+(StackCost a, StackCost b) { return {a.energy + b.energy, a.cycles + b.cycles}; }
    friend StackCost operator*(StackCost a, double times) { return {a.energy * times, a.cycles * times}; }
    friend bool operator==(StackCost a, StackCost b) { return a.energy == b.energy && a.cycles == b.cycles; }
};

}  // namespace plumbline::detail
