// SPDX-License-Identifier: Apache-2.0
// What does it cost at least to bring words from one level of an operand to another?
//
// `refined` counts what really moves: each word that reaches the MACs passes every memory on its way. `uniform` averages,
// which may be less, so that of its accesses only reads of the top memory are counted.
//
//     const Passage passage{accelerator, Estimator::refined};
//     passage.down(MemoryOperand::i2, weights)
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/search_options.hpp"

namespace plumbline::detail {

/// Energy of words on their way between the top memory and the MACs.
class Passage {
public:
    /// The accelerator must outlive it.
    Passage(const Accelerator& accelerator, Estimator estimator);

    const Accelerator& accelerator() const { return accelerator_; }
    /// Whether more is counted than what the top memory does.
    bool exact() const { return exact_; }

    /// From a level of an operand, the lowest one being 0, into the lowest.
    Picojoules down(MemoryOperand operand, std::size_t level, Bits amount) const
    {
        return levels(operand)[level].down * static_cast<double>(amount.count());
    }
    Picojoules down(MemoryOperand operand, Bits amount) const { return down(operand, top_level(operand), amount); }
    /// From the lowest level of outputs to another one.
    Picojoules up(std::size_t level, Bits amount) const
    {
        return levels(MemoryOperand::o)[level].up * static_cast<double>(amount.count());
    }
    Picojoules up(Bits amount) const { return up(top_level(MemoryOperand::o), amount); }
    /// From there to the lowest one that may hold so much at once.
    Picojoules up_to_hold(Bits amount) const;
    /// From the lowest level of inputs that may hold so much at once into the lowest of all.
    Picojoules down_if_held(MemoryOperand operand, Bits amount) const;
    /// What up_to_hold() and down_if_held() together miss at least, where one memory may hold either, but not both at once.
    Picojoules apart(MemoryOperand operand, Bits read, Bits made) const;
    /// What an access of the lowest level costs that moves so much from or to the MACs.
    Picojoules at_macs(MemoryOperand operand, Direction direction, Bits amount) const;

private:
    struct Level {
        MemoryId memory = 0;
        Bits capacity{};    ///< of all instances
        Picojoules down{};  ///< of a bit from here to the lowest level
        Picojoules up{};    ///< of a bit from the lowest level of outputs
    };
    using Levels = std::vector<Level>;

    const Levels& levels(MemoryOperand operand) const { return levels_[static_cast<std::size_t>(operand)]; }
    std::size_t top_level(MemoryOperand operand) const { return levels(operand).size() - 1; }
    std::size_t holding_level(MemoryOperand operand, Bits amount) const;
    Levels levels_of(MemoryOperand operand) const;
    Picojoules access(MemoryOperand operand, std::size_t level, Direction direction, Bits amount) const;

    const Accelerator& accelerator_;
    bool exact_;
    std::array<Levels, kAllMemoryOperands.size()> levels_;
};

}  // namespace plumbline::detail
