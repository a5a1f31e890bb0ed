// SPDX-License-Identifier: Apache-2.0
#include "exploration/bounds/passage.hpp"

#include <algorithm>

namespace plumbline::detail {

Picojoules Passage::access(MemoryOperand operand, std::size_t level, Direction direction, Bits amount) const
{
    const Memory& memory = accelerator_.memory(accelerator_.levels(operand)[level]);
    const auto port = memory.service(operand)->port[direction];
    if (!port) return {};
    // Granules round up, so that words may be moved in part only, but never more cheaply than in full.
    const double words = static_cast<double>(amount.count()) / static_cast<double>(memory.ports[*port].width.count());
    return (is_read(direction) ? memory.read_energy : memory.write_energy) * words;
}

Picojoules Passage::down(MemoryOperand operand, std::size_t level, Bits amount) const
{
    if (!exact_)
        return level == top_level(operand) ? access(operand, level, Direction::read_down, amount) : Picojoules{};
    Picojoules energy{};
    for (std::size_t from = 1; from <= level; ++from)
        energy += access(operand, from, Direction::read_down, amount) +
                  access(operand, from - 1, Direction::write_from_up, amount);
    return energy;
}

std::size_t Passage::holding_level(MemoryOperand operand, Bits amount) const
{
    const auto& levels = accelerator_.levels(operand);
    const auto holds = std::find_if(levels.begin(), levels.end() - 1, [&](MemoryId memory) {
        return accelerator_.memory(memory).size.count() >= divide_up(amount.count(), accelerator_.instances(memory));
    });
    return static_cast<std::size_t>(holds - levels.begin());
}

Picojoules Passage::up_to_hold(Bits amount) const { return up(holding_level(MemoryOperand::o, amount), amount); }

Picojoules Passage::down_if_held(MemoryOperand operand, Bits amount) const
{
    return exact_ ? down(operand, holding_level(operand, amount), amount) : Picojoules{};
}

Picojoules Passage::up(std::size_t level, Bits amount) const
{
    Picojoules energy{};
    if (!exact_) return energy;
    for (std::size_t from = 0; from < level; ++from)
        energy += access(MemoryOperand::o, from, Direction::read_up, amount) +
                  access(MemoryOperand::o, from + 1, Direction::write_from_down, amount);
    return energy;
}

Picojoules Passage::at_macs(MemoryOperand operand, Direction direction, Bits amount) const
{
    return exact_ ? access(operand, 0, direction, amount) : Picojoules{};
}

}  // namespace plumbline::detail
