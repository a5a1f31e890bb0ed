// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/energy.hpp"

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

}  // namespace plumbline::validate
