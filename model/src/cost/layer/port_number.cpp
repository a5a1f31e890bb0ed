// SPDX-License-Identifier: Apache-2.0
#include "cost/layer/port_number.hpp"

namespace plumbline::detail {
namespace {

std::size_t ports_before(const Accelerator& accelerator, MemoryId memory)
{
    std::size_t count = 0;
    for (MemoryId id = 0; id < memory; ++id) count += accelerator.memory(id).ports.size();
    return count;
}

}  // namespace

int port_number(const Accelerator& accelerator, MemoryId memory, PortId port)
{
    return static_cast<int>(ports_before(accelerator, memory) + port);
}

int port_count(const Accelerator& accelerator)
{
    return static_cast<int>(ports_before(accelerator, accelerator.memories().size()));
}

}  // namespace plumbline::detail
