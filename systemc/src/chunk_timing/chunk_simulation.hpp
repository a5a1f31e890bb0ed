// SPDX-License-Identifier: Apache-2.0
// Goes through a scene cycle by cycle, from a state of its links to another.
#pragma once

#include "chunk_timing/chunk_timing_cache.hpp"
#include "chunk_timing/link_progress.hpp"
#include "chunk_timing/word_arbiter.hpp"

namespace plumbline::sim {

class ChunkSimulation {
public:
    /// From the end of the iteration before `at` on. ChunkPattern, rests and state must outlive this.
    ChunkSimulation(const ChunkPattern& scene, const PortIdle& rests, std::int64_t at,
                    const std::vector<std::int64_t>& state, const Limits& limits);

    /// Whom each port will ask first.
    void set(const std::vector<std::size_t>& turns);
    void add(const Contender& contender);
    /// All iterations of the scene. Returns cycles.
    std::int64_t perform(const Limits& lifts);
    /// A contender that is gone has moved a part of what it wanted.
    void passed(const std::vector<PortUse>& uses, double part);
    /// The array waits for so many cycles.
    void rest(std::int64_t cycles);
    /// Until all sums of the iterations before have left. Returns cycles.
    std::int64_t settle_sums();

    /// What the array waited for while it performed.
    const Waits& waits() const { return waits_; }
    /// Of ports, since the beginning.
    PortStalls stalls() const { return turns_.stalls(); }
    std::vector<std::int64_t> served() const { return turns_.served(); }
    /// Of a contender: how often it is done, or in part.
    double progress(std::size_t contender) const;
    std::vector<std::int64_t> state() const;

private:
    void restore(const std::vector<std::int64_t>& state);
    void start();
    bool start_fill(std::size_t link);
    bool start_drain(std::size_t link);
    bool start_iteration();
    void pass();
    void watch();
    void count_iteration();
    void finish();
    void begin(std::size_t user, std::int32_t job);

    const ChunkPattern& scene_;
    LinkProgress links_;
    WordArbiter turns_;
    std::size_t array_;
    std::vector<std::size_t> fillers_, drainers_, contending_;  ///< among the users of ports
    std::vector<std::int32_t> filling_, draining_;              ///< jobs, per link
    std::vector<Contender> contenders_;
    std::vector<std::int64_t> rounds_;  ///< per contender
    std::int64_t reached_;
    std::int64_t end_;
    Waits waits_;
    WaitKey awaited_;                 ///< when it was last asked whether the next iteration may run
    WaitKey last_awaited_;            ///< in the last cycle that it waited
    std::int64_t waited_ = 0;         ///< cycles before the next iteration
    std::int64_t iterating_ = 0;      ///< cycles of the iteration that runs
    PortIndex behind_ = 0;            ///< of its ports, the first that had slots left after its last cycle but one
    const Job* iteration_ = nullptr;  ///< that runs
};

}  // namespace plumbline::sim
