// SPDX-License-Identifier: Apache-2.0
#include "options/schedule_flags.hpp"

#include "options/flags.hpp"
#include "options/period_flag.hpp"

namespace plumbline::cli {
namespace {

std::vector<CLI::Option*> add_planned(CLI::App& app, ScheduleFlags& flags)
{
    PlanningFlags& planning = flags.planning;
    std::vector<CLI::Option*> options{
        add_mapping(app, planning.mapping,
                    "Mapping rules: file or built-in name (default: those of the accelerator's family)"),
        add_list(app, "--tile", flags.tiles, parse_tile_option,
                 "Tile of a stack's output, columns x rows: one for all stacks, or a list; full: the whole map "
                 "(default: the best of a few)")
            ->type_name("60x72|full"),
        add_list(app, "--mode", flags.modes, parse_mode,
                 "What neighbouring tiles share is recomputed or cached: one for all stacks, or a list")
            ->type_name("fully-recompute|h-cached|fully-cached")
            ->default_str("fully-cached"),
        add_cuts(app, planning.cuts,
                 "Where stacks end: auto (where weights overflow), none (one stack), each (layer), or a list of layers",
                 "auto|none|each|3,7"),
    };
    for (CLI::Option* option : add_search(app, planning)) options.push_back(option);
    return options;
}

}  // namespace

void add_schedule(CLI::App& app, ScheduleFlags& flags)
{
    add_subject(app, flags.subject);
    const auto planned = add_planned(app, flags);
    auto* file = app.add_option("--schedule", flags.file, "Use this schedule (JSON) instead of planning one");
    for (CLI::Option* option : planned) file->excludes(option);
    add_threads(app, flags.planning.search.threads, "Threads of the mapping search (0: one per core)")
        ->capture_default_str();
    add_period(app, flags.period);
    app.add_option("--schedule-out", flags.file_out, "Write the schedule (JSON) to this file");
}

}  // namespace plumbline::cli
