// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/access.hpp"

#include <algorithm>
#include <string>
#include <tuple>

#include "plumbline/error.hpp"

namespace plumbline::sim {

bool operator==(const Access& a, const Access& b)
{
    return std::tie(a.memory, a.port, a.operand, a.direction, a.shares, a.times, a.finished, a.area) ==
           std::tie(b.memory, b.port, b.operand, b.direction, b.shares, b.times, b.finished, b.area);
}

std::int64_t bits(const Access& access)
{
    std::int64_t each_time = 0;
    for (InstanceBits share : access.shares) each_time += share.bits * share.instances;
    return each_time * access.times;
}

std::int64_t granules(const Access& access, const Port& port)
{
    std::int64_t each_time = 0;
    for (InstanceBits share : access.shares) {
        each_time += divide_up(share.bits, port.granule.count()) * share.instances;
    }
    return each_time * access.times;
}

std::int64_t slots(const Access& access, const Port& port)
{
    std::int64_t each_time = 0;
    for (InstanceBits share : access.shares) {
        each_time = std::max(each_time, transfer_cycles(Bits{share.bits}, port.width).count());
    }
    return each_time * access.times;
}

Access access_through(const plumbline::Accelerator& accelerator, MemoryId memory, MemoryOperand operand,
                      Direction direction, std::vector<InstanceBits> shares)
{
    const plumbline::Memory& description = accelerator.memory(memory);
    const MemoryService* service = description.service(operand);
    if (service == nullptr || !service->port[direction]) {
        throw InputError{"memories." + description.name,
                         "has no port for " + std::string{name_of(direction)} + " of " + std::string{name_of(operand)}};
    }
    return {memory, *service->port[direction], operand, direction, std::move(shares), 1, 0, 0};
}

}  // namespace plumbline::sim
