// SPDX-License-Identifier: Apache-2.0
// What one layer costs under one given mapping: accesses, energy and latency, with accesses and time as a machine has them,
// or with ZigZag's cost model as DeFiNES uses it.
//
// Accesses are counted per operand, level and direction from the periods in which loops replace the data below. Latency
// is the iterations in time, the stalls meanwhile, and what is loaded before and offloaded after. Under `refined` it
// depends on what else memories hold, since that leaves less space for second blocks.
//
//     LayerCost cost = layer_cost(accelerator, layer, mapping);
#pragma once

#include "plumbline/cost.hpp"
#include "plumbline/schedule.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// \pre `check(mapping, layer, accelerator)` passes
/// Cost of one layer on one tile. `residents`: what memories hold besides, which `uniform` does not look at.
LayerCost layer_cost(const Accelerator& accelerator, const Layer& layer, const LayerMapping& mapping,
                     Estimator estimator = kDefaultEstimator, const std::vector<Resident>& residents = {});

}  // namespace plumbline
#pragma GCC visibility pop
