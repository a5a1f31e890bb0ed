// SPDX-License-Identifier: Apache-2.0
#include "inputs/schedule_source.hpp"

#include <algorithm>
#include <utility>

#include "execution/output_file.hpp"
#include "execution/progress.hpp"
#include "inputs/descriptions.hpp"
#include "inputs/plan_options.hpp"
#include "inputs/planning_inputs.hpp"
#include "inputs/planning_mappings.hpp"
#include "inputs/tile_sweep.hpp"
#include "inputs/workload_notes.hpp"
#include "plumbline/error.hpp"
#include "plumbline/explore.hpp"
#include "plumbline/io/schedule_json.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/schedule_cost.hpp"
#include "plumbline/sim/capacity_check.hpp"

namespace plumbline::cli {
namespace {

std::vector<StackChoice> choices(const Context& context, const ScheduleFlags& flags, const SweptNetwork& network)
{
    if (flags.tiles.empty() && flags.modes.size() > 1)
        throw InputError("--mode",
                         "lists " + std::to_string(flags.modes.size()) + " modes, expected as many in --tile");
    if (flags.tiles.empty())
        return {best_tile(context, network, flags.planning,
                          flags.modes.empty() ? OverlapMode::fully_cached : flags.modes.front())};
    const auto whole = [&] { return whole_map(network.accelerator, network.workload, network.rules, network.cuts); };
    return stack_choices(tile_sizes(flags.tiles, whole), flags.modes);
}

Schedule planned(const Context& context, const ScheduleFlags& flags, const Accelerator& accelerator,
                 const Workload& workload, std::optional<SearchProof>& proof)
{
    const MappingRules rules = read_rules(flags.planning.mapping, flags.subject.accelerator, accelerator);
    PlanOptions options = plan_options(flags.planning);
    options.cuts = cuts_of(flags.planning, workload);
    const std::string content = planning_content(
        {flags.subject.accelerator, flags.subject.workload, flags.planning.mapping, flags.subject.profile}, workload);
    options.stacks = choices(context, flags, {accelerator, workload, rules, options.cuts, content});
    PlanningMappings known{flags.planning, content};
    options.mappings = &known.cache();
    const Progress progress{context, "planning"};
    Outcome<Schedule> schedule = plan_schedule(accelerator, workload, rules, options);
    if (!schedule) throw InfeasibleError(schedule.reason());
    if (options.search.factors == 0) proof = known.cache().proof();
    return std::move(*schedule);
}

}  // namespace

void refuse_unfit(const ScheduledNetwork& network, const std::string& file)
{
    if (file.empty() || network.schedule.capacity == CapacityPolicy::optimistic) return;
    const auto refuse = [&](const auto& findings) {
        if (!findings.empty()) sim::refuse(findings.front(), network.accelerator, network.workload, network.schedule);
    };
    try {
        const sim::Findings findings = sim::check_capacity(network.accelerator, network.workload, network.schedule);
        refuse(findings.overcommitments);
        refuse(findings.absent);
    } catch (const sim::DoesNotFit&) {
        throw;
    } catch (const InputError& error) {
        throw InputError(SourceLocation{file, 0, error.where().field}, error.problem());
    }
}

ScheduledNetwork scheduled_network(const Context& context, const ScheduleFlags& flags)
{
    Accelerator accelerator = read_accelerator(flags.subject.accelerator, flags.subject.profile);
    Workload workload = read_workload(context, flags.subject.workload);
    std::optional<SearchProof> proof;
    Schedule schedule = flags.file.empty() ? planned(context, flags, accelerator, workload, proof)
                                           : io::read_schedule(flags.file, accelerator, workload);
    if (!flags.file_out.empty()) {
        write_file(flags.file_out, io::to_json(schedule, accelerator));
        context.log->info("schedule written to {}", flags.file_out);
    }
    return {std::move(accelerator), std::move(workload), std::move(schedule), proof, flags.period};
}

ScheduleCost prediction(const ScheduledNetwork& network, const ScheduleFlags& flags)
{
    return predict(network.accelerator, network.workload, network.schedule, flags.planning.search.estimator);
}

}  // namespace plumbline::cli
