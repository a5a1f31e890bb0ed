// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/access.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>

#include "plumbline/error.hpp"
#include "plumbline/sim/ports.hpp"

namespace plumbline::sim {
namespace {

/// The port is idle after each of its slots (PortIdle), which comes on top: so many slots fewer are lost.
std::int64_t lost_slots(const Access& access, const MemoryTiming& timing)
{
    if (timing.burst_overhead == 0) return 0;
    std::int64_t bursts = 0;
    for (InstanceBits share : access.shares)
        bursts = std::max(bursts, divide_up(share.bits, timing.burst.count()) * access.times);
    const double cycles_per_slot = static_cast<double>(kIdlePerCycle + timing.idle_per_word) / kIdlePerCycle;
    return std::llround(timing.burst_overhead * static_cast<double>(bursts) / cycles_per_slot);
}

}  // namespace

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

PortTime port_time(const Access& access, const plumbline::Memory& memory)
{
    const Port& port = memory.ports[access.port];
    PortTime time;
    for (InstanceBits share : access.shares) {
        time.granules += divide_up(share.bits, port.granule.count()) * share.instances;
        time.slots = std::max(time.slots, transfer_cycles(Bits{share.bits}, port.width).count());
    }
    time.granules *= access.times;
    time.slots *= access.times;
    time.lost_slots = lost_slots(access, memory.timing);
    if (is_read(access.direction)) time.latency = first_word_latency(memory);
    return time;
}

Cycles first_word_latency(const plumbline::Memory& memory) { return std::max(memory.latency, Cycles{1}) - Cycles{1}; }

Accesses full_words(std::int64_t granules, const Port& port)
{
    return Accesses{static_cast<double>(granules) * (port.granule / port.width)};
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
