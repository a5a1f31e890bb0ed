// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/deviation_causes.hpp"

#include <cmath>

#include "comparison/access_deviations.hpp"
#include "comparison/cycle_deviations.hpp"
#include "plumbline/access_causes.hpp"

namespace plumbline::validate {
namespace {

template <class T, class Key>
void add_parts(Explained& sum, const Parts<T, Key>& parts)
{
    for (std::size_t i = 0; i < parts.kCount; ++i)
        sum.all += std::abs(static_cast<double>(parts[parts.key(i)].count()));
    sum.other += std::abs(static_cast<double>(parts[Key::other].count()));
}

}  // namespace

std::string_view name_of(Cause cause)
{
    switch (cause) {
        case Cause::clipping: return "clipping";
        case Cause::capacity: return "capacity";
        case Cause::other: return "other";
        default: return name_of(static_cast<AccessCause>(cause));
    }
}

std::string_view name_of(Phase phase)
{
    constexpr std::array<std::string_view, CycleParts::kCount> kNames{"computing", "stall",   "loading", "offloading",
                                                                      "copying",   "overlap", "other"};
    return kNames[static_cast<std::size_t>(phase)];
}

Explained explained_accesses(const DeviationCauses& causes)
{
    Explained sum;
    for (const AccessDeviation& row : causes.accesses) add_parts(sum, row.parts);
    return sum;
}

Explained explained_cycles(const DeviationCauses& causes)
{
    Explained sum;
    for (const StepDeviation& step : causes.steps) add_parts(sum, step.parts);
    add_parts(sum, causes.beside_steps);
    return sum;
}

DeviationCauses deviation_causes(const Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                                 const Comparison& comparison, const RunRecord& predicted, const RunRecord& simulated)
{
    DeviationCauses causes;
    causes.accesses = access_deviations(accelerator, workload, schedule, comparison, predicted, simulated);
    causes.steps = step_deviations(schedule, comparison, predicted, simulated);
    causes.beside_steps = cycles_beside_steps(causes.steps, comparison, predicted, simulated);
    causes.run = causes.beside_steps;
    for (const StepDeviation& step : causes.steps) causes.run += step.parts;
    return causes;
}

}  // namespace plumbline::validate
