// SPDX-License-Identifier: Apache-2.0
// Cuts a layer as finely as it goes: every iteration is a chunk of its own, and no link is part of it. For the fidelity
// `cycle`, in which nothing is averaged.
#pragma once

#include "compiler/layer_program.hpp"
#include "compiler/link_traffic.hpp"

namespace plumbline::sim {

/// Fills in `works` and `chunks`.
void append_single_iterations(LayerProgram& program, const IterationSpace& space, LayerTraffic& traffic,
                              const TransferTable& transfers, const PortMap& ports);

}  // namespace plumbline::sim
