// SPDX-License-Identifier: Apache-2.0
// The numbers by which arbiters know who wants time: ports ask in their order.
//
// The MAC array comes first, then the movers of I1, I2, O and of second streams of I1 and I2, each from the lowest link up
// (of outputs, the one that fills before the one that drains), then whoever copies. Machines are built in this order.
#pragma once

#include "plumbline/accelerator.hpp"

namespace plumbline::sim {

using RequesterId = std::size_t;

inline constexpr RequesterId kMacArrayRequester = 0;

/// What flows between the levels of an operand of a layer. Both inputs of an addition may be I1, or I2: the second one
/// has a stream of its own.
using StreamId = std::size_t;
inline constexpr StreamId kStreams = 5;

inline StreamId stream_of(MemoryOperand operand, bool second)
{
    return static_cast<StreamId>(operand) + (second ? kAllMemoryOperands.size() : 0);
}
inline MemoryOperand operand_of(StreamId stream) { return kAllMemoryOperands[stream % kAllMemoryOperands.size()]; }

/// Numbers the links of an accelerator.
using LinkNumber = std::size_t;
inline LinkNumber link_number(StreamId stream, std::size_t level) { return level * kStreams + stream; }
inline StreamId stream_of_link(LinkNumber number) { return number % kStreams; }
inline std::size_t level_of_link(LinkNumber number) { return number / kStreams; }

/// Of the mover that fills `level` from the one above; of outputs, the next number drains it.
inline RequesterId requester_of_link(const plumbline::Accelerator& accelerator, StreamId stream, std::size_t level)
{
    const auto movers = [](StreamId each) -> std::size_t { return operand_of(each) == MemoryOperand::o ? 2 : 1; };
    RequesterId number = kMacArrayRequester + 1;
    for (StreamId each = 0; each < stream; ++each) {
        number += (accelerator.levels(operand_of(each)).size() - 1) * movers(each);
    }
    return number + level * movers(stream);
}

}  // namespace plumbline::sim
