// SPDX-License-Identifier: Apache-2.0
#include "options/comparison_flags.hpp"

#include "options/flags.hpp"

namespace plumbline::cli {

void add_comparison(CLI::App& app, ComparisonFlags& flags)
{
    add_schedule(app, flags.schedule);
    add_report(app, flags.report, {Format::table, Format::json});
    add_simulation(app, flags.simulation);
    add_import(app, flags.import);
    add_page(app, flags.page);
    add_non_negative(app, "--tolerance-accesses", flags.tolerances.accesses,
                     "Largest relative deviation of the accesses of a memory, operand and direction")
        ->capture_default_str();
    add_non_negative(app, "--tolerance-latency", flags.tolerances.latency,
                     "Largest relative deviation of the cycles of a layer, of a copy and of the whole")
        ->capture_default_str();
}

}  // namespace plumbline::cli
