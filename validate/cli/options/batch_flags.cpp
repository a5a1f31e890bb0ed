// SPDX-License-Identifier: Apache-2.0
#include "options/batch_flags.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "options/fit_flags.hpp"
#include "options/flags.hpp"

namespace plumbline::cli {
namespace {

void describe_for_many(CLI::App& app)
{
    app.get_option("--accelerator")
        ->description("Accelerator: file or built-in name; of many schedules: several, or all");
    app.get_option("--workload")->description("Network: file or built-in name; of many schedules: several, or all");
    app.get_option("--tiles")->description("Many schedules: tile sizes, columns x rows; full: the whole map");
    app.get_option("--tile-x")->description("Many schedules: columns of tiles, each with every --tile-y");
}

void add_which(CLI::App& app, BatchFlags& flags)
{
    add_design_space(app, flags.space);
    describe_for_many(app);
    auto* list = add_file(app, "--schedules", flags.schedules,
                          "Many schedules: CSV with the columns schedule, workload, accelerator, observations");
    for (const char* planned : {"--tiles", "--tile-x", "--modes", "--cuts", "--mapping", "--factors", "--objective"})
        list->excludes(app.get_option(planned));
    for (const char* many : {"--tiles", "--tile-x", "--schedules"})
        for (const char* one : {"--tile", "--mode", "--schedule", "--schedule-out", "--trace", "--predictions",
                                "--observations", "--report", "--period"})
            app.get_option(many)->excludes(app.get_option(one));
}

void add_verdict(CLI::App& app, BatchFlags& flags)
{
    add_file(app, "--tolerances", flags.tolerances,
             "Many schedules: largest deviations by quantity, estimator, memory and operand (YAML)")
        ->excludes(app.get_option("--tolerance-accesses"))
        ->excludes(app.get_option("--tolerance-latency"));
    add_file(app, "--junit", flags.junit, "Many schedules: also write the verdicts as JUnit XML");
    add_store(app, flags.tasks.store, "Many schedules: keep finished ones");
    add_shard(app, flags.tasks.shard, "Many schedules: simulate this part of them alone")
        ->needs("--store")
        ->excludes("--junit");
    add_processes(app, flags.tasks.processes, "Many schedules: simulations");
}

void add_calibration(CLI::App& app, BatchFlags& flags)
{
    auto* calibrate =
        app.add_flag("--calibrate", flags.calibrate,
                     "Many schedules: fit refined to a share of them, per accelerator, and judge it by the others")
            ->excludes(app.get_option("--profile"))
            ->excludes(app.get_option("--shard"));
    add_fit_share(app, flags.hold_out, "Share that is fitted to")->needs(calibrate);
    add_hold_out_seed(app, flags.hold_out)->description("Decides which schedules are held out, or generated");
}

/// Whether a flag means something where accelerators, networks and schedules are generated.
bool is_of_generated(const CLI::Option& option)
{
    constexpr std::array<const char*, 10> kMeant{"generated", "first", "seed",  "fidelity",  "format",
                                                 "output",    "store", "shard", "processes", "help"};
    const auto& names = option.get_lnames();
    return std::any_of(kMeant.begin(), kMeant.end(),
                       [&](const char* name) { return std::find(names.begin(), names.end(), name) != names.end(); });
}

void add_generated(CLI::App& app, BatchFlags& flags)
{
    const auto generate = [&app, &flags](std::int64_t count) {
        flags.generated = count;
        for (const char* drawn : {"--accelerator", "--workload"}) app.get_option(drawn)->required(false);
    };
    constexpr std::int64_t kMost = 10'000'000;
    auto* generated =
        app.add_option_function<std::int64_t>(
               "--generated", generate,
               "Many schedules: so many of generated networks on generated accelerators, run at both fidelities")
            ->transform(number<std::int64_t>(1, kMost, "POSITIVE"))
            ->trigger_on_parse();
    app.add_option("--first", flags.first, "Of generated schedules: begin with this number of the seed")
        ->transform(number<std::int64_t>(0, kMost, "NONNEGATIVE"))
        ->capture_default_str()
        ->needs(generated);
    for (CLI::Option* option : app.get_options([](const CLI::Option* each) { return !is_of_generated(*each); }))
        generated->excludes(option);
}

}  // namespace

void add_batch(CLI::App& app, BatchFlags& flags)
{
    add_which(app, flags);
    add_verdict(app, flags);
    add_calibration(app, flags);
    add_generated(app, flags);
    app.final_callback([&app] {
        const auto given = [&app](const char* flag) { return app.count(flag) > 0; };
        const bool generated = given("--generated");
        const bool many = given("--tiles") || given("--tile-x") || given("--schedules") || generated;
        for (const char* flag :
             {"--modes", "--tolerances", "--junit", "--store", "--shard", "--processes", "--calibrate"})
            if (!many && given(flag)) throw CLI::RequiresError(flag, "--tiles or --schedules");
        if (given("--seed") && !given("--calibrate") && !generated)
            throw CLI::RequiresError("--seed", "--calibrate or --generated");
        const bool chosen = many || given("--tile") || given("--schedule");
        for (const char* flag : {"--predictions", "--observations"})
            if (!chosen && given(flag)) throw CLI::RequiresError(flag, "--tile or --schedule");
    });
}

}  // namespace plumbline::cli
