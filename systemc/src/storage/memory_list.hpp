// SPDX-License-Identifier: Apache-2.0
// Is a memory among those that hold a map?
#pragma once

#include <algorithm>
#include <vector>

#include "plumbline/accelerator.hpp"

namespace plumbline::sim {

inline bool contains(const std::vector<MemoryId>& memories, MemoryId memory)
{
    return std::find(memories.begin(), memories.end(), memory) != memories.end();
}

}  // namespace plumbline::sim
