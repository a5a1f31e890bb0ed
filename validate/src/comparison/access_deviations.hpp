// SPDX-License-Identifier: Apache-2.0
// The accesses of the DeviationCauses: what the estimator assumes of layers, and what the machine does differently with copies.
#pragma once

#include <vector>

#include "plumbline/validate/deviation_causes.hpp"

namespace plumbline::validate {

std::vector<AccessDeviation> access_deviations(const Accelerator& accelerator, const Workload& workload,
                                               const Schedule& schedule, const Comparison& comparison,
                                               const RunRecord& predicted, const RunRecord& simulated);

}  // namespace plumbline::validate
