// SPDX-License-Identifier: Apache-2.0
#include "machine/machine_context.hpp"

#include "arbitration/max_min_arbiter.hpp"
#include "arbitration/round_robin_arbiter.hpp"

namespace plumbline::sim {
namespace {

std::unique_ptr<Arbiter> arbiter_of(Fidelity fidelity, std::size_t ports, ChunkTimingCache& rehearsals,
                                    const PortIdle& rests)
{
    if (fidelity == Fidelity::cycle) return std::make_unique<RoundRobinArbiter>("round_robin", ports, rests);
    return std::make_unique<MaxMinArbiter>("bandwidth", ports, rehearsals, rests);
}

}  // namespace

MachineContext::MachineContext(const plumbline::Accelerator& accelerator,
                               const std::vector<Activity>& activities_of_run, MachineOptions options)
    : memories{accelerator.memories()},
      dispatch{accelerator.dispatch()},
      ports{accelerator},
      rehearsals{port_idle(accelerator), options.remembered},
      arbiter{arbiter_of(options.fidelity, ports.count(), rehearsals, port_idle(accelerator))},
      observer{std::move(options.observer)},
      activities{activities_of_run}
{}

}  // namespace plumbline::sim
