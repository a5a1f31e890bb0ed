// SPDX-License-Identifier: Apache-2.0
#include "options/schedule_flags.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

#include "options/flags.hpp"

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

/// "1ns", "833.3 ps": more than none, a millisecond at most.
sim::Period parse_period(const std::string& text)
{
    constexpr std::array<std::pair<std::string_view, double>, 4> kUnits{
        {{"fs", 1}, {"ps", 1e3}, {"ns", 1e6}, {"us", 1e9}}};
    constexpr double kMost = 1e12;
    double count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const std::size_t behind = error == std::errc{}
                                   ? text.find_first_not_of(' ', static_cast<std::size_t>(end - text.data()))
                                   : std::string::npos;
    for (const auto& [unit, femtoseconds] : kUnits) {
        if (behind == std::string::npos || text.compare(behind, std::string::npos, unit) != 0) continue;
        const double period = std::round(count * femtoseconds);
        if (period >= 1 && period <= kMost) return {static_cast<std::int64_t>(period)};
    }
    throw CLI::ValidationError("--period",
                               "'" + text + "' is no period, expected a time such as 1ns or 833ps, 1fs to 1000us");
}

void add_period(CLI::App& app, std::optional<sim::Period>& period)
{
    const auto assign = [&period](const std::string& text) { period = parse_period(text); };
    app.add_option_function<std::string>("--period", assign,
                                         "How long a cycle lasts, such as 1ns: reports say time and power, too")
        ->type_name("TIME");
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
