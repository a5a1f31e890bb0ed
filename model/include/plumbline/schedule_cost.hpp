// SPDX-License-Identifier: Apache-2.0
// The predicted cost of a whole schedule: every step of every tile class, times how often it occurs.
#pragma once

#include "plumbline/cost.hpp"
#include "plumbline/schedule.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// \throws InputError where the schedule does not fit accelerator and workload
/// Cost of all steps of all tiles, one after the other.
ScheduleCost predict(const Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                     Estimator estimator = kDefaultEstimator);

}  // namespace plumbline
#pragma GCC visibility pop
