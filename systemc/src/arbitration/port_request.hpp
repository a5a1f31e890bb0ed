// SPDX-License-Identifier: Apache-2.0
// Something that takes time at ports until it is done: a transfer, or iterations of the MAC array. What arbiters get.
//
//     PortRequest transfer{&uses};                              // reads at uses[0], writes at uses[1]
//     PortRequest iteration{&uses, 1, PortRequest::Kind::iterations};  // no sooner done than after a cycle
#pragma once

#include <vector>

#include "chunk_timing/chunk_timing_cache.hpp"

namespace plumbline::sim {

struct PortRequest {
    /// The second port of a transfer gets what has been read through the first; iterations use all theirs at will.
    enum class Kind : std::uint8_t { transfer, iterations };

    const std::vector<PortUse>* uses = nullptr;
    double least_cycles = 0;  ///< that it takes in any case
    Kind kind = Kind::transfer;
    ChunkRun* act = nullptr;  ///< of iterations that are taken many at once
    Waits* waits = nullptr;   ///< of iterations: what they waited for is added here
};

}  // namespace plumbline::sim
