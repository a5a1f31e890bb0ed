// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/ports.hpp"

#include <algorithm>

namespace plumbline::sim {

PortMap::PortMap(const plumbline::Accelerator& accelerator) : first_{0}
{
    for (const plumbline::Memory& memory : accelerator.memories())
        first_.push_back(first_.back() + memory.ports.size());
}

MemoryId PortMap::memory(PortIndex index) const
{
    const auto after = std::upper_bound(first_.begin(), first_.end(), index);
    return static_cast<MemoryId>(after - first_.begin()) - 1;
}

PortIdle port_idle(const plumbline::Accelerator& accelerator)
{
    PortIdle idle;
    for (const plumbline::Memory& memory : accelerator.memories())
        idle.insert(idle.end(), memory.ports.size(), memory.timing.idle_per_word);
    const bool none = std::all_of(idle.begin(), idle.end(), [](std::int64_t each) { return each == 0; });
    return none ? PortIdle{} : idle;
}

}  // namespace plumbline::sim
