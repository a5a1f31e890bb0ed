// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/attribution.hpp"

#include <cmath>

#include "access_attribution.hpp"
#include "cycle_attribution.hpp"
#include "plumbline/access_causes.hpp"

namespace plumbline::validate {
namespace {

template <class Deviation, class Key>
Explained explained_by(const std::vector<Deviation>& deviations, Key other)
{
    Explained sum;
    for (const Deviation& deviation : deviations) {
        for (std::size_t i = 0; i < deviation.parts.kCount; ++i)
            sum.all += std::abs(static_cast<double>(deviation.parts[deviation.parts.key(i)].count()));
        sum.other += std::abs(static_cast<double>(deviation.parts[other].count()));
    }
    return sum;
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

Explained explained(const std::vector<AccessDeviation>& deviations) { return explained_by(deviations, Cause::other); }
Explained explained(const std::vector<StepDeviation>& deviations) { return explained_by(deviations, Phase::other); }

Attribution attribute(const Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                      const Comparison& comparison, const Account& predicted, const Account& simulated)
{
    Attribution attribution;
    attribution.accesses = attributed_accesses(accelerator, workload, schedule, comparison, predicted, simulated);
    attribution.steps = attributed_steps(schedule, comparison, predicted, simulated);
    attribution.run = attributed_run(attribution.steps, comparison, predicted, simulated);
    return attribution;
}

}  // namespace plumbline::validate
