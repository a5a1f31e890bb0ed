// SPDX-License-Identifier: Apache-2.0
// What runs the tiles of one program: a machine, or the model's prediction of one. The peripheral has one per program and
// knows no more of it than this.
//
//     const JobError error = engine.run({{0, tiles}, addresses});  // in a thread
//     if (!error) total += engine.cycles();
#pragma once

#include <vector>

#include "peripheral/job.hpp"
#include "plumbline/sim/counters.hpp"
#include "plumbline/sim/kernel.hpp"
#include "statistics/traffic_counts.hpp"

namespace plumbline::sim {

struct EngineJob {
    TileRange tiles;                       ///< begins at 0, or where the job before ended
    std::vector<std::uint64_t> addresses;  ///< of areas, by AreaId
};

class Engine : public sc_core::sc_module {
public:
    /// Returns when the tiles are done, or something went wrong, which ends the run of the network. Call from a thread.
    virtual JobError run(const EngineJob& job) = 0;
    /// Leaves a run wherever it is; the next job begins with tile 0. Call from any process.
    virtual void abandon() = 0;

    /// Of the job that runs, or ran last.
    virtual Cycles cycles() const = 0;
    virtual TrafficCount traffic(MemoryId memory, MemoryOperand operand, Direction direction) const = 0;
    virtual TrafficCounts traffic() const = 0;
    virtual Picojoules energy() const = 0;
    /// Of the network: all of its jobs since the one that began with tile 0, as far as they are.
    virtual Counters counters() const = 0;

protected:
    explicit Engine(const sc_core::sc_module_name& name) : sc_core::sc_module{name} {}
};

}  // namespace plumbline::sim
