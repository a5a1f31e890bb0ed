// SPDX-License-Identifier: Apache-2.0
// The layers of one stack and the feature maps that enter it, as a graph that tiles are propagated through.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "planning/geometry/map_places.hpp"
#include "plumbline/mapping.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::detail {

using NodeId = std::size_t;

/// An input operand that another node of the stack produces.
struct StackEdge {
    std::size_t input = 0;  ///< index into the layer's inputs
    NodeId source = 0;
    Reach columns = {};
    Reach rows = {};
};

/// A layer, or a feature map that enters the stack.
struct StackNode {
    const Layer* layer = nullptr;      ///< null for a feature map that enters
    std::optional<LayerId> producer;   ///< of the output; none for an input of the network
    std::size_t input = 0;             ///< of those, which of Workload::inputs()
    const Layer* mapped_as = nullptr;  ///< one that poses the same mapping problems (equal_layers.hpp); null for a map
    const MappingRule* rule = nullptr;
    std::vector<StackEdge> inputs;
    std::vector<NodeId> consumers;
    std::int64_t channels = 1;  ///< of the output; batch included
    Bits precision{};           ///< of the finished output
    /// Columns (rows) of a map that enters from one that the stack reads to the next: those between are left out, and tiles
    /// count those that are left (read_steps.hpp).
    std::int64_t column_step = 1;
    std::int64_t row_step = 1;
    // Where maps have edges: where the first column and row lie that the stack reads, and how many there are from there on.
    std::int64_t first_column = 0;
    std::int64_t first_row = 0;
    std::int64_t columns = 0;
    std::int64_t rows = 0;
};

/// Both axes of a network.
struct NetworkPlaces {
    explicit NetworkPlaces(const Workload& workload) : columns{workload, LoopDim::ox}, rows{workload, LoopDim::oy} {}

    MapPlaces columns;
    MapPlaces rows;
};

/// Nodes in topological order; a feature map stands before the first layer that reads it.
struct StackGraph {
    std::vector<StackNode> nodes;
    NodeId output = 0;
    bool bounded = false;  ///< maps end at their edges

    /// \pre the layer is in the stack
    NodeId node_of(LayerId layer) const;
};

/// Layers of a stack whose output others read, or nobody. \param layers in topological order
std::vector<LayerId> stack_outputs(const Workload& workload, const std::vector<LayerId>& layers);

/// \param layers of the stack, in topological order; what others produce enters it
/// \throws InputError where not exactly one of them is read by others, or by nobody
StackGraph make_stack_graph(const Workload& workload, const MappingRules& rules, const std::vector<LayerId>& layers);
/// The same for one of many stacks of a network. \param places of that network
StackGraph make_stack_graph(const Workload& workload, const MappingRules& rules, const std::vector<LayerId>& layers,
                            const NetworkPlaces& places);

/// All layers of a network, which may have several outputs; `output` is the last of them.
StackGraph make_network_graph(const Workload& workload, const MappingRules& rules);

/// Size of an operand over everything but rows and columns: of all of a map of which a layer may read a part, those that hold rows
/// and columns too.
std::int64_t channels(const Operand& operand, const LoopSizes& sizes);
/// Loop sizes of a layer on a tile of its output.
LoopSizes with_tile(const Layer& layer, std::int64_t columns, std::int64_t rows);

}  // namespace plumbline::detail
