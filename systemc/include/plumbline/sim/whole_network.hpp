// SPDX-License-Identifier: Apache-2.0
// What a network computes of its data, layer by layer on whole maps, with the arithmetic and the edges that a machine has
// tile by tile.
//
//     std::vector<FeatureValues> outputs = compute_network(workload, data);
#pragma once

#include <vector>

#include "plumbline/sim/network_data.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// The maps of all outputs, by Workload::outputs(). \pre check_computable and check_data pass
std::vector<FeatureValues> compute_network(const Workload& workload, const NetworkData& data);

}  // namespace plumbline::sim
#pragma GCC visibility pop
