// SPDX-License-Identifier: Apache-2.0
// The numbers by which arbiters know who wants time: ports ask in their order.
//
// The MAC array comes first, then the movers of I1, I2 and O from the lowest link up (of outputs, the one that fills
// before the one that drains), then whoever copies. Machines are built in this order.
#pragma once

#include "plumbline/accelerator.hpp"

namespace plumbline::sim {

using RequesterId = std::size_t;

inline constexpr RequesterId kMacArrayRequester = 0;

/// Of the mover that fills `level` from the one above; of outputs, the next number drains it.
inline RequesterId requester_of_link(const Accelerator& accelerator, MemoryOperand operand, std::size_t level)
{
    RequesterId number = kMacArrayRequester + 1;
    for (MemoryOperand each : kAllMemoryOperands) {
        if (each == operand) break;
        number += accelerator.levels(each).size() - 1;
    }
    return number + level * (operand == MemoryOperand::o ? 2 : 1);
}

}  // namespace plumbline::sim
