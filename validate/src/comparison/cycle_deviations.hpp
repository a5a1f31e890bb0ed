// SPDX-License-Identifier: Apache-2.0
// The cycles of an DeviationCauses: in which phase of which step they are lost or gained.
#pragma once

#include <map>
#include <vector>

#include "plumbline/validate/deviation_causes.hpp"

namespace plumbline::validate {

/// Cycles of iterations, over all tiles: what a side says, else what the schedule does.
std::map<LayerId, Both<Cycles>> iterations_of_layers(const Schedule& schedule, const RunRecord& predicted,
                                                     const RunRecord& simulated);

/// Steps that deviate, as they run.
std::vector<StepDeviation> attributed_steps(const Schedule& schedule, const Comparison& comparison,
                                            const RunRecord& predicted, const RunRecord& simulated);

/// What the total latency deviates beside them.
CycleParts attributed_beside(const std::vector<StepDeviation>& steps, const Comparison& comparison,
                             const RunRecord& predicted, const RunRecord& simulated);

}  // namespace plumbline::validate
