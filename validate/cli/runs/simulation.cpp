// SPDX-License-Identifier: Apache-2.0
#include "runs/simulation.hpp"

#include <functional>
#include <utility>
#include <vector>

#include "execution/output_file.hpp"
#include "execution/progress.hpp"
#include "execution/traces.hpp"
#include "inputs/functional_data.hpp"
#include "plumbline/io/npy.hpp"
#include "plumbline/sim/layer_function.hpp"

namespace plumbline::cli {
namespace {

/// Runs the machine by `run`, told of by progress and traces. \return its counters
sim::Counters watched(const Context& context, const ScheduledNetwork& network, const SimulationFlags& flags,
                      validate::PortTimeline* timeline,
                      const std::function<sim::Counters(const sim::SimulationOptions&)>& run)
{
    Traces traces{flags.traces, network.accelerator, network.workload};
    Progress progress{context, "simulating", "tile"};
    sim::SimulationOptions options = simulation_options(flags);
    options.progress = [&](std::int64_t done, std::int64_t all) { progress.update(done, all); };
    options.machine.observer =
        timeline == nullptr ? traces.observer() : sim::tell_all({traces.observer(), timeline->observer()});
    options.off_chip = traces.off_chip();
    sim::Counters counters = run(options);
    traces.finish();
    if (!counters.findings.empty())
        context.log->warn("{} steps need more space than there is, {} layers read what is not there",
                          counters.findings.overcommitments.size(), counters.findings.absent.size());
    return counters;
}

FunctionalRun computed(const ScheduledNetwork& network, const FunctionalFlags& flags,
                       const sim::SimulationOptions& options)
{
    sim::check_computable(network.workload);
    const sim::NetworkData data = functional_data(network.workload, flags);
    sim::ComputedRun run = sim::simulate(network.accelerator, network.workload, network.schedule, data, options);
    const Layer& last = network.workload.layer(network.workload.outputs().front());
    const sim::MapShape shape = sim::output_shape(last);
    FunctionalRun result{std::move(run.counters), {last.name, {}}};
    result.agreement.difference =
        validate::first_difference(validate::reference_output(network.workload, data), run.output, shape);
    if (!flags.output.empty())
        write_file(flags.output, io::to_npy({{shape.channels, shape.rows, shape.columns}, std::move(run.output)}));
    return result;
}

}  // namespace

sim::SimulationOptions simulation_options(const SimulationFlags& flags)
{
    sim::SimulationOptions options;
    options.machine.fidelity = flags.fidelity;
    options.fold_classes = flags.fold_classes;
    options.overcommit = flags.overcommit;
    return options;
}

sim::Counters run_on_machine(const Context& context, const ScheduledNetwork& network, const SimulationFlags& flags,
                             validate::PortTimeline* timeline)
{
    return watched(context, network, flags, timeline, [&](const sim::SimulationOptions& options) {
        return sim::simulate(network.accelerator, network.workload, network.schedule, options);
    });
}

FunctionalRun compute_on_machine(const Context& context, const ScheduledNetwork& network, const SimulationFlags& flags,
                                 const FunctionalFlags& functional)
{
    validate::Agreement agreement;
    sim::Counters counters = watched(context, network, flags, nullptr, [&](const sim::SimulationOptions& options) {
        FunctionalRun run = computed(network, functional, options);
        agreement = std::move(run.agreement);
        return std::move(run.counters);
    });
    return {std::move(counters), std::move(agreement)};
}

}  // namespace plumbline::cli
