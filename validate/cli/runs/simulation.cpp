// SPDX-License-Identifier: Apache-2.0
#include "runs/simulation.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <string>
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

/// Of one of several outputs: "out.npy" becomes "out_<layer>.npy".
std::string file_of_output(const std::string& file, std::string layer)
{
    std::replace(layer.begin(), layer.end(), '/', '_');
    const std::filesystem::path path{file};
    return (path.parent_path() / (path.stem().string() + '_' + layer + path.extension().string())).string();
}

FunctionalRun computed(const ScheduledNetwork& network, const FunctionalFlags& flags,
                       const sim::SimulationOptions& options)
{
    sim::check_computable(network.workload);
    const sim::NetworkData data = functional_data(network.workload, flags);
    sim::ComputedRun run = sim::simulate(network.accelerator, network.workload, network.schedule, data, options);
    const std::vector<sim::FeatureValues> expected = validate::reference_outputs(network.workload, data);
    const std::vector<LayerId> layers = network.workload.outputs();
    FunctionalRun result{std::move(run.counters), {}};
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const Layer& layer = network.workload.layer(layers[i]);
        const sim::MapShape shape = sim::output_shape(layer);
        result.agreements.push_back({layer.name, validate::first_difference(expected[i], run.outputs[i], shape)});
        if (flags.output.empty()) continue;
        const std::string file = layers.size() == 1 ? flags.output : file_of_output(flags.output, layer.name);
        write_file(file, io::to_npy({{shape.channels, shape.rows, shape.columns}, std::move(run.outputs[i])}));
    }
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
    std::vector<validate::Agreement> agreements;
    sim::Counters counters = watched(context, network, flags, nullptr, [&](const sim::SimulationOptions& options) {
        FunctionalRun run = computed(network, functional, options);
        agreements = std::move(run.agreements);
        return std::move(run.counters);
    });
    return {std::move(counters), std::move(agreements)};
}

}  // namespace plumbline::cli
