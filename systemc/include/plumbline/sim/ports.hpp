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
    PortIndex port = 0;      ///< that is used
    std::int64_t slots = 0;  ///< that it takes there
    /// As long at the same port.
    friend bool operator==(PortUse a, PortUse b) { return a.port == b.port && a.slots == b.slots; }
};

/// From memories and their ports to numbers, and back.
class PortMap {
public:
    /// Memory by memory, each one's ports in the order of its description.
    explicit PortMap(const plumbline::Accelerator& accelerator);

    /// Ports of all memories.
    std::size_t count() const { return first_.back(); }
    /// Of a port of a memory. \pre both exist
    PortIndex index(MemoryId memory, PortId port) const { return first_[memory] + port; }
    /// That has the port. \pre index < count()
    MemoryId memory(PortIndex index) const;
    /// In its memory. \pre index < count()
    PortId port(PortIndex index) const { return index - first_[memory(index)]; }

private:
    std::vector<PortIndex> first_;  ///< of each memory, and one past the last
};

/// Per port, thousandths of a cycle in which it is idle for each word that it has moved; empty where no port ever is. A port
/// adds them up and refuses whoever asks next once a whole cycle is due, so `n` words take n * (1 + idle / 1000) cycles.
using PortIdle = std::vector<std::int64_t>;
/// Units of PortIdle in a cycle.
inline constexpr std::int64_t kIdlePerCycle = 1000;

/// Of all ports of an accelerator; empty where none of them is ever idle between words.
PortIdle port_idle(const plumbline::Accelerator& accelerator);
/// Cycles from one word of a port to the next, on average: at least 1.
inline double cycles_per_word(std::int64_t idle) { return 1 + static_cast<double>(idle) / kIdlePerCycle; }

}  // namespace plumbline::sim
#pragma GCC visibility pop
