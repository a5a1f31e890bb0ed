// SPDX-License-Identifier: Apache-2.0
// The cycles of the DeviationCauses: in which phase of which step they are lost or gained.
#pragma once

#include <map>
#include <vector>

#include "plumbline/validate/deviation_causes.hpp"

namespace plumbline::validate {

/// Cycles of iterations, over all tiles: what a side says, else what the schedule does.
std::map<LayerId, Both<Cycles>> iterations_of_layers(const Schedule& schedule, const RunRecord& predicted,
                                                     const RunRecord& simulated);

/// Steps that deviate, as they run.
std::vector<StepDeviation> step_deviations(const Schedule& schedule, const Comparison& comparison,
                                           const RunRecord& predicted, const RunRecord& simulated);

/// What the total latency deviates beside them.
CycleParts cycles_beside_steps(const std::vector<StepDeviation>& steps, const Comparison& comparison,
                               const RunRecord& predicted, const RunRecord& simulated);

}  // namespace plumbline::validate
