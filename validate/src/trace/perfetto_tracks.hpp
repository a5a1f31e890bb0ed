// SPDX-License-Identifier: Apache-2.0
// The rows of a Perfetto trace: processes, their threads, and the text that puts an event there.
//
// In Chrome's format the slices of a thread must nest. What shares a port does not: it overlaps. So a port gets as many
// threads as it has users at a time, the second one called "r_port_1 (2)". Events of a beginning and an end with
// ids ("b", "e") could overlap freely, but need twice the space.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "plumbline/sim/run_events.hpp"
#include "plumbline/validate/text_buffer.hpp"
#include "plumbline/validate/trace_options.hpp"

namespace plumbline::validate {

/// `text` as a JSON string, quotes included.
std::string quoted(const std::string& text);

/// In nanoseconds of the trace: thousandths of a cycle, or nanoseconds of the simulation.
struct Interval {
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

/// A slice up to its place: name, category and arguments are to follow.
void begin_slice(TextBuffer& out, Interval time, const std::string& thread);

/// Numbers and names processes and threads. Numbers are unique over both, so that no viewer takes one for the other.
class TrackNames {
public:
    /// Writes to `out`, which must outlive this.
    TrackNames(TextBuffer& out, const TraceOptions& options)
        : out_{&out},
          unit_{options.time == sim::ObservedTime::cycles ? 1000.0 : 1.0},
          instance_{options.instance},
          processes_{options.first_process - 1},
          threads_{options.first_process - 1}
    {}

    /// Processes are shown in the order in which they are added.
    std::int64_t add_process(const std::string& name);
    /// Returns the thread as part of an event: ,"pid":3,"tid":101
    std::string add_thread(std::int64_t process, const std::string& name, std::size_t position);
    /// What an observer is told of time, in nanoseconds of the trace.
    std::int64_t nanoseconds(double told) const { return std::llround(told * unit_); }
    Interval interval(sim::Span span) const { return {nanoseconds(span.begin), nanoseconds(span.end)}; }

private:
    void describe(const char* what, std::int64_t process, std::int64_t thread, const std::string& arguments);

    TextBuffer* out_;
    double unit_;  ///< nanoseconds of the trace
    std::string instance_;
    std::int64_t processes_;
    std::int64_t threads_;
    bool first_ = true;
};

/// The threads of one port: slices in one neither overlap nor go back in time.
class PortThreads {
public:
    PortThreads(TrackNames& names, std::int64_t process, std::string port, std::size_t position);

    /// The first thread that is free from `begin` on; taken until it is released.
    std::size_t take(std::int64_t begin);
    void release(std::size_t thread, std::int64_t end) { threads_[thread].free_from = end; }
    const std::string& text(std::size_t thread) const { return threads_[thread].text; }

private:
    struct Thread {
        std::string text;
        std::int64_t free_from = 0;
    };

    TrackNames* names_;
    std::int64_t process_;
    std::string port_;
    std::size_t position_;
    std::vector<Thread> threads_;
};

}  // namespace plumbline::validate
