// SPDX-License-Identifier: Apache-2.0
#include "runs/generated_runs.hpp"

#include <exception>
#include <new>
#include <string>

#include "execution/refusal.hpp"
#include "plumbline/error.hpp"
#include "plumbline/sim/simulate.hpp"
#include "plumbline/validate/description_report.hpp"
#include "plumbline/validate/generated_plan.hpp"
#include "stores/run_fingerprint.hpp"
#include "tasks/worker_processes.hpp"

namespace plumbline::cli {
namespace {

using validate::GeneratedPlan;
using validate::GeneratedSchedule;

/// How a schedule is looked at.
struct Look {
    sim::Fidelity fidelity;
    bool details;
};

Look look_of(const BatchFlags& flags, sim::Fidelity fidelity) { return {fidelity, flags.generated == 1}; }

/// In a process of its own: the run that predictions are compared with (0), or the one with data (1).
std::string line_of_run(const GeneratedPlan& plan, const Schedule& schedule, const Look& look, std::size_t run)
{
    GeneratedSchedule part;
    if (run == 0) {
        sim::SimulationOptions options;
        options.machine.fidelity = look.fidelity;
        const auto counters = sim::simulate(plan.accelerator, plan.workload, schedule, options);
        note_run(part, plan, schedule, counters, look.details);
    } else {
        run_other(part, plan, schedule,
                  look.fidelity == sim::Fidelity::cycle ? sim::Fidelity::transaction : sim::Fidelity::cycle);
    }
    return to_json_line(part);
}

/// Plans one, and has it run twice.
void work_on(GeneratedSchedule& result, const GeneratedPlan& plan, const Look& look)
{
    const Outcome<Schedule> schedule = schedule_of(plan);
    if (!schedule) {
        result.validated.infeasible = schedule.reason();
        return;
    }
    run_in_processes(
        2, 1, [&](std::size_t run) { return line_of_run(plan, *schedule, look, run); },
        [&](std::size_t, const std::string& line) { take_from_json_line(result, line); },
        [](std::size_t, const std::string&) { throw std::bad_alloc{}; });
}

/// Of a worker, a line of JSON.
std::string answer_of(const GeneratedPlan& plan, std::int64_t index, const Look& look)
{
    GeneratedSchedule result = named(plan, index);
    if (const auto refusal = refusal_of([&] { work_on(result, plan, look); })) {
        result = named(plan, index);
        result.validated.refused = *refusal;
    }
    return to_json_line(result);
}

/// All that the answer depends on.
std::string fingerprint_of(const GeneratedPlan& plan, const Look& look)
{
    return run_fingerprint({"generated", validate::description_text(plan.accelerator),
                            validate::description_text(plan.workload), described(plan),
                            std::to_string(plan.options.search.factors), std::string{sim::name_of(look.fidelity)},
                            look.details ? "details" : "numbers"});
}

}  // namespace

StoredTasks generated_tasks(const BatchFlags& flags, sim::Fidelity fidelity)
{
    const std::uint64_t seed = flags.hold_out.seed;
    StoredTasks tasks{"validate", {}, {}, {}, flags.tasks.processes, flags.tasks.store, flags.tasks.shard};
    for (std::int64_t index = flags.first; index < flags.first + flags.generated; ++index) {
        tasks.names.push_back("number " + std::to_string(index) + " of seed " + std::to_string(seed));
        tasks.keys.push_back(tasks.store.empty()
                                 ? std::string{}
                                 : fingerprint_of(validate::generated_plan(seed, index), look_of(flags, fidelity)));
    }
    tasks.text = [first = flags.first](std::size_t task) {
        return std::to_string(first + static_cast<std::int64_t>(task));
    };
    tasks.work = [&flags, fidelity, text = tasks.text](std::size_t task) {
        return generated_answer(flags, fidelity, text(task));
    };
    return tasks;
}

std::string generated_answer(const BatchFlags& flags, sim::Fidelity fidelity, const std::string& text)
{
    const std::int64_t index = std::stoll(text);
    return answer_of(validate::generated_plan(flags.hold_out.seed, index), index, look_of(flags, fidelity));
}

validate::GeneratedRun generated_run(const Context& context, const BatchFlags& flags, sim::Fidelity fidelity)
{
    const std::uint64_t seed = flags.hold_out.seed;
    validate::GeneratedRun run{seed, fidelity, {}};
    std::int64_t index = flags.first;
    for (const std::string& answer : answers_of(context, generated_tasks(flags, fidelity))) {
        run.schedules.push_back(named(validate::generated_plan(seed, index), index));
        take_from_json_line(run.schedules.back(), answer);
        ++index;
    }
    return run;
}

}  // namespace plumbline::cli
