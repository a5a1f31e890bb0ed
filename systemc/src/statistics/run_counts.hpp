// SPDX-License-Identifier: Apache-2.0
// What passed the borders of memories and how much was multiplied, as sums, and what that costs in energy.
//
//     RunCounts counts{accelerator.memories().size()};
//     counts.add(of_a_tile, 12);
//     energy(accelerator, counts);
#pragma once

#include "plumbline/units.hpp"
#include "statistics/traffic_counts.hpp"

namespace plumbline::sim {

struct RunCounts {
    explicit RunCounts(std::size_t memories = 0) : traffic{memories} {}

    TrafficCounts traffic;
    std::int64_t macs = 0;

    /// \pre of as many memories
    void add(const RunCounts& other, std::int64_t times)
    {
        traffic.add(other.traffic, times);
        macs += other.macs * times;
    }
    void clear()
    {
        traffic.clear();
        macs = 0;
    }
};

/// Of all of it. \pre the counts are of this accelerator
Picojoules energy(const plumbline::Accelerator& accelerator, const RunCounts& counts);

}  // namespace plumbline::sim
