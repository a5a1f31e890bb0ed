// SPDX-License-Identifier: Apache-2.0
#include "options/simulation_flags.hpp"

#include "execution/traces.hpp"
#include "options/flags.hpp"

namespace plumbline::cli {
namespace {

void add_traces(CLI::App& app, std::vector<std::string>& traces)
{
    const auto known = [](const std::string& path) {
        return is_trace(path) ? std::string{}
                              : "'" + path + "' is no trace, expected a name that ends with " + trace_formats();
    };
    app.add_option("--trace", traces, "Write what happens in the machine to this file: " + trace_formats())
        ->check(CLI::Validator{known, "FILE", "trace"})
        ->allow_extra_args(false);
}

}  // namespace

void add_fidelity(CLI::App& app, sim::Fidelity& fidelity)
{
    add_choice(app, "--fidelity", fidelity, {sim::Fidelity::cycle, sim::Fidelity::transaction}, sim::fidelity_named,
               "How often ports are looked at: in each cycle, or once per transfer");
}

void add_simulation(CLI::App& app, SimulationFlags& flags)
{
    app.add_flag("--fold-classes", flags.fold_classes,
                 "Execute one tile of each class and multiply, instead of every tile");
    add_fidelity(app, flags.fidelity);
    add_traces(app, flags.traces);
    add_choice(app, "--overcommit", flags.overcommit, {sim::Overcommit::refuse, sim::Overcommit::report},
               sim::overcommit_named, "What becomes of a schedule that needs more space than there is");
}

}  // namespace plumbline::cli
