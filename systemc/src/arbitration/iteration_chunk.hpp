// SPDX-License-Identifier: Apache-2.0
// A chunk of iterations that the MAC array asks time for at once, and how its operands stand when it begins.
//
// The array says what it knows: which iterations, what they do (a pattern, of which only the arbiter that times chunks
// looks inside), when it was done with those before, and how far blocks have come to the links that feed the chunk. What
// follows for the time of the chunk, and what is remembered of the chunks before, is the arbiter's own business.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "core/requesters.hpp"
#include "plumbline/sim/kernel.hpp"

namespace plumbline::sim {

struct ChunkPattern;

/// How far the blocks of one stream have come to the lowest link that is not part of chunks.
struct ArrivedBlocks {
    static constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();

    StreamId stream = 0;
    std::int64_t iterations = kAll;  ///< of the layer, from its first on, whose blocks are there
    sc_core::sc_time since;          ///< when the last block came
};

struct IterationChunk {
    const ChunkPattern* pattern = nullptr;  ///< must outlive the arbiter
    std::int64_t first = 0;                 ///< iteration of the layer; the one after the last chunk's, or 0
    std::int64_t iterations = 0;
    sc_core::sc_time waiting_since;      ///< when the array was done with the chunk before
    std::vector<ArrivedBlocks> arrived;  ///< in the order of the links
};

}  // namespace plumbline::sim
