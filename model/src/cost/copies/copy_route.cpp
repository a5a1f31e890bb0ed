// SPDX-License-Identifier: Apache-2.0
#include "plumbline/copy_route.hpp"

#include <string>

#include "plumbline/error.hpp"

namespace plumbline {
namespace {

Place at_level(const Accelerator& accelerator, MemoryOperand operand, std::size_t level)
{
    return {operand, accelerator.levels(operand).at(level)};
}

/// Lowest memory at or above `from` that also serves the other operand, at or above `to`.
MemoryId meeting_point(const Accelerator& accelerator, Place from, Place to)
{
    const auto& levels = accelerator.levels(from.operand);
    const std::size_t start = *accelerator.level_of(from.operand, from.memory);
    const std::size_t other = *accelerator.level_of(to.operand, to.memory);
    for (std::size_t level = start; level < levels.size(); ++level) {
        const auto theirs = accelerator.level_of(to.operand, levels[level]);
        if (theirs && *theirs >= other) return levels[level];
    }
    throw InputError("copy", "no memory joins " + accelerator.memory(from.memory).name + " and " +
                                 accelerator.memory(to.memory).name);
}

void climb(std::vector<Hop>& hops, const Accelerator& accelerator, MemoryOperand operand, MemoryId from, MemoryId to)
{
    const std::size_t last = *accelerator.level_of(operand, to);
    for (std::size_t level = *accelerator.level_of(operand, from); level < last; ++level)
        hops.push_back({at_level(accelerator, operand, level), Direction::read_up,
                        at_level(accelerator, operand, level + 1), Direction::write_from_down});
}

void descend(std::vector<Hop>& hops, const Accelerator& accelerator, MemoryOperand operand, MemoryId from, MemoryId to)
{
    const std::size_t last = *accelerator.level_of(operand, to);
    for (std::size_t level = *accelerator.level_of(operand, from); level > last; --level)
        hops.push_back({at_level(accelerator, operand, level), Direction::read_down,
                        at_level(accelerator, operand, level - 1), Direction::write_from_up});
}

void check_place(const Accelerator& accelerator, Place place)
{
    if (place.memory >= accelerator.memories().size() || !accelerator.level_of(place.operand, place.memory))
        throw InputError("copy", "memory does not serve operand " + std::string{name_of(place.operand)});
}

}  // namespace

std::vector<Hop> route(const Accelerator& accelerator, Place from, Place to)
{
    check_place(accelerator, from);
    check_place(accelerator, to);
    std::vector<Hop> hops;
    if (from.memory == to.memory) return hops;
    const MemoryId top =
        from.operand == to.operand
            ? (*accelerator.level_of(from.operand, from.memory) < *accelerator.level_of(to.operand, to.memory)
                   ? to.memory
                   : from.memory)
            : meeting_point(accelerator, from, to);
    climb(hops, accelerator, from.operand, from.memory, top);
    descend(hops, accelerator, to.operand, top, to.memory);
    return hops;
}

std::vector<CopyTransfer> copy_transfers(const CopyStep& step)
{
    std::vector<CopyTransfer> transfers;
    for (const Copy& copy : step.copies) transfers.push_back({copy.region.size(), copy.from, copy.to});
    return transfers;
}

}  // namespace plumbline
