// SPDX-License-Identifier: Apache-2.0
// A schedule on the machine, for the commands that run one: with traces and progress, and computing where that is wanted.
#pragma once

#include <vector>

#include "execution/context.hpp"
#include "inputs/schedule_source.hpp"
#include "options/functional_flags.hpp"
#include "options/simulation_flags.hpp"
#include "plumbline/sim/counters.hpp"
#include "plumbline/sim/simulate.hpp"
#include "plumbline/validate/port_timeline.hpp"
#include "plumbline/validate/reference_network.hpp"

namespace plumbline::cli {

/// But for who listens.
sim::SimulationOptions simulation_options(const SimulationFlags& flags);

/// \param timeline listens as well, unless null
sim::Counters run_on_machine(const Context& context, const ScheduledNetwork& network, const SimulationFlags& flags,
                             validate::PortTimeline* timeline = nullptr);

/// A run that computed, compared with the reference.
struct FunctionalRun {
    sim::Counters counters;
    std::vector<validate::Agreement> agreements;  ///< of all outputs
};

/// Writes the output maps where the flags say.
FunctionalRun compute_on_machine(const Context& context, const ScheduledNetwork& network, const SimulationFlags& flags,
                                 const FunctionalFlags& functional);

}  // namespace plumbline::cli
