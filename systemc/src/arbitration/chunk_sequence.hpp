// SPDX-License-Identifier: Apache-2.0
// How the chunks of a layer follow one another: in which state of its links does each begin, and how long does it take?
//
// A chunk begins as the one before it ended, but for what its links did while the array waited. Blocks that the links
// would have waited for may have come meanwhile. ChunkTimingCache answers for one chunk with its state known; this class
// keeps the state from chunk to chunk.
//
//     sequence.begin(chunk, turns);                                  // now
//     const ChunkTiming& timing = sequence.timing({{3, &uses}});     // whenever a contender comes or goes
//     sequence.end();
#pragma once

#include "arbitration/iteration_chunk.hpp"
#include "chunk_timing/chunk_timing_cache.hpp"
#include "tlm/clock.hpp"

namespace plumbline::sim {

class ChunkSequence {
public:
    /// The clock must outlive it.
    ChunkSequence(const Clock& clock, PortIdle idle, std::size_t cached_timings)
        : clock_{&clock},
          cache_{std::move(idle), cached_timings}
    {}

    /// Now. Each port asks first whom `turns` says. \pre the last chunk has ended, or is of another layer
    void begin(const IterationChunk& chunk, const std::vector<RequesterId>& turns);
    /// Of the chunk, if these contend from now on. Valid until the chunk has ended.
    const ChunkTiming& timing(const std::vector<Contender>& contenders);
    /// When it will be over, as long as nobody else contends.
    sc_core::sc_time end_of_chunk() const;
    /// Words that a contender has had since contenders changed, at the port where it has most. \param contender place in the list
    std::int64_t words_had(std::size_t contender) const;
    /// When it will have had so many; never, where that is not before the end of the chunk.
    sc_core::sc_time end_of_words(std::size_t contender, std::int64_t words) const;
    /// Of the chunk, with the contenders that it had.
    void end();
    /// Cycles from the end of the last chunk until its sums have left the links in it; 0 before the first.
    double drain_cycles() const { return drain_cycles_; }
    /// As before the first chunk; timings are kept.
    void clear() { drain_cycles_ = 0; }

private:
    PipelineState end_of_last(const IterationChunk& next, const Limits& limits);
    PipelineState after_waiting(const IterationChunk& next, ChunkRun run);

    void note_contenders(const std::vector<Contender>& contenders);
    std::int64_t cycle() const;

    const Clock* clock_;
    ChunkTimingCache cache_;
    ChunkRun run_;                         ///< of the last chunk
    const ChunkTiming* timing_ = nullptr;  ///< of the last chunk, with those that contend
    std::int64_t iterations_ = 0;          ///< of the last chunk
    sc_core::sc_time began_;               ///< the last chunk
    double drain_cycles_ = 0;
};

}  // namespace plumbline::sim
