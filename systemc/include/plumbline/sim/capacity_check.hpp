// SPDX-License-Identifier: Apache-2.0
// Does a schedule fit the memories of its accelerator, and does it read only what is there? Answered without running it.
//
//     for (const Overcommitment& each : check_capacity(accelerator, workload, schedule).overcommitments) …
#pragma once

#include <string>

#include "plumbline/sim/overcommit.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// What `Overcommit::refuse` would refuse. \pre `check(schedule, accelerator, workload)` passes
Findings check_capacity(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule);

/// "layer 'conv1'", "the copies before layer 'conv1'", "the copy of the stack's input".
std::string text_of(const Activity& activity, const Workload& workload);

/// Of a step that does not fit, as `Overcommit::refuse` does. \throws DoesNotFit, always: step and tile, then what it needs of which
/// memory
[[noreturn]] void refuse(const Overcommitment& finding, const plumbline::Accelerator& accelerator,
                         const Workload& workload, const Schedule& schedule);

/// Of a read of what is not there, as `Overcommit::refuse` does. \throws InputError, always: layer and tile, then channel, row
/// and column of which map in which memory; a DoesNotFit where the schedule is `optimistic` and so kept no space for it
[[noreturn]] void refuse(const AbsentRead& read, const plumbline::Accelerator& accelerator, const Workload& workload,
                         const Schedule& schedule);

}  // namespace plumbline::sim
#pragma GCC visibility pop
