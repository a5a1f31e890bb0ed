// SPDX-License-Identifier: Apache-2.0
#include "compiler/link_depths.hpp"

#include <algorithm>

namespace plumbline::sim {

std::vector<Bits> left_beside(const BlockSpaces& spaces, const std::vector<OperandView>& views,
                              const plumbline::Accelerator& accelerator)
{
    std::vector<Bits> left;
    for (const plumbline::Memory& memory : accelerator.memories()) left.push_back(memory.size);
    for (std::size_t i = 0; i < views.size(); ++i) {
        for (std::size_t level = 0; level < spaces[i].size(); ++level)
            left[views[i].levels[level]] -= spaces[i][level].region;
    }
    return left;
}

LinkDepths link_depths(const BlockSpaces& spaces, const std::vector<OperandView>& views, std::vector<Bits>& left)
{
    LinkDepths depths;
    for (std::size_t i = 0; i < views.size(); ++i) {
        depths.emplace_back(spaces[i].size(), 1);
        for (std::size_t level = 0; level + 1 < spaces[i].size(); ++level) {
            const BlockSpace& space = spaces[i][level];
            Bits& free = left[views[i].levels[level]];
            const Bits second = std::max(Bits{}, space.block * 2 - space.region);
            if (free < second) continue;
            free -= second;
            depths[i][level] = 2;
        }
    }
    return depths;
}

}  // namespace plumbline::sim
