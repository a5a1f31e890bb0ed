// SPDX-License-Identifier: Apache-2.0
// The cycles of an Attribution: in which phase of which step they are lost or gained.
#pragma once

#include <vector>

#include "plumbline/validate/attribution.hpp"

namespace plumbline::validate {

/// Steps that deviate, as they run.
std::vector<StepDeviation> attributed_steps(const Schedule& schedule, const Comparison& comparison,
                                            const Account& predicted, const Account& simulated);

/// What the total latency deviates beside them.
CycleParts attributed_beside(const std::vector<StepDeviation>& steps, const Comparison& comparison,
                             const Account& predicted, const Account& simulated);

}  // namespace plumbline::validate
