// SPDX-License-Identifier: Apache-2.0
#include "machine/machine_context.hpp"

#include <cmath>

#include "arbitration/round_robin_arbiter.hpp"
#include "arbitration/transfer_arbiter.hpp"

namespace plumbline::sim {
namespace {

std::unique_ptr<Arbiter> arbiter_of(const plumbline::Accelerator& accelerator, std::size_t ports,
                                    const MachineOptions& options, Clock& clock)
{
    PortIdle idle = port_idle(accelerator);
    if (options.fidelity == Fidelity::cycle)
        return std::make_unique<RoundRobinArbiter>("round_robin", clock, ports, std::move(idle));
    return std::make_unique<TransferArbiter>("bandwidth", clock, ports, idle,
                                             options.cached_timings.value_or(kCachedTimings));
}

}  // namespace

MachineContext::MachineContext(const plumbline::Accelerator& accelerator,
                               const std::vector<Activity>& activities_of_run, MachineOptions options,
                               Clock& clock_of_machine)
    : clock{clock_of_machine},
      memories{accelerator.memories()},
      dispatch{accelerator.dispatch()},
      ports{accelerator},
      arbiter{arbiter_of(accelerator, ports.count(), options, clock_of_machine)},
      observer{std::move(options.observer)},
      observed_time{options.observed_time},
      activities{activities_of_run}
{}

double MachineContext::now() const
{
    if (observed_time == ObservedTime::simulation)
        return sc_core::sc_time_stamp() / sc_core::sc_time{1, sc_core::SC_NS};
    return std::round(clock.cycles_since(began) * 100) / 100;
}

}  // namespace plumbline::sim
