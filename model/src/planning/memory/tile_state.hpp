// SPDX-License-Identifier: Apache-2.0
// A tile on its way through a stack: the sizes of its layers, and where each finished feature map is held.
#pragma once

#include <optional>
#include <vector>

#include "planning/memory/footprint.hpp"
#include "planning/memory/tile_plan.hpp"

namespace plumbline::detail {

/// How many of the memories that fit an entering map, from the lowest on, are passed over.
struct Raise {
    std::size_t any = 0;
    std::size_t lasting = 0;  ///< those that outlive the next layer
};

/// gap_bits() of each node that the tile makes something of.
std::vector<std::vector<Bits>> all_gaps(const StackGraph& graph, const TileSizes& tiles);

struct TileState {
    TileState(const StackPlan& stack_plan, const TilePlan& tile_plan, Raise raise)
        : stack{stack_plan},
          tile{tile_plan},
          raised{raise},
          sizes{stack_plan.tiles.of(tile_plan.kind.size,
                                    {tile_plan.caches.columns_from.has_value(), tile_plan.caches.rows_from.has_value()},
                                    tile_plan.kind.place)},
          caches{exact_cache_sizes(stack_plan.graph, sizes, stack_plan.tiles.whole())},
          gaps{all_gaps(stack_plan.graph, sizes)},
          held(stack_plan.graph.nodes.size())
    {}

    const StackNode& node(NodeId id) const { return stack.graph.nodes[id]; }
    Bits output(NodeId id) const { return output_bits(stack.graph, sizes, id); }
    /// All feature maps that a layer reads.
    Bits inputs(NodeId id) const;
    /// Which memory operand holds an input of a layer.
    MemoryOperand operand_of(NodeId id, std::size_t edge) const;
    /// Which memory operand holds a map that enters the stack: that of its first reader. \pre somebody reads it
    MemoryOperand operand_holding(NodeId map) const;

    /// Where space is kept for weights that stay for later tiles; none where they stay off chip. A tile that does not load them
    /// finds them in its blocks, but where a memory is replicated: there each block may be smaller than what is kept.
    std::optional<MemoryId> staying_weights() const;

    bool counts_exactly() const { return detail::counts_exactly(stack.capacity, stack.graph); }
    bool makes_nothing(NodeId id) const { return detail::makes_nothing(sizes, id); }

    /// Whether a map is still read after the layer that follows it.
    bool outlives_next(NodeId id) const { return node(id).consumers.size() > 1; }

    const StackPlan& stack;
    const TilePlan& tile;
    Raise raised;
    const TileSizes& sizes;
    CacheSizes caches;
    std::vector<std::vector<Bits>> gaps;        ///< per node and input: gap_bits()
    std::vector<std::optional<MemoryId>> held;  ///< per node: the memory of its output
    SearchProof proof;                          ///< of mappings so far
};

}  // namespace plumbline::detail
