// SPDX-License-Identifier: Apache-2.0
// What the MAC array and the links close to it ask of ports during a chunk of iterations: all that is needed to simulate
// the chunk cycle by cycle, without a kernel.
//
// The blocks of a fine link change within few iterations, so its transfers are part of the chunk. Blocks of all other
// links are taken to be there up to some iteration. Chunks that differ in nothing but where they lie share one pattern,
// whose timing is then known from the first of them: a pattern counts iterations and visits as that one does.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/requesters.hpp"
#include "loop_nest/block_exchange.hpp"
#include "plumbline/sim/ports.hpp"

namespace plumbline::sim {

/// Links whose visits are shorter than so many iterations are fine at fidelity `transaction`; the transfers of others are
/// worth an event of their own.
inline constexpr std::int64_t kCoarseVisit = 1024;

/// What a transfer or an iteration asks of ports.
struct PortDemand {
    std::vector<PortUse> uses;  ///< of a transfer: at its source, at its destination
    std::int64_t latency = 0;   ///< cycles before its first slot
};

/// All that occur in a layer; patterns name them by their index.
using PortDemands = std::vector<PortDemand>;

struct ChunkPattern {
    static constexpr std::int32_t kNothing = -1;

    /// One operand between a level and the one above.
    struct Link {
        StreamId stream = 0;
        std::size_t level = 0;  ///< the lower one
        BlockExchange blocks;
        std::size_t filler = 0;           ///< number of the requester that fills
        std::size_t drainer = 0;          ///< and of the one that drains
        std::ptrdiff_t above = -1;        ///< link of this pattern, or none
        std::ptrdiff_t below = -1;        ///< likewise
        std::int64_t first = 0;           ///< visit with which the lists begin
        std::vector<std::int32_t> fills;  ///< per visit: index of its demand, or kNothing
        std::vector<std::int32_t> drains;
    };

    std::int64_t first = 0;                ///< iteration
    std::int64_t end = 0;                  ///< one past the last
    std::vector<std::int32_t> iterations;  ///< per iteration: index of its demand
    std::vector<Link> links;
    std::shared_ptr<const PortDemands> demands;
};

}  // namespace plumbline::sim
