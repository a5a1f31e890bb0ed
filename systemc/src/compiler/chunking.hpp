// SPDX-License-Identifier: Apache-2.0
// Cuts the iterations of a layer into chunks, for the fidelity `transaction`.
//
// A fine link is part of the chunks: its transfers are steady traffic of theirs, all but the first fill and the last drain,
// which happen before and after all iterations. The others mark the ends of chunks: nothing of theirs begins, or has to be
// awaited, inside one.
#pragma once

#include "compiler/layer_program.hpp"
#include "compiler/link_traffic.hpp"

namespace plumbline::sim {

/// Fills in `works` and `chunks`. \pre `program.links` are those of `traffic`, in the same order
void append_chunks(LayerProgram& program, const IterationSpace& space, LayerTraffic& traffic,
                   const TransferTable& transfers, const PortMap& ports);

}  // namespace plumbline::sim
