// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/perfetto_trace.hpp"

#include <utility>

#include "trace/perfetto_ports.hpp"
#include "trace/perfetto_schedule.hpp"
#include "trace/perfetto_tracks.hpp"

namespace plumbline::validate {
namespace {

/// The bits that a memory holds, as a counter: of several changes at a time the last counts, and none is told twice.
class HeldCounter {
public:
    HeldCounter(TextBuffer& out, std::int64_t process) : out_{&out}, process_{process} {}

    void change(std::int64_t time, std::int64_t bits)
    {
        if (time != time_) write();
        time_ = time;
        bits_ = bits;
        changed_ = true;
    }
    void write()
    {
        if (!changed_ || bits_ == written_) return;
        *out_ << R"(,
{"ph":"C","ts":)";
        out_->add_thousandths(time_) << R"(,"pid":)" << process_ << R"(,"name":"held","args":{"bits":)" << bits_
                                     << "}}";
        changed_ = false;
        written_ = bits_;
    }

private:
    TextBuffer* out_;
    std::int64_t process_;
    std::int64_t time_ = 0;
    std::int64_t bits_ = 0;
    std::int64_t written_ = -1;
    bool changed_ = false;
};

}  // namespace

class PerfettoTrace::Writer {
public:
    Writer(const Accelerator& accelerator, const Workload& workload, TextSink sink, const TraceOptions& options)
        : out_{begun(std::move(sink), accelerator, workload, options.time)},
          names_{out_, options},
          schedule_{out_, names_, workload},
          ports_{out_, names_, accelerator, workload}
    {
        for (MemoryId id = 0; id < accelerator.memories().size(); ++id) held_.emplace_back(out_, ports_.process_of(id));
    }

    void moved(const sim::TransferEvent& event) { ports_.moved(event); }
    void stepped(const sim::StepSpan& step)
    {
        ports_.end_step();
        schedule_.stepped(step);
    }
    void abandoned() { ports_.end_step(); }
    void occupied(const sim::Occupancy& occupancy)
    {
        held_[occupancy.memory].change(names_.nanoseconds(occupancy.time), occupancy.held.count());
    }
    void finish()
    {
        ports_.end_step();
        schedule_.finish();
        for (HeldCounter& each : held_) each.write();
        out_ << "\n]}\n";
        out_.flush();
    }

private:
    static TextBuffer begun(TextSink sink, const Accelerator& accelerator, const Workload& workload,
                            sim::ObservedTime time)
    {
        TextBuffer out{std::move(sink)};
        const bool cycles = time == sim::ObservedTime::cycles;
        out << R"({"displayTimeUnit":"ms","otherData":{)" << (cycles ? R"("schema":"plumbline/trace/1",)" : "")
            << R"("accelerator":)" << quoted(accelerator.name()) << R"(,"workload":)" << quoted(workload.name())
            << (cycles ? R"(,"time":"1 us is 1 cycle"},"traceEvents":[)"
                       : R"(,"time":"of the simulation"},"traceEvents":[)")
            << "\n";
        return out;
    }

    TextBuffer out_;
    TrackNames names_;
    ScheduleTracks schedule_;
    PortTracks ports_;
    std::vector<HeldCounter> held_;  ///< per memory
};

PerfettoTrace::PerfettoTrace(const Accelerator& accelerator, const Workload& workload, TextSink sink,
                             const TraceOptions& options)
    : writer_{std::make_unique<Writer>(accelerator, workload, std::move(sink), options)}
{}

PerfettoTrace::~PerfettoTrace() = default;
PerfettoTrace::PerfettoTrace(PerfettoTrace&&) noexcept = default;
PerfettoTrace& PerfettoTrace::operator=(PerfettoTrace&&) noexcept = default;

sim::Observer PerfettoTrace::observer()
{
    Writer* const writer = writer_.get();
    sim::Observer observer;
    observer.moved = [writer](const sim::TransferEvent& event) { writer->moved(event); };
    observer.stepped = [writer](const sim::StepSpan& step) { writer->stepped(step); };
    observer.occupied = [writer](const sim::Occupancy& occupancy) { writer->occupied(occupancy); };
    observer.abandoned = [writer](double) { writer->abandoned(); };
    return observer;
}

void PerfettoTrace::finish() { writer_->finish(); }

}  // namespace plumbline::validate
