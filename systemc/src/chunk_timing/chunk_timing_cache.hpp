// SPDX-License-Identifier: Apache-2.0
// How long does a chunk of iterations take, alone or while transfers contend for its ports? Simulated word by word once,
// and looked up from then on.
//
// The array's traffic comes in bursts and its links wait for each other, so the time of a chunk is not the sum of its
// slots at any port, and depends on how far ahead or behind its links were when it began: their state. Layers repeat
// themselves, and so do states. Transfers that contend with a chunk are taken to be endless: what results are rates,
// which hold as long as none begins or ends. Ports serve those that want them in turn, a word at a time.
//
//     ChunkTimingCache cache;
//     ChunkRun run{&pattern, cache.initial_state(pattern, turns)};
//     const ChunkTiming& timing = cache.timing(run, {{3, &transfer.uses}});
#pragma once

#include <array>
#include <limits>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "chunk_timing/chunk_pattern.hpp"
#include "statistics/keyed_sums.hpp"

namespace plumbline::sim {

/// How far fine links are ahead or behind at the end of an iteration. Those with the same number are the same.
struct PipelineState {
    std::int64_t number = 0;
    std::shared_ptr<const std::vector<std::int64_t>> links;
};

/// Per stream: iterations from here on whose blocks have come to the lowest link that is not fine.
using Limits = std::array<std::int64_t, kStreams>;
inline constexpr std::int64_t kUnlimited = std::numeric_limits<std::int64_t>::max();
inline constexpr Limits kNoLimits{kUnlimited, kUnlimited, kUnlimited, kUnlimited, kUnlimited};

/// A transfer that shares ports with a chunk.
struct Contender {
    std::size_t requester = 0;
    const std::vector<PortUse>* uses = nullptr;
};

/// A pattern, how it begins, and what is known of its end.
struct ChunkRun {
    const ChunkPattern* pattern = nullptr;
    PipelineState state;
    Limits limits = kNoLimits;
    Limits limits_lifted_at = kNoLimits;  ///< per stream: cycle of the chunk from which on there is no limit
    PipelineState end;                    ///< how it ends, with the contenders that it had last
    std::vector<Contender> contenders;    ///< that it had last
};

struct ChunkTiming {
    double cycles = 0;  ///< from the end of the iteration before to the end of the last
    PipelineState end;
    std::vector<double> rates;         ///< of contenders: fraction per cycle
    Waits waits;                       ///< of the array
    PortStalls stalls;                 ///< of ports, contenders' included
    std::vector<std::int64_t> served;  ///< slots, per port
};

/// Entries that are kept unless a machine is told otherwise: some 100 MB at most.
inline constexpr std::size_t kCachedTimings = std::size_t{1} << 17U;

/// ChunkPatterns and uses must outlive it.
class ChunkTimingCache {
public:
    /// \param idle of ports, on their own
    /// \param limit all is forgotten once there are so many entries: that costs time and changes no result
    explicit ChunkTimingCache(PortIdle idle = {}, std::size_t limit = kCachedTimings)
        : idle_{std::move(idle)},
          limit_{limit}
    {}

    /// Before the first iteration of a layer: the first blocks are there, and each port will ask first whom `turns` says.
    PipelineState initial_state(const ChunkPattern& pattern, const std::vector<std::size_t>& turns);
    /// Valid until the next call of any member.
    const ChunkTiming& timing(const ChunkRun& run, const std::vector<Contender>& contenders);
    /// State at the beginning of a run when the array has waited for so many cycles before it.
    PipelineState after_waiting(const ChunkRun& run, std::int64_t cycles);
    /// State at the beginning of a run in which a contender that is gone has moved a part of what it wanted: ports are idle
    /// for its words, too, and which word of the others that falls on decides how long they take.
    PipelineState after_traffic(const ChunkRun& run, const std::vector<PortUse>& uses, double part);
    /// Cycles from the end of a chunk until all sums that leave have left.
    std::int64_t drain_cycles(const ChunkPattern& pattern, const PipelineState& end);

    /// How much it keeps.
    std::size_t entries() const
    {
        return states_.size() + timings_.size() + after_waiting_.size() + drain_cycles_.size();
    }

private:
    using Key = std::vector<std::int64_t>;
    PipelineState state_of(std::vector<std::int64_t> links);
    void forget_if_full();

    PortIdle idle_;
    std::size_t limit_;
    std::int64_t next_number_ = 1;  ///< goes on when all is forgotten: whoever holds a state keeps its number
    std::map<std::vector<std::int64_t>, PipelineState> states_;
    std::map<Key, ChunkTiming> timings_;
    std::map<Key, PipelineState> after_waiting_;
    std::map<Key, std::int64_t> drain_cycles_;
    Key key_;
};

}  // namespace plumbline::sim
