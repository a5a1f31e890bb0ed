// SPDX-License-Identifier: Apache-2.0
#include "options/import_flags.hpp"

#include "options/flags.hpp"

namespace plumbline::cli {
namespace {

constexpr double kLeastCycle = 1e-6;  // nanoseconds
constexpr double kMostCycle = 1e9;

}  // namespace

std::vector<CLI::Option*> add_import_options(CLI::App& app, validate::ImportOptions& options, const std::string& cycle)
{
    auto* mapping = add_file(app, "--trace-mapping", options.trace_mapping,
                             "What events and signals of foreign traces mean (YAML)");
    auto* length =
        app.add_option("--cycle-ns", options.cycle_ns, "Length of a cycle in files whose times are not cycles" + cycle)
            ->transform(number(kLeastCycle, kMostCycle, "POSITIVE"));
    return {mapping, length};
}

void add_import(CLI::App& app, ImportFlags& flags)
{
    add_file(app, "--predictions", flags.predictions,
             "Predictions of others instead of the model's: CSV, results of ZigZag v3 (JSON)");
    add_file(app, "--observations", flags.observations,
             "Observations instead of a simulation: CSV, traces of Chrome's format (JSON), waveforms (VCD)")
        ->excludes(app.get_option("--fold-classes"))
        ->excludes(app.get_option("--trace"));
    add_import_options(app, flags.options, " (default: what the mapping says, or 1)");
}

}  // namespace plumbline::cli
