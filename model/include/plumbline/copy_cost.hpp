// SPDX-License-Identifier: Apache-2.0
// What copies between memories cost: each moves through the memories on its way, hop by hop, and copies of one step that
// meet at a port wait for each other.
#pragma once

#include <vector>

#include "plumbline/cost.hpp"
#include "plumbline/schedule.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// Bits that move from one place to another.
struct CopyTransfer {
    Bits amount{};  ///< at least 0
    Place from;     ///< where they are read
    Place to;       ///< where they are written
    /// All fields equal.
    friend bool operator==(const CopyTransfer& a, const CopyTransfer& b)
    {
        return a.amount == b.amount && a.from == b.from && a.to == b.to;
    }
};

/// One memory border crossed: read at `from`, written at `to`.
struct Hop {
    Place from;                                  ///< the memory that is read
    Direction read = Direction::read_down;       ///< how it is read
    Place to;                                    ///< the memory that is written
    Direction write = Direction::write_from_up;  ///< how it is written
};

/// Hops from one place to another: up to the lowest memory that both operands share, then down. Empty where both are the
/// same memory. \throws InputError where the operands share no memory above both
std::vector<Hop> route(const Accelerator& accelerator, Place from, Place to);

struct MovementCost {
    Picojoules energy{};       ///< of all hops
    std::vector<Cycles> hops;  ///< each begins when the one before has ended
};

MovementCost movement_cost(const Accelerator& accelerator, const CopyTransfer& movement);
/// All movements begin at once. `uniform`: a port that several need is busy for their sum; `refined`: they share it while
/// they need it, and the latency of memories counts.
CopyCost copy_cost(const Accelerator& accelerator, const std::vector<CopyTransfer>& movements,
                   Estimator estimator = Estimator::uniform);
/// Its latency alone.
Cycles copy_latency(const Accelerator& accelerator, const std::vector<CopyTransfer>& movements, Estimator estimator);
/// One per copy.
std::vector<CopyTransfer> movements_of(const CopyStep& step);
/// The same, after the accelerator's dispatch.
CopyCost copy_cost(const Accelerator& accelerator, const CopyStep& step, Estimator estimator = Estimator::uniform);

}  // namespace plumbline
#pragma GCC visibility pop
