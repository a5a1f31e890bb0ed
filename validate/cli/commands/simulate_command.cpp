// SPDX-License-Identifier: Apache-2.0
#include "commands/simulate_command.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "execution/deliver.hpp"
#include "execution/output_file.hpp"
#include "inputs/schedule_source.hpp"
#include "runs/simulation.hpp"

namespace plumbline::cli {

void add(CLI::App& app, SimulateArguments& arguments)
{
    add_schedule(app, arguments.schedule);
    add_report(app, arguments.report, {Format::table, Format::json});
    add_simulation(app, arguments.simulation);
    add_functional(app, arguments.functional);
    app.add_flag_callback(
        "--by-step", [&arguments] { arguments.detail = validate::Detail::by_step; },
        "Also list the traffic of each layer and copy (JSON always does)");
}

ExitCode simulate(const Context& context, const SimulateArguments& arguments)
{
    std::vector<std::string> outputs = arguments.simulation.traces;
    outputs.insert(outputs.end(), {arguments.report.file, arguments.schedule.file_out, arguments.functional.output});
    check_outputs(outputs, {arguments.schedule.planning.mapping_cache});
    const ScheduledNetwork network = scheduled_network(context, arguments.schedule);
    std::vector<validate::Agreement> agreements;
    sim::Counters counters;
    if (arguments.functional.wanted) {
        FunctionalRun run = compute_on_machine(context, network, arguments.simulation, arguments.functional);
        agreements = std::move(run.agreements);
        counters = std::move(run.counters);
    } else {
        counters = run_on_machine(context, network, arguments.simulation);
    }
    deliver(context, arguments.report.file,
            arguments.report.format == Format::json
                ? validate::simulation_json(network.subject(), counters, agreements)
                : validate::simulation_text(network.subject(), counters, arguments.detail, agreements));
    const bool equal = std::all_of(agreements.begin(), agreements.end(), [](const auto& each) { return each.equal(); });
    return equal ? ExitCode::done : ExitCode::out_of_tolerance;
}

}  // namespace plumbline::cli
