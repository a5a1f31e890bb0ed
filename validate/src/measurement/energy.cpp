// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/energy.hpp"

namespace plumbline::validate {
namespace {

Picojoules energy_of(const Accelerator& accelerator, const sim::Traffic& traffic)
{
    const Memory& memory = accelerator.memory(traffic.memory);
    return traffic.words.count() * (is_read(traffic.direction) ? memory.read_energy : memory.write_energy);
}

}  // namespace

Picojoules memory_energy(const Accelerator& accelerator, const sim::Counters& counters)
{
    Picojoules sum{};
    for (const sim::Traffic& traffic : counters.traffic) sum += energy_of(accelerator, traffic);
    return sum;
}

Picojoules memory_energy(const Accelerator& accelerator, const sim::Counters& counters, const sim::Activity& activity)
{
    Picojoules sum{};
    for (const sim::Traffic& traffic : counters.traffic) {
        if (traffic.activity == activity) sum += energy_of(accelerator, traffic);
    }
    return sum;
}

Picojoules mac_energy(const Accelerator& accelerator, std::int64_t macs)
{
    return static_cast<double>(macs) * accelerator.array().mac_energy;
}

Picojoules energy(const Accelerator& accelerator, const sim::Counters& counters)
{
    return memory_energy(accelerator, counters) + mac_energy(accelerator, counters.macs());
}

}  // namespace plumbline::validate
