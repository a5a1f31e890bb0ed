// SPDX-License-Identifier: Apache-2.0
// How long does a read wait for its first word?
#pragma once

#include <algorithm>
#include <cstdint>

#include "plumbline/units.hpp"

namespace plumbline::detail::refined {

/// Cycles before the first slot of a transfer that reads from a memory of this latency: the last cycle of the latency is
/// the one in which the word passes. A memory of latency 0 answers in the cycle in which it is asked, as one of latency 1 does:
/// a port moves a word in a whole cycle.
inline double read_latency(Cycles of_memory)
{
    return static_cast<double>(std::max<std::int64_t>(of_memory.count(), 1) - 1);
}

}  // namespace plumbline::detail::refined
