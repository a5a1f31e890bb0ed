// SPDX-License-Identifier: Apache-2.0
// A run as a trace that Perfetto (ui.perfetto.dev) and Chrome's tracing page show: who used which port when, and for what.
//
// It listens to a machine and writes while that runs, in Chrome's JSON format. A microsecond of the trace is a cycle: the
// viewers keep three decimals, which is the resolution that the machine has where ports are shared. Or it is one of the
// simulation (trace_options.hpp), so that traces of a platform's other parts have the same axis. Memories and the MAC
// array are processes, ports and their rows are threads (validate/docs/traces.md lists them all).
//
//     PerfettoTrace trace{accelerator, workload, [&](std::string_view piece) { file.write(piece); }};
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

/// Writes a run, while a machine executes it, as a trace in Chrome's JSON format.
class PerfettoTrace {
public:
    /// Text goes to `sink` in large pieces. The descriptions must outlive the trace.
    PerfettoTrace(const Accelerator& accelerator, const Workload& workload, TextSink sink,
                  const TraceOptions& options = {});
    ~PerfettoTrace();
    /// An observer that was handed out stays valid.
    PerfettoTrace(PerfettoTrace&&) noexcept;
    /// Likewise.
    PerfettoTrace& operator=(PerfettoTrace&&) noexcept;

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
