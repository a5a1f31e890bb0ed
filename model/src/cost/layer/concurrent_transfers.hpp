// SPDX-License-Identifier: Apache-2.0
// A transfer between two memories as its ports see it, and how long several take that share ports.
//
// Transfers in a row follow each other, rows run side by side. A port is shared in equal parts, and what one transfer has no
// use for, since another port holds it back, is for the others.
//
//     cycles_side_by_side({{from_dram, to_sram}, {from_dram}});
#pragma once

#include <algorithm>
#include <array>
#include <vector>

namespace plumbline::detail {

inline constexpr int kNoPort = -1;

// Nothing here is initialised by itself: moves are made for each mapping of a search.

/// Ports are numbered by whoever makes the moves; kNoPort where there is none.
struct PortUse {
    int port;
    double slots;
};

/// A transfer holds a port at each end.
struct Move {
    std::array<PortUse, 2> uses;
    double latency;  ///< cycles before the first slot

    double slots() const { return std::max(uses[0].slots, uses[1].slots); }
    double cycles() const { return latency + slots(); }
};

/// Until all rows are over.
double cycles_side_by_side(const std::vector<std::vector<Move>>& rows);

}  // namespace plumbline::detail
