// SPDX-License-Identifier: Apache-2.0
// The program of a layer that does not have the memories for itself.
#pragma once

#include "compiler/layer_program.hpp"
#include "loop_nest/block_space.hpp"

namespace plumbline::sim {

/// \param left of each memory beside everything that is there; what second blocks take goes off it
LayerProgram compile(const plumbline::Accelerator& accelerator, const Layer& layer, const LayerMapping& mapping,
                     const BlockSpaces& spaces, std::vector<Bits>& left, Fidelity fidelity);

}  // namespace plumbline::sim
