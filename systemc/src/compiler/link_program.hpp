// SPDX-License-Identifier: Apache-2.0
// What the movers of each link do, visit by visit.
//
// At fidelity `transaction` the transfers of a fine link are part of the chunks (chunking.hpp), all but its first fill and
// its last drain, which happen before and after all iterations.
#pragma once

#include "compiler/layer_program.hpp"
#include "compiler/link_traffic.hpp"
#include "plumbline/sim/fidelity.hpp"

namespace plumbline::sim {

/// In the order of the links.
std::vector<LinkProgram> link_programs(LayerTraffic& traffic, Fidelity fidelity);

}  // namespace plumbline::sim
