// SPDX-License-Identifier: Apache-2.0
// How long a stretch of iterations takes, alone or while transfers contend for its ports: found by going through it word
// by word, once.
//
// The array's traffic comes in bursts and its links wait for each other, so the time of a stretch is not the sum of its
// slots at any port, and depends on how far ahead or behind its links were when it began: their state. Layers repeat
// themselves, and so do states; what has been rehearsed is remembered. Transfers that contend with a stretch are taken
// to be endless: what results are rates, which hold as long as nobody comes or goes. Ports serve those that want them
// in turn, a word at a time.
//
//     ChunkTimingCache rehearsals;
//     ChunkRun act{&scene, rehearsals.first(scene, turns)};
//     const Pace& pace = rehearsals.pace(act, {{3, &transfer.uses}});
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

/// A transfer that contends with an act.
struct Contender {
    std::size_t requester = 0;
    const std::vector<PortUse>* uses = nullptr;
};

/// A scene and how it begins.
struct ChunkRun {
    const ChunkPattern* scene = nullptr;
    PipelineState state;
    Limits limits = kNoLimits;
    Limits lifts = kNoLimits;           ///< per stream: cycle from which on there is no limit
    PipelineState end;                  ///< how it ends, at the pace it had last
    std::vector<Contender> contenders;  ///< that it had last
};

struct Pace {
    double cycles = 0;  ///< from the end of the iteration before to the end of the last
    PipelineState end;
    std::vector<double> rates;         ///< of contenders: fraction per cycle
    Waits waits;                       ///< of the array
    PortStalls stalls;                 ///< of ports, contenders' included
    std::vector<std::int64_t> served;  ///< slots, per port
};

/// Entries that are remembered unless a machine is told otherwise: some 100 MB at most.
inline constexpr std::size_t kRemembered = std::size_t{1} << 17U;

/// ChunkPatterns and uses must outlive it.
class ChunkTimingCache {
public:
    /// \param rests of ports, on their own
    /// \param limit all is forgotten once so many entries are remembered: that costs time and changes no result
    explicit ChunkTimingCache(PortIdle rests = {}, std::size_t limit = kRemembered)
        : rests_{std::move(rests)},
          limit_{limit}
    {}

    /// Before the first iteration of a layer: the first blocks are there, and each port will ask first whom `turns` says.
    PipelineState first(const ChunkPattern& scene, const std::vector<std::size_t>& turns);
    /// Valid until the next call of any member.
    const Pace& pace(const ChunkRun& act, const std::vector<Contender>& contenders);
    /// State when the array has waited for so many cycles before the act.
    PipelineState rested(const ChunkRun& act, std::int64_t cycles);
    /// State at the beginning of an act in which a contender that is gone has moved a part of what it wanted: ports rest for
    /// its words, too, and which word of the others that falls on decides how long they take.
    PipelineState passed(const ChunkRun& act, const std::vector<PortUse>& uses, double part);
    /// Cycles from the end of a scene until all sums that leave have left.
    std::int64_t tail(const ChunkPattern& scene, const PipelineState& end);

    /// Entries.
    std::size_t remembered() const { return standings_.size() + paces_.size() + rested_.size() + tails_.size(); }

private:
    using Key = std::vector<std::int64_t>;
    PipelineState standing(std::vector<std::int64_t> links);
    void forget_if_full();

    PortIdle rests_;
    std::size_t limit_;
    std::int64_t next_number_ = 1;  ///< goes on when all is forgotten: whoever holds a standing keeps its number
    std::map<std::vector<std::int64_t>, PipelineState> standings_;
    std::map<Key, Pace> paces_;
    std::map<Key, PipelineState> rested_;
    std::map<Key, std::int64_t> tails_;
    Key key_;
};

}  // namespace plumbline::sim
