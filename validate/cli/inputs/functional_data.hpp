// SPDX-License-Identifier: Apache-2.0
// Where the numbers come from that `simulate --functional` computes with.
#pragma once

#include "options/functional_flags.hpp"
#include "plumbline/sim/simulate.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::cli {

/// From the folder, or random from the seed. A folder has `input.npy` (channels, rows, columns) and per layer with weights
/// `weights_<layer>.npy` (its loop dimensions in the order b, g, k, c, fy, fx); sizes of 1 may be left out.
/// \throws InputError naming the file, where a tensor is missing or of another shape
sim::NetworkData functional_data(const Workload& workload, const FunctionalFlags& flags);

}  // namespace plumbline::cli
