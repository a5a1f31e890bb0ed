// SPDX-License-Identifier: Apache-2.0
// Time in parts of a cycle, for memories whose ports are idle between words and lose time in bursts (MemoryTiming).
//
// Rests are thousandths of a cycle per word. Where any memory has a timing, the model counts in ticks of that length and
// rounds to cycles at the end; else a tick is a cycle, and nothing differs.
#pragma once

#include <cstdint>

#include "plumbline/accelerator.hpp"

namespace plumbline::detail {

inline constexpr std::int64_t kTicksPerCycle = 1000;

/// 1, or kTicksPerCycle.
std::int64_t ticks_of(const Accelerator& accelerator);
/// Cycles of a port in which a transfer passes that has so many words and bursts, on average.
double slots_of(const MemoryTiming& timing, double words, double bursts);
/// That a transfer of so many bits loses in its bursts.
std::int64_t lost_ticks(const MemoryTiming& timing, std::int64_t bits);

}  // namespace plumbline::detail
