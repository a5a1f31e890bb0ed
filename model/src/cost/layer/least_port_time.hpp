// SPDX-License-Identifier: Apache-2.0
// For how long is a port busy at least with the words that it moves?
//
// A port moves a word a cycle, so nothing that a layer does is over before each port has moved its words. Words are those of
// all instances of a memory; the one with most has its share at least. Pieces are not rounded up here: it is a bound.
#pragma once

#include "cost/layer/layer_facts.hpp"

namespace plumbline::detail {

/// Cycles. \param words of an operand in this direction, in all instances of the memory \pre the direction has a port
inline double least_port_time(const OperandFacts& facts, std::size_t level, Direction d, double words)
{
    const TimedPort port = facts.port_at(level, d);
    const double bits = words / static_cast<double>(facts.lanes.units[level + 1]) * static_cast<double>(port.width);
    return port_time(port, 1.0, [&](std::int64_t size) { return bits / static_cast<double>(size); });
}

}  // namespace plumbline::detail
