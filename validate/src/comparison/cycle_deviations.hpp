// SPDX-License-Identifier: Apache-2.0
// The cycles of an Attribution: in which phase of which step they are lost or gained.
#pragma once

#include <map>
#include <vector>

#include "plumbline/validate/deviation_causes.hpp"

namespace plumbline::validate {

/// Cycles of iterations, over all tiles: what a side says, else what the schedule does.
std::map<LayerId, Both<Cycles>> iterations_of_layers(const Schedule& schedule, const Account& predicted,
                                                     const Account& simulated);

/// Steps that deviate, as they run.
std::vector<StepDeviation> attributed_steps(const Schedule& schedule, const Comparison& comparison,
                                            const Account& predicted, const Account& simulated);

/// What the total latency deviates beside them.
CycleParts attributed_beside(const std::vector<StepDeviation>& steps, const Comparison& comparison,
                             const Account& predicted, const Account& simulated);

}  // namespace plumbline::validate
