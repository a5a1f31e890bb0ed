// SPDX-License-Identifier: Apache-2.0
// A run as waveforms (VCD, IEEE 1364) that GTKWave and other viewers show: which ports are busy with which operand, how
// much memories hold, whether the MAC array runs, and where in the schedule.
//
// It listens to a machine and writes while that runs. A nanosecond of it is a cycle, or one of the simulation (trace_options.hpp). SystemC can trace
// by itself (sc_trace), but looks at every signal at every moment, which doubles the time of a run; it says nothing when
// the disk is full, and puts the date into the file, so that no two are equal.
//
//     VcdTrace trace{accelerator, workload, [&](std::string_view piece) { file.write(piece); }};
//     options.machine.observer = trace.observer();
//     sim::simulate(accelerator, workload, schedule, options);
//     trace.finish();
#pragma once

#include <memory>

#include "plumbline/accelerator.hpp"
#include "plumbline/sim/observer.hpp"
#include "plumbline/validate/text_buffer.hpp"
#include "plumbline/validate/trace_options.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Writes a run, while a machine executes it, as waveforms.
class VcdTrace {
public:
    /// Text goes to `sink` in large pieces. The descriptions need not outlive this.
    VcdTrace(const Accelerator& accelerator, const Workload& workload, TextSink sink, const TraceOptions& options = {});
    ~VcdTrace();
    /// An observer that was handed out stays valid.
    VcdTrace(VcdTrace&&) noexcept;
    /// Likewise.
    VcdTrace& operator=(VcdTrace&&) noexcept;

    /// What writes the trace; the trace must outlive it.
    sim::Observer observer();
    /// Completes the text. \pre the run is over, and finish() has not been called
    void finish();

private:
    class Writer;
    std::unique_ptr<Writer> writer_;
};

}  // namespace plumbline::validate
#pragma GCC visibility pop
