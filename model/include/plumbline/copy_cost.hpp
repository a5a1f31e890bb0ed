// SPDX-License-Identifier: Apache-2.0
// What copies between memories cost: each moves through the memories on its way, hop by hop, and copies of one step that
// meet at a port wait for each other.
#pragma once

#include <vector>

#include "plumbline/copy_route.hpp"
#include "plumbline/cost.hpp"
#include "plumbline/schedule.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// Of one transfer alone, as `uniform` has it.
struct CopyTransferCost {
    Picojoules energy{};       ///< of all hops
    std::vector<Cycles> hops;  ///< each begins when the one before has ended
};

/// As if nothing else moved. Cycles of a hop are rounded up.
CopyTransferCost transfer_cost(const Accelerator& accelerator, const CopyTransfer& transfer);

/// All transfers begin at once. `uniform`: a port that several need is busy for their sum; `refined`: they share it while
/// they need it, and the latency of memories counts. Accesses and energy are the same under both.
CopyCost copy_cost(const Accelerator& accelerator, const std::vector<CopyTransfer>& transfers,
                   Estimator estimator = kDefaultEstimator);
/// Its latency alone.
Cycles copy_latency(const Accelerator& accelerator, const std::vector<CopyTransfer>& transfers, Estimator estimator);
/// Of the transfers of a step, after the accelerator's dispatch.
CopyCost copy_cost(const Accelerator& accelerator, const CopyStep& step, Estimator estimator = kDefaultEstimator);

}  // namespace plumbline
#pragma GCC visibility pop
