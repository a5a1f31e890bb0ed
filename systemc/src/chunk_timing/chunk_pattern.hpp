// SPDX-License-Identifier: Apache-2.0
// What the MAC array and the links that feed it closely do in a stretch of iterations: enough to rehearse it cycle by
// cycle, without a kernel.
//
// Blocks of a fine link last for a few iterations only; their transfers are part of the stretch. Blocks of all other
// links are taken to be there up to some iteration. Stretches that do the same share a scene, so that it is known by
// heart after the first time: a scene counts its iterations and visits as the first of them does.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/requesters.hpp"
#include "loop_nest/block_exchange.hpp"
#include "plumbline/sim/ports.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// Links whose visits are shorter than so many iterations are fine at fidelity `transaction`; the transfers of others are
/// worth an event of their own.
inline constexpr std::int64_t kCoarseVisit = 1024;

/// A transfer, or what an iteration does at ports.
struct Job {
    std::vector<PortUse> uses;  ///< of a transfer: at its source, at its destination
    std::int64_t latency = 0;   ///< cycles before its first slot
};

/// Jobs of a layer, by number.
using Jobs = std::vector<Job>;

struct ChunkPattern {
    static constexpr std::int32_t kNothing = -1;

    /// One operand between a level and the one above.
    struct Link {
        StreamId stream = 0;
        std::size_t level = 0;
        BlockExchange blocks;
        std::size_t filler = 0;     ///< number of the requester that fills
        std::size_t drainer = 0;    ///< and of that which drains
        std::ptrdiff_t above = -1;  ///< link of this scene, or none
        std::ptrdiff_t below = -1;
        std::int64_t first = 0;           ///< visit with which the lists begin
        std::vector<std::int32_t> fills;  ///< per visit: which job, or nothing
        std::vector<std::int32_t> drains;
    };

    std::int64_t first = 0;                ///< iteration
    std::int64_t end = 0;                  ///< one past the last
    std::vector<std::int32_t> iterations;  ///< which job each is
    std::vector<Link> links;
    std::shared_ptr<const Jobs> jobs;
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
