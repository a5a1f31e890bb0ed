// SPDX-License-Identifier: Apache-2.0
// Through which memories does data move that is copied from one place to another?
//
// Up from memory to memory to the lowest one that both operands share, and down again. Each border that is crossed is a
// hop; what hops cost is in copy_cost.hpp.
//
//     for (const Hop& hop : route(accelerator, {MemoryOperand::o, sram}, {MemoryOperand::i1, buffer})) …
#pragma once

#include <vector>

#include "plumbline/accelerator.hpp"
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

/// One per copy.
std::vector<CopyTransfer> copy_transfers(const CopyStep& step);

}  // namespace plumbline
#pragma GCC visibility pop
