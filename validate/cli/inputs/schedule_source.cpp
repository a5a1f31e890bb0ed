// SPDX-License-Identifier: Apache-2.0
#include "inputs/schedule_source.hpp"

#include <ostream>
#include <utility>

#include "execution/output_file.hpp"
#include "execution/progress.hpp"
#include "inputs/descriptions.hpp"
#include "options/planning.hpp"
#include "plumbline/io/schedule_json.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/plan.hpp"

namespace plumbline::cli {
namespace {

Schedule planned(const Context& context, const ScheduleArguments& arguments, const Accelerator& accelerator,
                 const Workload& workload)
{
    const auto path = find_mapping(arguments.mapping, arguments.accelerator);
    const MappingRules rules = io::read_mapping(path.string(), accelerator);
    PlanOptions options = arguments.plan;
    options.stacks = stack_choices(arguments.tiles, arguments.modes);
    options.cuts = parse_cuts(arguments.cuts, workload);
    const Progress progress{context, "planning"};
    Outcome<Schedule> schedule = plan_schedule(accelerator, workload, rules, options);
    if (!schedule) throw InfeasibleError(schedule.reason());
    return std::move(*schedule);
}

}  // namespace

ScheduledNetwork scheduled_network(const Context& context, const ScheduleArguments& arguments)
{
    const auto workload_path = find_description(Description::workload, arguments.workload);
    Accelerator accelerator = read_accelerator(arguments.accelerator, arguments.profile);
    Workload workload = io::read_workload(workload_path.string());
    Schedule schedule = arguments.file.empty() ? planned(context, arguments, accelerator, workload)
                                               : io::read_schedule(arguments.file, accelerator, workload);
    if (!arguments.file_out.empty()) {
        write_file(arguments.file_out, io::to_json(schedule, accelerator));
        context.log->info("schedule written to {}", arguments.file_out);
    }
    return {std::move(accelerator), std::move(workload), std::move(schedule)};
}

void deliver(const Context& context, const ReportArguments& arguments, const std::string& report)
{
    if (arguments.file.empty()) {
        context.out << report << std::flush;
        return;
    }
    write_file(arguments.file, report);
    context.log->info("results written to {}", arguments.file);
}

}  // namespace plumbline::cli
