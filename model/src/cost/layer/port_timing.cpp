// SPDX-License-Identifier: Apache-2.0
#include "cost/layer/port_timing.hpp"

#include <algorithm>
#include <cmath>

namespace plumbline::detail {

std::int64_t ticks_of(const Accelerator& accelerator)
{
    const auto& memories = accelerator.memories();
    const bool neutral =
        std::all_of(memories.begin(), memories.end(), [](const Memory& memory) { return memory.timing.neutral(); });
    return neutral ? 1 : kTicksPerCycle;
}

double slots_of(const MemoryTiming& timing, double words, double bursts)
{
    return words * (1 + static_cast<double>(timing.idle_per_word) / kTicksPerCycle) + timing.burst_overhead * bursts;
}

std::int64_t lost_ticks(const MemoryTiming& timing, std::int64_t bits)
{
    const auto bursts = static_cast<double>(divide_up(bits, timing.burst.count()));
    return std::llround(static_cast<double>(kTicksPerCycle) * timing.burst_overhead * bursts);
}

}  // namespace plumbline::detail
