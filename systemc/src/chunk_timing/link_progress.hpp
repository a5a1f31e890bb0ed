// SPDX-License-Identifier: Apache-2.0
// How far have the blocks of the fine links of a chunk come, and what may each link do next?
//
// The rules are those of BlockExchange, which the threads of the machine wait by (Mover, MacArray); here they are asked
// in plain numbers, cycle by cycle.
#pragma once

#include <optional>

#include "chunk_timing/chunk_timing_cache.hpp"

namespace plumbline::sim {

class LinkProgress {
public:
    static constexpr std::int32_t kNotYet = -2;

    /// As they are when all blocks needed before `at` are there and all that had to leave have left.
    LinkProgress(const ChunkPattern& pattern, std::int64_t at, const Limits& limits);

    /// Demand of the next fill after so many iterations, ChunkPattern::kNothing or kNotYet.
    std::int32_t next_fill(std::size_t index, std::int64_t reached) const;
    std::int32_t next_drain(std::size_t index, std::int64_t reached) const;
    void lift_limit(StreamId stream) { limits_[stream] = kUnlimited; }
    void filled(std::size_t index) { ++states_[index].filled; }
    void drained(std::size_t index) { ++states_[index].drained; }
    /// What an iteration waits for: the first link whose block is not there, or has not left.
    std::optional<WaitKey> missing(std::int64_t iteration) const;
    /// Whether all sums of the iterations before it have left, where visits end there.
    bool drained_before(std::int64_t iteration) const;

    /// Relative to an iteration.
    void save(std::size_t index, std::int64_t iteration, std::vector<std::int64_t>& state) const;
    void restore(std::size_t index, std::int64_t iteration, const std::int64_t*& state);

private:
    struct State {
        std::int64_t filled = 0;  ///< visits
        std::int64_t drained = 0;
    };
    static std::int32_t listed(const std::vector<std::int32_t>& list, const ChunkPattern::Link& link,
                               std::int64_t visit);
    static Sums sums(const ChunkPattern::Link& link, std::int64_t visit);

    const ChunkPattern* pattern_;
    std::int64_t at_;
    Limits limits_;
    std::vector<State> states_;
};

}  // namespace plumbline::sim
