// SPDX-License-Identifier: Apache-2.0
#include "compiler/copy_route.hpp"

#include <string>

#include "compiler/transfer_table.hpp"
#include "plumbline/error.hpp"

namespace plumbline::sim {
namespace {

struct Turn {
    std::size_t up_to = 0;      ///< level of the operand that the data leaves
    std::size_t down_from = 0;  ///< level of the operand that it becomes, the same memory
};

std::size_t level_of(const plumbline::Accelerator& accelerator, Place place)
{
    if (const auto level = accelerator.level_of(place.operand, place.memory)) return *level;
    throw InputError{"copy",
                     accelerator.memory(place.memory).name + " does not serve " + std::string{name_of(place.operand)}};
}

Turn turn_of(const plumbline::Accelerator& accelerator, Place from, Place to)
{
    const std::vector<MemoryId>& climbed = accelerator.levels(from.operand);
    const std::size_t lowest = level_of(accelerator, to);
    for (std::size_t up = level_of(accelerator, from); up < climbed.size(); ++up) {
        const auto down = accelerator.level_of(to.operand, climbed[up]);
        if (down && *down >= lowest) return {up, *down};
    }
    throw InputError{"copy", accelerator.memory(from.memory).name + " and " + accelerator.memory(to.memory).name +
                                 " share no memory above both"};
}

}  // namespace

std::vector<Transfer> copy_hops(const plumbline::Accelerator& accelerator, const Copy& copy)
{
    std::vector<Transfer> hops;
    if (copy.from.memory == copy.to.memory) return hops;
    const PortMap ports{accelerator};
    const std::vector<InstanceBits> region{{copy.region.size().count(), 1}};
    const auto hop = [&](MemoryOperand operand, std::size_t from, Direction read, std::size_t to, Direction write) {
        const std::vector<MemoryId>& levels = accelerator.levels(operand);
        hops.push_back(transfer_of({access_through(accelerator, levels[from], operand, read, region),
                                    access_through(accelerator, levels[to], operand, write, region)},
                                   accelerator, ports));
    };
    const Turn turn = turn_of(accelerator, copy.from, copy.to);
    for (std::size_t level = level_of(accelerator, copy.from); level < turn.up_to; ++level) {
        hop(copy.from.operand, level, Direction::read_up, level + 1, Direction::write_from_down);
    }
    for (std::size_t level = turn.down_from; level > level_of(accelerator, copy.to); --level) {
        hop(copy.to.operand, level, Direction::read_down, level - 1, Direction::write_from_up);
    }
    return hops;
}

}  // namespace plumbline::sim
