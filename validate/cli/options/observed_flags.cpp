// SPDX-License-Identifier: Apache-2.0
#include "options/observed_flags.hpp"

#include "options/flags.hpp"
#include "options/import_flags.hpp"
#include "options/simulation_flags.hpp"

namespace plumbline::cli {

void add_observed(CLI::App& app, ObservedFlags& flags)
{
    auto* truth = add_file(app, "--truth", flags.truth,
                           "Profile of the simulated machine that is observed (default: as described)");
    auto* runs = add_file(app, "--runs", flags.runs,
                          "Observe these instead: CSV with the columns schedule, observations, workload")
                     ->excludes(truth);
    for (const char* planned : {"--tiles", "--tile-x", "--modes", "--cuts"}) runs->excludes(app.get_option(planned));
    for (CLI::Option* option : add_import_options(app, flags.import)) option->needs(runs);
    add_store(app, flags.tasks.store, "Keep finished simulations");
    add_shard(app, flags.tasks.shard, "Simulate this part of the schedules alone")->needs("--store")->excludes(runs);
    add_fidelity(app, flags.fidelity);
    add_processes(app, flags.tasks.processes, "Simulations");
}

}  // namespace plumbline::cli
