// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/energy.hpp"

namespace plumbline::sim {

Picojoules energy(const plumbline::Accelerator& accelerator, const Traffic& traffic)
{
    const plumbline::Memory& memory = accelerator.memory(traffic.memory);
    return traffic.words.count() * (is_read(traffic.direction) ? memory.read_energy : memory.write_energy);
}

Picojoules mac_energy(const plumbline::Accelerator& accelerator, std::int64_t macs)
{
    return static_cast<double>(macs) * accelerator.array().mac_energy;
}

Picojoules energy(const plumbline::Accelerator& accelerator, const Counters& counters)
{
    Picojoules sum{};
    for (const Traffic& traffic : counters.traffic) sum += energy(accelerator, traffic);
    return sum + mac_energy(accelerator, counters.macs());
}

/// A picojoule in a nanosecond is a milliwatt.
double milliwatts(const EnergySample& begin, const EnergySample& end)
{
    const double time = end.nanoseconds - begin.nanoseconds;
    return time > 0 ? (end.energy - begin.energy).count() / time : 0;
}

}  // namespace plumbline::sim
