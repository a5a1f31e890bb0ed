// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/generated_schedule.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "plumbline/error.hpp"
#include "plumbline/schedule_cost.hpp"
#include "plumbline/sim/network_data.hpp"
#include "plumbline/sim/simulate.hpp"
#include "plumbline/sim/stalls.hpp"
#include "plumbline/validate/description_report.hpp"
#include "plumbline/validate/reference_network.hpp"
#include "plumbline/validate/report.hpp"
#include "plumbline/validate/run_record.hpp"

namespace plumbline::validate {
namespace {

/// What comes first in a comparison is what is outside tolerance; here rows keep the order of the hierarchy.
constexpr double kAnyDeviation = std::numeric_limits<double>::infinity();

/// Of the array in a layer.
std::string longest_wait(const StepDeviation& step)
{
    const auto longest =
        std::max_element(step.stalls.begin(), step.stalls.end(),
                         [](const sim::ArrayWait& a, const sim::ArrayWait& b) { return a.cycles < b.cycles; });
    return longest == step.stalls.end() ? "none in the machine" : std::string{sim::name_of(longest->cause)};
}

void add_parts(CauseCycles& sum, const CycleParts& parts, const StepDeviation* step)
{
    for (std::size_t i = 0; i < CycleParts::kCount; ++i) {
        const Phase phase = CycleParts::key(i);
        const auto cycles = static_cast<double>(parts[phase].count());
        if (cycles == 0) continue;
        std::string name{name_of(phase)};
        if (phase == Phase::stall && step != nullptr) name += ", " + longest_wait(*step);
        sum[name] += cycles;
    }
}

bool computable(const Workload& workload)
{
    try {
        sim::check_computable(workload);
        return true;
    } catch (const InputError&) {
        return false;
    }
}

}  // namespace

std::string_view name_of(Computed computed)
{
    constexpr std::array<std::string_view, 4> kNames{"not run", "not computable", "equal", "different"};
    return kNames[static_cast<std::size_t>(computed)];
}

CauseCycles cycles_by_cause(const DeviationCauses& causes)
{
    CauseCycles sum;
    for (const StepDeviation& step : causes.steps) add_parts(sum, step.parts, &step);
    add_parts(sum, causes.beside_steps, nullptr);
    return sum;
}

GeneratedSchedule named(const GeneratedPlan& plan, std::int64_t index)
{
    GeneratedSchedule result;
    result.index = index;
    result.validated.accelerator = "accelerator " + std::to_string(index - index % kPlansPerAccelerator);
    result.validated.network = "network " + std::to_string(index - index % kPlansPerNetwork);
    result.validated.name = std::to_string(index) + ", " + described(plan);
    return result;
}

void note_run(GeneratedSchedule& result, const GeneratedPlan& plan, const Schedule& schedule,
              const sim::Counters& counters, bool details)
{
    const Accelerator& accelerator = plan.accelerator;
    const RunRecord seen = run_record_of(accelerator, counters, &plan.workload);
    const Tolerances any{kAnyDeviation, kAnyDeviation};
    for (Estimator estimator : {Estimator::uniform, Estimator::refined}) {
        const RunRecord predicted = run_record_of(predict(accelerator, plan.workload, schedule, estimator),
                                                  std::string{plumbline::name_of(estimator)});
        const Comparison comparison = compare(accelerator, predicted, seen, any);
        for (BatchRow& row : rows_of(accelerator, estimator, comparison))
            result.validated.rows.push_back(std::move(row));
        if (estimator != Estimator::refined) continue;
        const DeviationCauses why = deviation_causes(accelerator, plan.workload, schedule, comparison, predicted, seen);
        result.causes = cycles_by_cause(why);
        if (!details) continue;
        result.details = description_text(accelerator) + '\n' + description_text(plan.workload) + '\n' +
                         verdict_text({accelerator, plan.workload, schedule}, comparison, any, &why);
    }
}

void run_other(GeneratedSchedule& result, const GeneratedPlan& plan, const Schedule& schedule, sim::Fidelity fidelity)
{
    sim::SimulationOptions options;
    options.machine.fidelity = fidelity;
    const auto note = [&](const sim::Counters& counters) {
        result.other_cycles = run_record_of(plan.accelerator, counters).cycles;
    };
    if (!computable(plan.workload)) {
        note(sim::simulate(plan.accelerator, plan.workload, schedule, options));
        result.computed = Computed::not_computable;
        return;
    }
    const sim::NetworkData data = sim::random_data(plan.workload, 1);
    const sim::ComputedRun run = sim::simulate(plan.accelerator, plan.workload, schedule, data, options);
    note(run.counters);
    const bool equal = run.outputs == reference_outputs(plan.workload, data);
    result.computed = equal ? Computed::equal : Computed::different;
}

}  // namespace plumbline::validate
