// SPDX-License-Identifier: Apache-2.0
// What does a layer of a stack cost at least, however it is mapped?
//
// Nothing here asks for a mapping. Of what `uniform` counts, only weights in equal blocks are taken for certain.
//
//     const LayerFloor floor = layer_floor(Passage{accelerator, estimator}, graph, node, weight_bits(graph));
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "exploration/bounds/passage.hpp"
#include "exploration/bounds/refetch_bound.hpp"
#include "planning/geometry/stack_graph.hpp"

namespace plumbline::detail {

/// Of an input that another node of the stack makes.
struct InputFloor {
    MemoryOperand operand = MemoryOperand::i1;
    Bits pixel{};      ///< what is read of each pixel; none where it is not plain which pixels are read
    Picojoules tap{};  ///< what MACs read for each element that a window meets along both axes
};

struct LayerFloor {
    Picojoules pixel{};          ///< of its output: multiplications, sums, and constants next to the MACs
    Bits leaving{};              ///< of a pixel of its output
    Picojoules weights{};        ///< from the top memory, which happens at least once
    Picojoules weights_again{};  ///< for each further tile
    double macs_per_pixel = 0;   ///< multiplications
    RefetchFloor refetches;
    std::vector<InputFloor> inputs;  ///< parallel to StackNode::inputs
};

/// \param stack_weights bits of the weights of all layers of the stack \pre the node is a layer
LayerFloor layer_floor(const Passage& passage, const StackGraph& graph, NodeId node, Bits stack_weights);

/// Elements that a layer reads of each pixel of an input.
std::int64_t elements_per_pixel(const Operand& operand, const Layer& layer);

/// Along both axes without gaps.
bool reads_all(const StackNode& map, const Operand& operand, const Layer& layer);

}  // namespace plumbline::detail
