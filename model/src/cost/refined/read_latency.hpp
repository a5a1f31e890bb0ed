// SPDX-License-Identifier: Apache-2.0
// How long does a read wait for its first word?
#pragma once

#include "plumbline/units.hpp"

namespace plumbline::detail::refined {

/// Cycles before the first slot of a transfer that reads from a memory of this latency: the last cycle of the latency is
/// the one in which the word passes.
inline double read_latency(Cycles of_memory) { return static_cast<double>(of_memory.count() - 1); }

}  // namespace plumbline::detail::refined
