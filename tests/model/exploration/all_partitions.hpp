// SPDX-License-Identifier: Apache-2.0
// All ways to cut a small network into stacks, by trying every partition of its layers. Knows nothing of how `optimize`
// finds them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <vector>

#include "plumbline/workload.hpp"

namespace plumbline::all_partitions {

using Partition = std::vector<std::vector<LayerId>>;

/// Layers that others than the stack's read, or nobody.
inline std::size_t outputs(const Workload& workload, const std::vector<LayerId>& stack)
{
    return static_cast<std::size_t>(std::count_if(stack.begin(), stack.end(), [&](LayerId layer) {
        const auto readers = workload.consumers(layer);
        return readers.empty() || std::any_of(readers.begin(), readers.end(), [&](LayerId reader) {
                   return std::find(stack.begin(), stack.end(), reader) == stack.end();
               });
    }));
}

/// The stacks in an order in which each comes after what it reads; empty where there is none.
inline Partition in_order(const Workload& workload, const Partition& stacks)
{
    Partition ordered;
    std::set<LayerId> done;
    std::vector<bool> taken(stacks.size(), false);
    const auto ready = [&](const std::vector<LayerId>& stack) {
        return std::all_of(stack.begin(), stack.end(), [&](LayerId layer) {
            const auto& inputs = workload.layer(layer).inputs;
            return std::all_of(inputs.begin(), inputs.end(), [&](const Operand& input) {
                return !input.source || done.count(*input.source) > 0 ||
                       std::find(stack.begin(), stack.end(), *input.source) != stack.end();
            });
        });
    };
    for (bool found = true; found;) {
        found = false;
        for (std::size_t i = 0; i < stacks.size(); ++i) {
            if (taken[i] || !ready(stacks[i])) continue;
            taken[i] = found = true;
            ordered.push_back(stacks[i]);
            done.insert(stacks[i].begin(), stacks[i].end());
        }
    }
    return ordered.size() == stacks.size() ? ordered : Partition{};
}

/// Layers join a stack that was begun before, or begin one.
inline void extend(const Workload& workload, std::size_t next, Partition& stacks, std::vector<Partition>& found)
{
    if (next == workload.layers().size()) {
        const bool single =
            std::all_of(stacks.begin(), stacks.end(), [&](const auto& stack) { return outputs(workload, stack) == 1; });
        const Partition ordered = single ? in_order(workload, stacks) : Partition{};
        if (!ordered.empty()) found.push_back(ordered);
        return;
    }
    const LayerId layer = workload.layers()[next].id;
    for (std::size_t i = 0; i < stacks.size(); ++i) {
        stacks[i].push_back(layer);
        extend(workload, next + 1, stacks, found);
        stacks[i].pop_back();
    }
    stacks.push_back({layer});
    extend(workload, next + 1, stacks, found);
    stacks.pop_back();
}

inline std::vector<Partition> of(const Workload& workload)
{
    std::vector<Partition> found;
    Partition stacks;
    extend(workload, 0, stacks, found);
    return found;
}

}  // namespace plumbline::all_partitions
