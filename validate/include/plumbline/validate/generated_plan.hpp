// SPDX-License-Identifier: Apache-2.0
// Schedules that nobody chose: number 0, 1, 2, … of a seed, each of a generated network on a generated accelerator.
//
// Eight numbers in a row share an accelerator, so that there is something to rank on each; four share a network. Any number is
// drawn without those before it, so a single one can be looked at again.
//
//     const GeneratedPlan drawn = generated_plan(7, 16);  // the first on the third accelerator of seed 7
//     const Outcome<Schedule> schedule = schedule_of(drawn);
#pragma once

#include <cstdint>
#include <string>

#include "plumbline/accelerator.hpp"
#include "plumbline/error.hpp"
#include "plumbline/mapping.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Numbers in a row that are of the same accelerator.
constexpr std::int64_t kPlansPerAccelerator = 8;
/// Numbers in a row that are of the same network. Divides kPlansPerAccelerator.
constexpr std::int64_t kPlansPerNetwork = 4;

/// What a schedule is planned from.
struct GeneratedPlan {
    Accelerator accelerator;  ///< of usual extent
    MappingRules rules;       ///< for the network on it
    Workload workload;        ///< the network, of usual extent; with or without edges
    PlanOptions options;      ///< tile, mode, cuts and objective are drawn; `reserved` and `refined`
};

/// Number `index` of a seed.
GeneratedPlan generated_plan(std::uint64_t seed, std::int64_t index);

/// The schedule; infeasible also where cuts were drawn that no single map crosses.
/// \throws InputError where the planner refuses what was drawn, which would be a fault
Outcome<Schedule> schedule_of(const GeneratedPlan& plan);

/// "tile 7x9, h-cached, none, for latency".
std::string described(const GeneratedPlan& plan);

}  // namespace plumbline::validate
#pragma GCC visibility pop
