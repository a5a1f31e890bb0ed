// SPDX-License-Identifier: Apache-2.0
// What does it cost at least to bring words from one level of an operand to another?
//
// `refined` counts what really moves: each word that reaches the MACs passes every memory on its way. `uniform` averages,
// which may be less, so that of its accesses only reads of the top memory are counted.
//
//     const Passage passage{accelerator, Estimator::refined};
//     passage.down(MemoryOperand::i2, weights)
#pragma once

#include <cstddef>

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
    /// From the lowest level of outputs to another one.
    Picojoules up(std::size_t level, Bits amount) const;
    Picojoules up(Bits amount) const { return up(top_level(MemoryOperand::o), amount); }
    /// From there to the lowest one that may hold so much at once.
    Picojoules up_to_hold(Bits amount) const;
    /// From the lowest level of inputs that may hold so much at once into the lowest of all.
    Picojoules down_if_held(MemoryOperand operand, Bits amount) const;
    /// What an access of the lowest level costs that moves so much from or to the MACs.
    Picojoules at_macs(MemoryOperand operand, Direction direction, Bits amount) const;

private:
    std::size_t top_level(MemoryOperand operand) const { return accelerator_.levels(operand).size() - 1; }
    std::size_t holding_level(MemoryOperand operand, Bits amount) const;
    Picojoules access(MemoryOperand operand, std::size_t level, Direction direction, Bits amount) const;

    const Accelerator& accelerator_;
    bool exact_;
};

}  // namespace plumbline::detail
