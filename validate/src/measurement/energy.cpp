// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/energy.hpp"

#include "plumbline/sim/energy.hpp"

namespace plumbline::validate {

Picojoules memory_energy(const Accelerator& accelerator, const sim::Counters& counters)
{
    Picojoules sum{};
    for (const sim::Traffic& traffic : counters.traffic) sum += sim::energy(accelerator, traffic);
    return sum;
}

Picojoules memory_energy(const Accelerator& accelerator, const sim::Counters& counters, const sim::Activity& activity)
{
    Picojoules sum{};
    for (const sim::Traffic& traffic : counters.traffic) {
        if (traffic.activity == activity) sum += sim::energy(accelerator, traffic);
    }
    return sum;
}

Picojoules mac_energy(const Accelerator& accelerator, std::int64_t macs) { return sim::mac_energy(accelerator, macs); }

Picojoules energy(const Accelerator& accelerator, const sim::Counters& counters)
{
    return memory_energy(accelerator, counters) + mac_energy(accelerator, counters.macs());
}

}  // namespace plumbline::validate
