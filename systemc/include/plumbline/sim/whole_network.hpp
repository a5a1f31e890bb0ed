// SPDX-License-Identifier: Apache-2.0
// What a network computes of its data, layer by layer on whole maps, with the arithmetic and the edges that a machine has
// tile by tile.
//
//     FeatureValues output = compute_network(workload, data);
#pragma once

#include "plumbline/sim/network_data.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// The map of the only output. \pre check_computable and check_data pass
FeatureValues compute_network(const Workload& workload, const NetworkData& data);

}  // namespace plumbline::sim
#pragma GCC visibility pop
