// SPDX-License-Identifier: Apache-2.0
#include "commands/validate_command.hpp"

#include <algorithm>
#include <thread>

#include "commands/commands.hpp"
#include "commands/validate_batch_runs.hpp"
#include "execution/output_file.hpp"
#include "execution/progress.hpp"
#include "inputs/schedule_source.hpp"
#include "plumbline/io/tolerances_yaml.hpp"
#include "plumbline/validate/batch_calibration.hpp"
#include "plumbline/validate/batch_report.hpp"

namespace plumbline::cli {
namespace {

/// A rule about a memory that no accelerator has would judge nothing, unnoticed.
void check_memories(const std::vector<io::ToleranceRule>& rules, const SetRuns& runs)
{
    for (const io::ToleranceRule& rule : rules) {
        const auto has_it = [&](const Named<Accelerator>& accelerator) {
            const auto& memories = accelerator.description.memories();
            return std::any_of(memories.begin(), memories.end(),
                               [&](const Memory& memory) { return memory.name == rule.memory; });
        };
        if (rule.memory.empty() || std::any_of(runs.accelerators.begin(), runs.accelerators.end(), has_it)) continue;
        throw InputError{rule.memory_at, "'" + rule.memory + "' is a memory of no accelerator that is asked for"};
    }
}

/// Accelerator by accelerator. \throws InputError naming the accelerator
void calibrate(const Context& context, const ValidateSetArguments& arguments, const SetRuns& runs,
               validate::ValidationBatch& set)
{
    Progress progress{context, "fitting", "accelerator"};
    validate::CalibrateOptions options;
    options.hold_out = set.hold_out = arguments.hold_out;
    const int threads = arguments.one.simulation.schedule.plan.search.threads;
    options.fit.threads = threads > 0 ? threads : static_cast<int>(std::thread::hardware_concurrency());
    const auto all = static_cast<std::int64_t>(runs.accelerators.size());
    for (std::size_t a = 0; a < runs.accelerators.size(); ++a) {
        std::vector<validate::CalibrationSubject> subjects;
        for (std::size_t i = 0; i < runs.runs.size(); ++i) {
            if (runs.runs[i].accelerator != a || !set.schedules[i].compared()) continue;
            subjects.push_back({&set.schedules[i], &runs.workload_of(runs.runs[i]), &*runs.runs[i].schedule});
        }
        try {
            set.calibrations.push_back(calibrate_batch(runs.accelerators[a].description, subjects, options));
        } catch (const InputError& error) {
            throw InputError{"--calibrate", runs.accelerators[a].name + ": " + error.what()};
        }
        progress.update(static_cast<std::int64_t>(a) + 1, all);
    }
}

}  // namespace

ExitCode validate_set(const Context& context, const ValidateSetArguments& arguments)
{
    if (!arguments.many()) return validate(context, arguments.one);
    validate::ValidationBatch set;
    set.rules =
        arguments.tolerances.empty()
            ? validate::rules_of(arguments.one.tolerances, arguments.one.simulation.schedule.plan.search.estimator)
            : io::read_tolerances(arguments.tolerances);
    const SetRuns runs = set_runs(context, arguments);
    check_memories(set.rules, runs);
    set.schedules = validated(context, arguments, runs);
    if (arguments.calibrate) calibrate(context, arguments, runs, set);
    if (!arguments.junit.empty()) write_file(arguments.junit, validate::batch_junit(set));
    const ReportArguments& report = arguments.one.simulation.report;
    deliver(context, report, report.format == Format::json ? validate::batch_json(set) : validate::batch_text(set));
    const bool nothing = std::none_of(set.schedules.begin(), set.schedules.end(),
                                      [](const auto& schedule) { return schedule.infeasible.empty(); });
    if (nothing) throw InfeasibleError{"no schedule is feasible"};
    return set.within_tolerance() ? ExitCode::done : ExitCode::out_of_tolerance;
}

}  // namespace plumbline::cli
