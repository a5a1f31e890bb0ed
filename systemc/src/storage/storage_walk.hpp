// SPDX-License-Identifier: Apache-2.0
// Goes through a schedule tile by tile and keeps the contents of all memories, without values: is what is read there, and
// how much space do feature maps take at each step?
//
// Rows of tiles that repeat are walked until the contents repeat too, and skipped from then on: a million tiles take no
// longer than a few rows of them.
//
//     for (const StackSpace& stack : walk(accelerator, workload, schedule, storage)) …
#pragma once

#include <vector>

#include "plumbline/sim/overcommit.hpp"
#include "storage/storage_program.hpp"

namespace plumbline::sim {

/// Per memory, in one step; the largest of all tiles of the class.
struct MapSpace {
    std::vector<Bits> before;  ///< when the step begins
    /// With all that it fills, before it frees anything. Of a layer: without its output, but with space for what it reads in
    /// a lower memory than its mapping says.
    std::vector<Bits> during;
    std::vector<Bits> after;  ///< when the next step begins
};

/// Per class of a stack and step of the class.
using StackSpace = std::vector<std::vector<MapSpace>>;

/// Reads of what is not there are refused, or noted in `absent`: once per stack, layer and map.
/// \throws DoesNotFit naming layer, channel, row, column, memory and tile of the read that is refused
std::vector<StackSpace> walk(const plumbline::Accelerator& accelerator, const Workload& workload,
                             const Schedule& schedule, const StorageProgram& storage, Overcommit overcommit,
                             std::vector<AbsentRead>& absent);

}  // namespace plumbline::sim
