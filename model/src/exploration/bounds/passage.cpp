// SPDX-License-Identifier: Apache-2.0
#include "exploration/bounds/passage.hpp"

#include <algorithm>

namespace plumbline::detail {
namespace {

constexpr Bits kBit{1};

}  // namespace

Picojoules Passage::access(MemoryOperand operand, std::size_t level, Direction direction, Bits amount) const
{
    const Memory& memory = accelerator_.memory(accelerator_.levels(operand)[level]);
    const auto port = memory.service(operand)->port[direction];
    if (!port) return {};
    // Granules round up, so that words may be moved in part only, but never more cheaply than in full.
    const double words = static_cast<double>(amount.count()) / static_cast<double>(memory.ports[*port].width.count());
    return (is_read(direction) ? memory.read_energy : memory.write_energy) * words;
}

Passage::Levels Passage::levels_of(MemoryOperand operand) const
{
    const auto& memories = accelerator_.levels(operand);
    Levels levels(memories.size());
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const MemoryId memory = memories[i];
        levels[i].memory = memory;
        levels[i].capacity = accelerator_.memory(memory).size * accelerator_.instances(memory);
        if (!exact_ && i + 1 == levels.size()) levels[i].down = access(operand, i, Direction::read_down, kBit);
        if (!exact_ || i == 0) continue;
        levels[i].down = levels[i - 1].down + access(operand, i, Direction::read_down, kBit) +
                         access(operand, i - 1, Direction::write_from_up, kBit);
        if (operand == MemoryOperand::o)
            levels[i].up = levels[i - 1].up + access(operand, i - 1, Direction::read_up, kBit) +
                           access(operand, i, Direction::write_from_down, kBit);
    }
    return levels;
}

Passage::Passage(const Accelerator& accelerator, Estimator estimator)
    : accelerator_{accelerator},
      exact_{estimator == Estimator::refined}
{
    for (const MemoryOperand operand : kAllMemoryOperands)
        levels_[static_cast<std::size_t>(operand)] = levels_of(operand);
}

std::size_t Passage::holding_level(MemoryOperand operand, Bits amount) const
{
    std::size_t level = 0;
    while (level < top_level(operand) && levels(operand)[level].capacity < amount) ++level;
    return level;
}

Picojoules Passage::up_to_hold(Bits amount) const { return up(holding_level(MemoryOperand::o, amount), amount); }

Picojoules Passage::down_if_held(MemoryOperand operand, Bits amount) const
{
    return exact_ ? down(operand, holding_level(operand, amount), amount) : Picojoules{};
}

/// One of the two lies a level higher.
Picojoules Passage::apart(MemoryOperand operand, Bits read, Bits made) const
{
    const std::size_t from = holding_level(operand, read);
    const std::size_t to = holding_level(MemoryOperand::o, made);
    const Level& held = levels(operand)[from];
    if (held.memory != levels(MemoryOperand::o)[to].memory || from == top_level(operand)) return {};
    if (held.capacity >= read + made) return {};
    return std::min(down(operand, from + 1, read) - down(operand, from, read), up(to + 1, made) - up(to, made));
}

Picojoules Passage::at_macs(MemoryOperand operand, Direction direction, Bits amount) const
{
    return exact_ ? access(operand, 0, direction, amount) : Picojoules{};
}

}  // namespace plumbline::detail
