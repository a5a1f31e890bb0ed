// SPDX-License-Identifier: Apache-2.0
// What does a layer of a stack cost at least, however it is mapped?
//
// Nothing here asks for a mapping. `refined` counts what really moves: each word that reaches the MACs passes every memory
// on its way, and sums go to and fro between the MACs and the nearest memory. `uniform` averages, which may be less, so that
// of its accesses only those of the top memory are counted that bring weights in equal blocks.
//
//     const LayerFloor floor = layer_floor(Passage{accelerator, estimator}, node, weight_bits(graph));
#pragma once

#include <cstddef>

#include "planning/geometry/stack_graph.hpp"
#include "plumbline/accelerator.hpp"
#include "plumbline/search_options.hpp"

namespace plumbline::detail {

/// Energy of words on their way between the top memory and the MACs.
class Passage {
public:
    /// The accelerator must outlive it.
    Passage(const Accelerator& accelerator, Estimator estimator)
        : accelerator_{accelerator},
          exact_{estimator == Estimator::refined}
    {}

    const Accelerator& accelerator() const { return accelerator_; }
    /// Whether more is counted than what the top memory does.
    bool exact() const { return exact_; }

    /// From a level of an operand, the lowest one being 0, into the lowest.
    Picojoules down(MemoryOperand operand, std::size_t level, Bits amount) const;
    Picojoules down(MemoryOperand operand, Bits amount) const { return down(operand, top_level(operand), amount); }
    /// From the lowest level of outputs to the top.
    Picojoules up(Bits amount) const;
    /// From there to the lowest one that may hold so much at once.
    Picojoules up_to_hold(Bits amount) const;
    /// What an access of the lowest level costs that moves so much from or to the MACs.
    Picojoules at_macs(MemoryOperand operand, Direction direction, Bits amount) const;

private:
    std::size_t top_level(MemoryOperand operand) const { return accelerator_.levels(operand).size() - 1; }
    Picojoules up(std::size_t level, Bits amount) const;
    Picojoules access(MemoryOperand operand, std::size_t level, Direction direction, Bits amount) const;

    const Accelerator& accelerator_;
    bool exact_;
};

struct LayerFloor {
    Picojoules pixel{};  ///< of its output: multiplications, and what passes between the MACs and the nearest memories
    Picojoules kept_pixel{};     ///< of an output that stays in the stack: on the way to where it is held
    Picojoules weights{};        ///< from the top memory, which happens at least once
    Picojoules weights_again{};  ///< for each further tile
};

/// \param stack_weights bits of the weights of all layers of the stack \pre the node is a layer
LayerFloor layer_floor(const Passage& passage, const StackNode& node, Bits stack_weights);

/// Multiplications for one pixel of the output.
std::int64_t macs_per_pixel(const Layer& layer);

}  // namespace plumbline::detail
