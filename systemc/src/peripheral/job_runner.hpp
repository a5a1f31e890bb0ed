// SPDX-License-Identifier: Apache-2.0
// Takes jobs from a queue, one after the other: reads the descriptor from system memory, judges it, has an engine run its
// tiles, and writes the completion record.
//
// On-chip memories hold one unfinished network: a job continues where the last one of its program ended, and a first tile
// of another program gives that one up. Cycles and accesses add up over jobs.
#pragma once

#include <deque>
#include <functional>
#include <memory>

#include "peripheral/dma.hpp"
#include "peripheral/engine.hpp"
#include "plumbline/sim/accelerator_program.hpp"
#include "plumbline/sim/schedule_program.hpp"

namespace plumbline::sim {

/// A program that jobs may name, worked out.
struct LoadedProgram {
    AcceleratorProgram network;
    ScheduleProgram schedule;
    JobLayout layout;
    std::unique_ptr<Engine> engine = nullptr;
};

/// How a job ended.
struct JobEnd {
    JobError error;
    bool interrupts = false;  ///< it asked for an interrupt
};

class JobRunner : public sc_core::sc_module {
public:
    SC_HAS_PROCESS(JobRunner);

    /// Dma and programs must outlive the runner. \param ended is called when a job has ended
    JobRunner(const sc_core::sc_module_name& name, Dma& dma,
              const std::vector<std::unique_ptr<LoadedProgram>>& programs, const AcceleratorOptions& options,
              std::size_t memories, std::function<void(const JobEnd&)> ended);

    /// False where the queue is full.
    bool submit(std::uint64_t descriptor);
    /// Forgets all jobs, and the one that runs, wherever it is. What is on the bus completes, and is dropped; the next job
    /// begins after it. Call from a process of no job.
    void abandon();
    /// Cycles and accesses begin at 0 again.
    void clear();

    bool busy() const { return busy_; }
    bool full() const { return waiting_.size() >= depth_; }
    std::size_t waiting() const { return waiting_.size(); }
    /// Tile with which the next job of a program has to begin.
    std::int64_t next_tile(std::size_t program) const { return program == program_ ? next_tile_ : 0; }
    Cycles cycles() const;
    TrafficCount traffic(MemoryId memory, MemoryOperand operand, Direction direction) const;
    /// Of all jobs, abandoned ones included; nothing sets it back.
    Picojoules energy() const;

private:
    void work();
    JobEnd run(std::uint64_t descriptor);
    JobError judge(const plumbline_job& job) const;
    JobError execute(const plumbline_job& job, Cycles& cycles);
    JobError complete(const plumbline_job& job, const JobError& error, Cycles cycles);
    void add_up();

    Dma* dma_;
    const std::vector<std::unique_ptr<LoadedProgram>>* programs_;
    AddressWindow window_;
    std::size_t depth_;
    std::function<void(const JobEnd&)> ended_;
    std::deque<std::uint64_t> waiting_;
    bool busy_ = false;
    std::size_t program_ = 0;     ///< that ran last
    std::int64_t next_tile_ = 0;  ///< of it
    Engine* running_ = nullptr;   ///< what it counts is not in the sums yet
    Cycles cycles_{};
    TrafficCounts traffic_;
    Cycles cleared_cycles_{};  ///< of the job that runs: before the sums were cleared
    TrafficCounts cleared_;
    Picojoules energy_{};
    sc_core::sc_process_handle worker_;
    sc_core::sc_event submitted_{"submitted"};
};

}  // namespace plumbline::sim
