// SPDX-License-Identifier: Apache-2.0
// Numbers the ports of all memories of an accelerator, so that whoever shares their time needs one index.
#pragma once

#include <vector>

#include "plumbline/accelerator.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// A port of any memory: 0 … count - 1.
using PortIndex = std::size_t;

/// How long something takes at a port, when it is alone there: a slot is a cycle, in which one word passes.
struct PortUse {
    PortIndex port = 0;
    std::int64_t slots = 0;
    friend bool operator==(PortUse a, PortUse b) { return a.port == b.port && a.slots == b.slots; }
};

class PortMap {
public:
    explicit PortMap(const plumbline::Accelerator& accelerator);

    std::size_t count() const { return first_.back(); }
    PortIndex index(MemoryId memory, PortId port) const { return first_[memory] + port; }
    MemoryId memory(PortIndex index) const;
    PortId port(PortIndex index) const { return index - first_[memory(index)]; }

private:
    std::vector<PortIndex> first_;  ///< of each memory, and one past the last
};

/// Per port, thousandths of a cycle in which it rests for each word that it has moved; none at all: no port rests. A port
/// keeps account and refuses whoever asks next a cycle when that is up, so `n` words take n * (1 + rest / 1000) cycles.
using PortIdle = std::vector<std::int64_t>;
inline constexpr std::int64_t kRestsPerCycle = 1000;

PortIdle rests_of(const plumbline::Accelerator& accelerator);

}  // namespace plumbline::sim
#pragma GCC visibility pop
