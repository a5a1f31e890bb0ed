// SPDX-License-Identifier: Apache-2.0
#include "commands/evaluate_command.hpp"

#include "execution/deliver.hpp"
#include "execution/output_file.hpp"
#include "inputs/schedule_source.hpp"
#include "plumbline/validate/report.hpp"

namespace plumbline::cli {

void add(CLI::App& app, EvaluateArguments& arguments)
{
    add_schedule(app, arguments.schedule);
    add_report(app, arguments.report, {Format::table, Format::json});
}

ExitCode evaluate(const Context& context, const EvaluateArguments& arguments)
{
    check_outputs({arguments.report.file, arguments.schedule.file_out}, {arguments.schedule.planning.mapping_cache});
    const ScheduledNetwork network = scheduled_network(context, arguments.schedule);
    refuse_unfit(network, arguments.schedule.file);
    const ScheduleCost cost = prediction(network, arguments.schedule);
    const auto report = arguments.report.format == Format::json ? validate::prediction_json : validate::prediction_text;
    deliver(context, arguments.report.file, report(network.subject(), cost));
    return ExitCode::done;
}

}  // namespace plumbline::cli
