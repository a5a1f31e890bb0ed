// SPDX-License-Identifier: Apache-2.0
// Runs a schedule: stacks one after the other, their tiles row by row from left to right, their steps in order. Steps
// never overlap; each takes a whole number of cycles. Between two tiles a run may pause: no time of it passes then.
#pragma once

#include <exception>
#include <vector>

#include "compiler/compiled_schedule.hpp"
#include "machine/datapath.hpp"
#include "plumbline/sim/counters.hpp"
#include "plumbline/sim/machine.hpp"
#include "plumbline/sim/run_events.hpp"
#include "statistics/stall_accounting.hpp"

namespace plumbline::sim {

class Sequencer : public sc_core::sc_module {
public:
    SC_HAS_PROCESS(Sequencer);
    using Progress = Machine::Progress;

    /// All must outlive the sequencer.
    Sequencer(const sc_core::sc_module_name& name, const CompiledSchedule& program, Datapath& datapath,
              MachineContext& context);

    /// Runs each tile class once and counts it as often as it occurs.
    void fold_classes(bool fold) { fold_ = fold; }
    /// Called after each tile (or class) with tiles done and tiles in all.
    void report_to(Progress progress) { progress_ = std::move(progress); }

    /// Begins a run, which counts from zero. \pre none is under way
    void start();
    /// A run pauses when it has done so many tiles, and goes on when it may do more.
    void pause_after(std::int64_t tiles);
    /// Leaves a run, wherever it is, and forgets what it took.
    void abandon();
    /// Forgets what earlier runs took.
    void clear();
    bool running() const { return running_; }
    bool paused() const { return paused_; }
    bool finished() const { return finished_; }
    std::int64_t tiles_done() const { return tiles_done_; }
    /// Why the run ended early, in a machine that computes with data: something read was not there.
    std::exception_ptr failure() const { return failure_; }
    /// Notified when a run ends or pauses.
    const sc_core::sc_event& done() const { return done_; }
    /// Per activity.
    const std::vector<ActivityTime>& times() const { return times_; }
    /// Of the run so far, or the last one; of the step that runs, the whole cycles that are over (not where classes are folded).
    Cycles cycles() const;
    /// Likewise, with those of the step that runs (not where classes are folded).
    std::int64_t macs() const;
    /// What was waited for in them.
    const StallAccounting& stalls() const { return stalls_; }

private:
    void work();
    void run();
    void run_stacks();
    void run_stack(const StackProgram& stack);
    void run_all_tiles(const StackProgram& stack);
    void run_class_by_class(const StackProgram& stack);
    void run_tile(const TileProgram& tile, std::int64_t times);
    void pause();
    ActivityTime execute(const CopyProgram& step);
    ActivityTime execute(const ComputeProgram& step);
    std::vector<Link*> prepare(const LayerProgram& program);
    std::vector<Mover*> movers_in_use();
    void begin_with_data(const StepProgram& step, std::size_t number);
    void add(const ActivityTime& time, std::size_t activity, std::int64_t times);
    void add_stalls(const CopyProgram& step, std::int64_t times);
    void add_stalls(const ComputeProgram& step, std::int64_t times);
    void tell(const std::vector<Bits>& held) const;
    StepSpan span(std::size_t activity, double begin, const ActivityTime& time = {}) const;

    const CompiledSchedule* program_;
    Datapath* datapath_;
    MachineContext* context_;
    Progress progress_;
    bool fold_ = false;
    bool running_ = false;
    bool paused_ = false;
    bool finished_ = false;
    std::exception_ptr failure_;
    sc_core::sc_process_handle worker_;
    sc_core::sc_event start_{"start"};
    sc_core::sc_event go_on_{"go_on"};
    sc_core::sc_event done_{"done"};
    std::int64_t tiles_done_ = 0;
    std::int64_t tiles_allowed_ = kAllTiles;
    std::vector<ActivityTime> times_;
    StallAccounting stalls_;
};

}  // namespace plumbline::sim
