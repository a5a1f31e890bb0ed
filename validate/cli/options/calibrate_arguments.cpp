// SPDX-License-Identifier: Apache-2.0
#include "options/calibrate_arguments.hpp"

#include <optional>
#include <string_view>

#include "options/flags.hpp"

namespace plumbline::cli {
namespace {

std::optional<PredictWith> predict_with_named(std::string_view name)
{
    if (name == "model") return PredictWith::model;
    if (name == "machine") return PredictWith::machine;
    return std::nullopt;
}

void add_hold_out(CLI::App& app, CalibrateArguments& arguments)
{
    validate::HoldOut& hold_out = arguments.hold_out;
    using Kind = validate::HoldOut::Kind;
    auto* share = app.add_option("--fit-share", hold_out.fitted_share,
                                 "Share of the schedules that is fitted to; the others judge the fit")
                      ->check(CLI::Range(0.0, 1.0))
                      ->capture_default_str();
    const auto fold = [&hold_out](std::size_t count) {
        hold_out.kind = Kind::folds;
        hold_out.folds = count;
    };
    auto* folds = app.add_option_function<std::size_t>(
                         "--folds", fold, "Fit to all, and judge each schedule by a fit to those of other folds")
                      ->excludes(share);
    auto* nothing = app.add_flag_callback(
                           "--hold-out-nothing", [&hold_out] { hold_out.kind = Kind::nothing; },
                           "Fit to all schedules: there is no accuracy to report then")
                        ->excludes(share)
                        ->excludes(folds);
    app.add_option("--seed", hold_out.seed, "Decides which schedules are held out")->capture_default_str();
    app.add_option("--tolerance", arguments.tolerance,
                   "Largest mean deviation of the cycles of held-out schedules; exit 1 beyond")
        ->check(CLI::NonNegativeNumber)
        ->excludes(nothing);
}

void add_fit(CLI::App& app, CalibrateArguments& arguments)
{
    app.add_option("--parameters", arguments.parameters,
                   "What is fitted, the first preferred where two do the same (default: all)")
        ->delimiter(',')
        ->type_name("top.efficiency,steps.dispatch,memories.dram.access_latency");
    add_choice(app, "--predict-with", arguments.predict_with, {PredictWith::model, PredictWith::machine},
               predict_with_named, "What the parameters are to make true");
    app.add_option("--confidence", arguments.confidence, "Of the intervals of parameters")
        ->check(CLI::Range(0.5, 0.999))
        ->capture_default_str();
    add_hold_out(app, arguments);
}

void add_observed(CLI::App& app, CalibrateArguments& arguments)
{
    auto* truth = app.add_option("--truth", arguments.truth,
                                 "Profile of the simulated machine that is observed (default: as described)")
                      ->type_name("FILE");
    auto* runs = app.add_option("--runs", arguments.runs,
                                "Observe these instead: CSV with the columns schedule, observations, workload")
                     ->type_name("FILE")
                     ->excludes(truth);
    for (const char* planned : {"--tiles", "--tile-x", "--modes", "--cuts"}) runs->excludes(app.get_option(planned));
    app.add_option("--trace-mapping", arguments.import.trace_mapping,
                   "What events and signals of foreign traces mean (YAML)")
        ->type_name("FILE")
        ->needs(runs);
    app.add_option("--cycle-ns", arguments.import.cycle_ns, "Length of a cycle in files whose times are not cycles")
        ->check(CLI::PositiveNumber)
        ->needs(runs);
    app.add_option("--store", arguments.store,
                   "Keep finished simulations in this file, and go on from it: an interrupted run loses none");
    add_fidelity(app, arguments.fidelity);
    app.add_option("--processes", arguments.processes, "Simulations at once (0: one per core)")
        ->check(CLI::NonNegativeNumber);
}

}  // namespace

std::string_view name_of(PredictWith value) { return value == PredictWith::model ? "model" : "machine"; }

void add(CLI::App& app, CalibrateArguments& arguments)
{
    ExploreArguments& schedules = arguments.schedules;
    schedules.single_layer = schedules.layer_by_layer = false;
    add_design_space(app, schedules);
    app.get_option("--accelerator")->expected(1);
    add_factors(app, schedules.search);
    add_objective(app, schedules.search);
    add_capacity(app, schedules.capacity);
    add_estimator(app, schedules.search.estimator);
    app.add_option("--threads", schedules.search.threads,
                   "Threads of the mapping search and of the fit (0: one per core)")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    add_observed(app, arguments);
    add_fit(app, arguments);
    app.add_option("--profile-out", arguments.profile_out, "Write the profile (YAML) to this file")->type_name("FILE");
    add_report(app, arguments.report, {Format::table, Format::json});
    app.add_option("--report", arguments.page,
                   "Also write charts and tables of it all into this HTML file, which opens by itself")
        ->type_name("FILE.html");
}

}  // namespace plumbline::cli
