// SPDX-License-Identifier: Apache-2.0
// What happens in each cycle of a chunk of iterations, from one state of its links to another?
//
// Each cycle, what may begin asks for its ports (LinkProgress says what), ports serve a word each (WordArbiter), and what
// has had all its words is done. ChunkTimingCache asks it for the times of chunks and keeps what it says.
//
//     ChunkSimulation simulation{pattern, idle, pattern.first, state, limits};
//     std::int64_t cycles = simulation.run(kUnlimited, kNoLimits);
#pragma once

#include "chunk_timing/chunk_timing_cache.hpp"
#include "chunk_timing/link_progress.hpp"
#include "chunk_timing/word_arbiter.hpp"

namespace plumbline::sim {

class ChunkSimulation {
public:
    /// From the end of the iteration before `at` on. Pattern, idle and state must outlive this.
    ChunkSimulation(const ChunkPattern& pattern, const PortIdle& idle, std::int64_t at,
                    const std::vector<std::int64_t>& state, const Limits& limits);

    /// Whom each port will ask first.
    void set_turns(const std::vector<std::size_t>& turns);
    /// From now on these contend. Who did so before goes on, or is gone.
    void set_contenders(const std::vector<Contender>& contenders);
    /// All iterations of the pattern, but not beyond a cycle of it. Returns cycles since the beginning.
    std::int64_t run(std::int64_t until, const Limits& limits_lifted_at);
    /// The array waits for so many cycles.
    void wait(std::int64_t cycles);
    /// Until all sums of the iterations before have left. Returns cycles.
    std::int64_t drain();

    /// What the array waited for while it ran.
    const Waits& waits() const { return waits_; }
    /// Of ports.
    PortStalls stalls() const { return ports_.stalls(); }
    /// Per port, since contenders changed: cycles in which it served somebody or stalled.
    std::vector<std::int64_t> held() const { return ports_.held(); }
    /// Of contenders, since they changed: cycles after which each had its words.
    std::vector<std::vector<std::int64_t>> served() const;
    std::vector<std::int64_t> state() const;

private:
    struct Contending {
        Contender who;
        std::size_t user;                       ///< of ports
        std::int64_t rounds = 0;                ///< that it is done with
        std::int64_t before = 0;                ///< words that it had when contenders changed
        std::vector<std::int64_t> served = {};  ///< since then
    };
    std::int64_t words_of(const Contending& contending) const;
    void note_words();
    void restore(const std::vector<std::int64_t>& state);
    void start();
    bool start_fill(std::size_t link);
    bool start_drain(std::size_t link);
    bool start_iteration();
    std::int64_t run_cycles(std::int64_t most);
    void account_cycle();
    void account_iteration();
    void finish();
    void begin(std::size_t user, std::int32_t demand);

    const ChunkPattern& pattern_;
    LinkProgress links_;
    WordArbiter ports_;
    std::size_t array_;
    std::vector<std::size_t> fillers_, drainers_;   ///< among the users of ports
    std::vector<std::int32_t> filling_, draining_;  ///< demands, per link
    std::vector<Contending> contending_;
    std::int64_t reached_;
    std::int64_t end_;
    std::int64_t cycles_ = 0;  ///< that it ran
    Waits waits_;
    WaitKey awaited_;             ///< when it was last asked whether the next iteration may run
    WaitKey last_awaited_;        ///< in the last cycle that it waited
    std::int64_t waited_ = 0;     ///< cycles before the next iteration
    std::int64_t iterating_ = 0;  ///< cycles of the iteration that runs
    PortIndex behind_ = 0;        ///< of its ports, the first that had slots left after its last cycle but one
    const PortDemand* iteration_ = nullptr;  ///< that runs
};

}  // namespace plumbline::sim
