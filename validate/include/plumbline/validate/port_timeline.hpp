// SPDX-License-Identifier: Apache-2.0
// How busy was each port, when? Of a whole run, and of the tile that took longest, in a bounded number of bins.
//
// It listens to a machine. A transfer keeps a port busy for some cycles of the time that it holds it; these are spread
// evenly over that time. Bins become twice as wide whenever a run outgrows them, so memory does not depend on how long it
// is. Summed over all bins, a port is as busy as its counter says (sim::PortActivity). Perfetto traces (perfetto_trace.hpp)
// have every single transfer instead.
//
//     PortTimeline timeline{accelerator};
//     options.machine.observer = timeline.observer();
//     sim::simulate(accelerator, workload, schedule, options);
//     timeline.run().busy(port, bin);
#pragma once

#include <cstddef>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/sim/observer.hpp"
#include "plumbline/sim/ports.hpp"
#include "plumbline/sim/run_events.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Time from `begin` on, in equal bins.
class BusyBins {
public:
    /// Bins at the most.
    static constexpr std::size_t kMost = 240;

    /// Of no port.
    BusyBins() = default;
    /// Bins of one cycle, from `begin` on.
    BusyBins(std::size_t ports, double begin) : begin_{begin}, end_{begin}, busy_(ports * kMost) {}

    /// `cycles` of the span, which does not begin before all bins do.
    void add(sim::PortIndex port, sim::Span span, double cycles);
    /// Time goes on until then, whoever is busy.
    void extend(double end);

    /// Of the first bin, in cycles since the run began.
    double begin() const { return begin_; }
    /// Of what was added so far, in cycles since the run began.
    double end() const { return end_; }
    /// Cycles of a bin; the last may not be full.
    double width() const { return width_; }
    /// Bins that have begun.
    std::size_t bins() const;
    /// Cycles in which the port was busy.
    double busy(sim::PortIndex port, std::size_t bin) const { return busy_[port * kMost + bin]; }
    /// Cycles in all bins.
    double busy(sim::PortIndex port) const;
    /// The fraction of the bin, as far as it lies before the end, in which the port was busy.
    double share(sim::PortIndex port, std::size_t bin) const;

private:
    void make_room_until(double end);

    double begin_ = 0;
    double end_ = 0;
    double width_ = 1;
    std::vector<double> busy_;  ///< by port, bin
};

/// A step of a tile.
struct TimelineStep {
    sim::Activity activity;  ///< what it was
    sim::Span span;          ///< when, in cycles since the run began
};

/// The steps of a tile, and what the ports did.
struct TileTimeline {
    sim::TileIndex tile;              ///< where it lies in the schedule
    BusyBins bins;                    ///< from its first step to its last
    std::vector<TimelineStep> steps;  ///< as they ran

    /// In cycles.
    double duration() const { return bins.end() - bins.begin(); }
};

/// Listens to a machine and keeps how busy its ports were.
class PortTimeline {
public:
    /// The description need not outlive this.
    explicit PortTimeline(const Accelerator& accelerator);

    /// What fills the timeline; the timeline must outlive it and stay where it is.
    sim::Observer observer();

    /// Numbers of ports in the bins.
    const sim::PortMap& ports() const { return ports_; }
    /// The whole run.
    const BusyBins& run() const { return run_; }
    /// The first of those that took longest; without steps where nothing ran.
    const TileTimeline& longest_tile() const;

private:
    void begin(const sim::StepSpan& step);
    void end(const sim::StepSpan& step);
    void moved(const sim::TransferEvent& event);

    sim::PortMap ports_;
    std::vector<Memory> memories_;
    BusyBins run_;
    TileTimeline current_;
    TileTimeline longest_;
};

}  // namespace plumbline::validate
#pragma GCC visibility pop
