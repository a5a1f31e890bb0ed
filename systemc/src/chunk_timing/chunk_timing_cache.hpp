// SPDX-License-Identifier: Apache-2.0
// How long does a chunk of iterations take, alone or while transfers contend for its ports? Simulated word by word once,
// and looked up from then on.
//
// The array's traffic comes in bursts and its links wait for each other, so the time of a chunk is not the sum of its
// slots at any port, and depends on how far ahead or behind its links were when it began: their state. Layers repeat
// themselves, and so do states. Transfers that contend with a chunk are taken to be endless; when one begins or ends, others
// contend from that cycle on. Ports serve those that want them in turn, a word at a time.
//
//     ChunkTimingCache cache;
//     ChunkRun run{&pattern, cache.initial_state(pattern, turns)};
//     run.contention = {{0, {{3, &transfer.uses}}}};
//     const ChunkTiming& timing = cache.timing(run);
#pragma once

#include <algorithm>
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

/// Slots at the port where a transfer has most.
inline std::int64_t most_slots(const std::vector<PortUse>& uses)
{
    std::int64_t most = 0;
    for (PortUse use : uses) most = std::max(most, use.slots);
    return most;
}

/// A transfer that shares ports with a chunk.
struct Contender {
    std::size_t requester = 0;
    const std::vector<PortUse>* uses = nullptr;
};

inline bool operator==(Contender a, Contender b) { return a.requester == b.requester && a.uses == b.uses; }

/// Who shares ports with a chunk from a cycle of it on.
struct Contention {
    std::int64_t from = 0;
    std::vector<Contender> contenders;
};

/// A pattern, how it begins, and what is known of its end.
struct ChunkRun {
    const ChunkPattern* pattern = nullptr;
    PipelineState state;
    Limits limits = kNoLimits;
    Limits limits_lifted_at = kNoLimits;  ///< per stream: cycle of the chunk from which on there is no limit
    PipelineState end;                    ///< how it ends, with those that contend
    std::vector<Contention> contention;   ///< by their cycles; nobody before the first
};

struct ChunkTiming {
    std::int64_t cycles = 0;  ///< from the end of the iteration before to the end of the last
    PipelineState end;
    Waits waits;        ///< of the array
    PortStalls stalls;  ///< of ports, contenders' included
    std::vector<double>
        held;  ///< per port, since contenders changed: fraction of cycles in which it served somebody or stalled
    /// Per contender of the last, and word since then, at the port where it has most: cycles after which it has had it.
    std::vector<std::vector<std::int64_t>> served;
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
    const ChunkTiming& timing(const ChunkRun& run);
    /// State at the beginning of a run when the array has waited for so many cycles before it.
    PipelineState after_waiting(const ChunkRun& run, std::int64_t cycles);
    /// Cycles from the end of a chunk until all sums that leave have left.
    std::int64_t drain_cycles(const ChunkPattern& pattern, const PipelineState& end);

    /// How much it keeps.
    std::size_t entries() const
    {
        return states_.size() + timings_.size() + after_waiting_.size() + drain_cycles_.size();
    }

private:
    using Key = std::vector<std::int64_t>;
    void set_key(const ChunkRun& run);
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
