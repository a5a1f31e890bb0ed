// SPDX-License-Identifier: Apache-2.0
// The steps of evaluating one set of loop cuts, so that a search can stop after the energy.
#pragma once

#include <array>

#include "latency.hpp"
#include "layer_model.hpp"
#include "plumbline/cost.hpp"
#include "reuse.hpp"

namespace plumbline::detail {

using LoopCuts = std::array<LoopCut, kMaxOperands>;

/// Reuse and transfers of every operand. Does not allocate.
MappedOperands map_operands(const LayerModel& model, const LoopCuts& cuts);

/// MACs and memories, in picojoules. Does not allocate.
double total_energy(const LayerModel& model, const MappedOperands& mapped);

/// Cycles including offloading. Does not allocate.
std::int64_t total_latency(const LayerModel& model, const MappedOperands& mapped);

LayerCost full_cost(const LayerModel& model, const MappedOperands& mapped);

}  // namespace plumbline::detail
