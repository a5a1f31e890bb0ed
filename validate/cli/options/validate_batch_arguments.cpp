// SPDX-License-Identifier: Apache-2.0
#include "options/validate_batch_arguments.hpp"

#include <sstream>

#include "inputs/descriptions.hpp"

namespace plumbline::cli {
namespace {

/// Flags that make a set of schedules.
constexpr const char* kMany[] = {"--tiles", "--tile-x", "--schedules"};

std::vector<std::string> listed(Description kind, const std::string& text)
{
    std::vector<std::string> names;
    std::istringstream all{text};
    for (std::string name; std::getline(all, name, ',');) names.push_back(name);
    return names_of(kind, names);
}

void add_which(CLI::App& app, ValidateSetArguments& arguments)
{
    app.get_option("--accelerator")
        ->description("Accelerator: file or built-in name; of many schedules: several, or all");
    app.get_option("--workload")->description("Network: file or built-in name; of many schedules: several, or all");
    add_tiles(app, arguments.tiles);
    app.get_option("--tiles")->description("Many schedules: tile sizes, columns x rows; full: the whole map");
    app.get_option("--tile-x")->description("Many schedules: columns of tiles, each with every --tile-y");
    add_modes(app, arguments.modes);
    auto* list = app.add_option("--schedules", arguments.schedules,
                                "Many schedules: CSV with the columns schedule, workload, accelerator, observations")
                     ->type_name("FILE");
    for (const char* planned : {"--tiles", "--tile-x", "--modes", "--cuts", "--mapping", "--factors", "--objective"})
        list->excludes(app.get_option(planned));
    for (const char* many : kMany)
        for (const char* one :
             {"--tile", "--mode", "--schedule", "--schedule-out", "--trace", "--predictions", "--observations"})
            app.get_option(many)->excludes(app.get_option(one));
}

void add_verdict(CLI::App& app, ValidateSetArguments& arguments)
{
    app.add_option("--tolerances", arguments.tolerances,
                   "Many schedules: largest deviations by quantity, estimator, memory and operand (YAML)")
        ->type_name("FILE")
        ->excludes(app.get_option("--tolerance-accesses"))
        ->excludes(app.get_option("--tolerance-latency"));
    app.add_option("--junit", arguments.junit, "Many schedules: also write the verdicts as JUnit XML")
        ->type_name("FILE");
    app.add_option("--store", arguments.store,
                   "Many schedules: keep finished ones in this file, and go on from it: an interrupted run loses none");
    app.add_option("--processes", arguments.processes, "Many schedules: simulations at once (0: one per core)")
        ->check(CLI::NonNegativeNumber);
}

void add_calibration(CLI::App& app, ValidateSetArguments& arguments)
{
    auto* calibrate =
        app.add_flag("--calibrate", arguments.calibrate,
                     "Many schedules: fit refined to a share of them, per accelerator, and judge it by the others")
            ->excludes(app.get_option("--profile"));
    app.add_option("--fit-share", arguments.hold_out.fitted_share, "Share that is fitted to")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str()
        ->needs(calibrate);
    app.add_option("--seed", arguments.hold_out.seed, "Decides which schedules are held out")
        ->capture_default_str()
        ->needs(calibrate);
}

}  // namespace

ExploreArguments ValidateSetArguments::space() const
{
    const ScheduleArguments& schedule = one.simulation.schedule;
    ExploreArguments space;
    space.accelerators = listed(Description::accelerator, schedule.accelerator);
    space.workloads = listed(Description::workload, schedule.workload);
    space.profile = schedule.profile;
    space.mapping = schedule.mapping;
    space.tiles = tiles;
    space.modes = modes;
    space.cuts = schedule.cuts;
    space.single_layer = space.layer_by_layer = false;
    space.search = schedule.plan.search;
    space.capacity = schedule.plan.capacity;
    return space;
}

void add(CLI::App& app, ValidateSetArguments& arguments)
{
    add(app, arguments.one);
    add_which(app, arguments);
    add_verdict(app, arguments);
    add_calibration(app, arguments);
    app.final_callback([&app] {
        const auto given = [&app](const char* flag) { return app.count(flag) > 0; };
        const bool many = given("--tiles") || given("--tile-x") || given("--schedules");
        for (const char* flag : {"--modes", "--tolerances", "--junit", "--store", "--processes", "--calibrate"})
            if (!many && given(flag)) throw CLI::RequiresError(flag, "--tiles or --schedules");
        if (!many && !given("--tile") && !given("--schedule"))
            throw CLI::RequiredError("--tile or --schedule, or for many --tiles or --schedules");
    });
}

}  // namespace plumbline::cli
