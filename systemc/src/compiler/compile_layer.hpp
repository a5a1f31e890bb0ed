// SPDX-License-Identifier: Apache-2.0
// From a mapped layer to its program: which transfers occur, what each link does when, and which chunks the MAC array
// runs through.
//
// At fidelity `cycle` every iteration is a chunk; at `transaction` chunks are as long as nothing begins or ends in them.
//
//     LayerProgram program = compile(accelerator, layer, step.mapping);
#pragma once

#include "compiler/layer_program.hpp"
#include "loop_nest/block_space.hpp"
#include "plumbline/mapping.hpp"
#include "plumbline/sim/fidelity.hpp"

namespace plumbline::sim {

/// Of a layer that has the memories for itself.
/// \pre `check(mapping, layer, accelerator)` passes
/// \throws InputError where a transfer has no port to go through
LayerProgram compile(const plumbline::Accelerator& accelerator, const Layer& layer, const LayerMapping& mapping,
                     Fidelity fidelity = Fidelity::transaction);

/// Of one that shares them.
/// \param left of each memory beside everything that is there; what second blocks take goes off it
LayerProgram compile(const plumbline::Accelerator& accelerator, const Layer& layer, const LayerMapping& mapping,
                     const BlockSpaces& spaces, std::vector<Bits>& left, Fidelity fidelity);

}  // namespace plumbline::sim
