// SPDX-License-Identifier: Apache-2.0
// How full is each memory at each step of a schedule, and does everything fit?
//
// All regions count: what feature maps hold (inputs, live branches, caches of columns and rows), weights that stay, and the
// blocks of the layer that runs. What a copy passes on its way is on the move, not held. A tile of the class that needs
// most speaks for its class.
#pragma once

#include "loop_nest/block_space.hpp"
#include "plumbline/sim/overcommit.hpp"
#include "storage/storage_walk.hpp"

namespace plumbline::sim {

struct StepSpace {
    std::vector<Bits> needed;  ///< per memory, while the step runs; without second blocks
    std::vector<Bits> kept;    ///< per memory, when it is over
    BlockSpaces blocks;        ///< of a layer
};

struct SpacePlan {
    std::vector<std::vector<std::vector<StepSpace>>> stacks;  ///< per stack, class and step
    Findings findings;
};

/// \pre `check(schedule, accelerator, workload)` passes
/// \throws DoesNotFit where something does not fit, or is read where it is not, unless that is to be reported
SpacePlan plan_space(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                     Overcommit overcommit);

}  // namespace plumbline::sim
