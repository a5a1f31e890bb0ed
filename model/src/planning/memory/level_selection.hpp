// SPDX-License-Identifier: Apache-2.0
// Which memories may a layer use on a tile?
//
// Its inputs and its output each get the lowest memory that exists once and fits them, and all levels below; inputs that
// one memory operand holds share theirs. When no mapping fits those, more levels are tried.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planning/memory/tile_state.hpp"
#include "plumbline/mapping_problem.hpp"

namespace plumbline::detail {

/// Levels beyond the lowest that fit.
struct ExtraLevels {
    std::size_t output = 0;
    std::size_t input = 0;

    /// Output first, then input, then both.
    void next();
};

struct LayerLevels {
    std::vector<MemoryId> output;
    std::vector<std::vector<MemoryId>> inputs;  ///< parallel to StackNode::inputs

    /// The highest of each input: where its map is read.
    std::vector<MemoryId> read_from() const;
};

/// Where a feature map that enters the stack is held.
MemoryId entering_memory(const TileState& state, NodeId map);

LayerLevels choose_levels(const TileState& state, NodeId layer, ExtraLevels extra);

/// The search for the layer's mapping in these levels.
MappingProblem mapping_problem(const TileState& state, NodeId layer, const LayerLevels& levels);

/// A memory in which others take more than there is: the layer fits nowhere then, not even one that takes nothing there. Nothing
/// where there is none.
std::optional<std::string> overfull(const MappingProblem& problem);

/// Why there is no mapping: the layer, the tile, and the innermost memory that is too small whatever is tried. Where none is, what the
/// last search said, and all sizes.
Infeasible does_not_fit(const TileState& state, NodeId layer, const std::string& last_reason);

}  // namespace plumbline::detail
