// SPDX-License-Identifier: Apache-2.0
// `simulate --functional`: where its data comes from, and whether the machine computed what the network computes.
#pragma once

#include "inputs/schedule_source.hpp"
#include "options/arguments.hpp"
#include "plumbline/sim/simulate.hpp"
#include "plumbline/validate/reference_network.hpp"

namespace plumbline::cli {

/// From the folder, or random from the seed. A folder has `input.npy` (channels, rows, columns) and per layer with weights
/// `weights_<layer>.npy` (its loop dimensions in the order b, g, k, c, fy, fx); sizes of 1 may be left out.
/// \throws InputError naming the file, where a tensor is missing or of another shape
sim::NetworkData functional_data(const Workload& workload, const FunctionalArguments& arguments);

/// A run that computed, compared with the reference.
struct FunctionalRun {
    sim::Counters counters;
    validate::Agreement agreement;
};

/// Writes the output map where the arguments say.
FunctionalRun run_functional(const ScheduledNetwork& network, const FunctionalArguments& arguments,
                             const sim::SimulationOptions& options);

}  // namespace plumbline::cli
