// SPDX-License-Identifier: Apache-2.0
// What is asked of an arbiter: time at ports, for a transfer or for iterations of the MAC array.
//
//     PortRequest transfer{&uses};                                     // reads at uses[0], writes at uses[1]
//     PortRequest iteration{&uses, 1, PortRequest::Kind::iterations};  // takes no less than a cycle
#pragma once

#include <vector>

#include "plumbline/sim/ports.hpp"
#include "statistics/keyed_sums.hpp"

namespace plumbline::sim {

struct IterationChunk;

struct PortRequest {
    /// The second port of a transfer gets what has been read through the first; iterations use all theirs at will.
    enum class Kind : std::uint8_t { transfer, iterations };

    const std::vector<PortUse>* uses = nullptr;
    double least_cycles = 0;  ///< that it takes in any case
    Kind kind = Kind::transfer;
    Waits* waits = nullptr;                 ///< of iterations: what they waited for is added here
    const IterationChunk* chunk = nullptr;  ///< of iterations that are taken many at once: what they are
};

}  // namespace plumbline::sim
