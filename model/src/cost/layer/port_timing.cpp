// SPDX-License-Identifier: Apache-2.0
#include "cost/layer/port_timing.hpp"

#include <algorithm>

namespace plumbline::detail {

std::int64_t ticks_of(const Accelerator& accelerator)
{
    const auto& memories = accelerator.memories();
    const bool neutral =
        std::all_of(memories.begin(), memories.end(), [](const Memory& memory) { return memory.timing.neutral(); });
    return neutral ? 1 : kTicksPerCycle;
}

}  // namespace plumbline::detail
