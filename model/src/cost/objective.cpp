// SPDX-License-Identifier: Apache-2.0
#include "plumbline/objective.hpp"

#include <cmath>

namespace plumbline {

std::string_view name_of(Objective objective)
{
    switch (objective) {
        case Objective::energy: return "energy";
        case Objective::latency: return "latency";
        case Objective::edp: return "edp";
        case Objective::weighted: break;
    }
    return "weighted";
}

std::optional<Objective> objective_named(std::string_view name)
{
    for (Objective each : {Objective::energy, Objective::latency, Objective::edp, Objective::weighted})
        if (name == name_of(each)) return each;
    return std::nullopt;
}

double objective_value(Objective objective, ObjectiveWeights weights, Picojoules energy, Cycles latency)
{
    const auto cycles = static_cast<double>(latency.count());
    switch (objective) {
        case Objective::energy: return energy.count();
        case Objective::latency: return cycles;
        case Objective::edp: return energy.count() * cycles;
        case Objective::weighted: break;
    }
    return std::pow(energy.count(), weights.energy) * std::pow(cycles, weights.latency);
}

}  // namespace plumbline
