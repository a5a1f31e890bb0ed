// SPDX-License-Identifier: Apache-2.0
// The rows of a Perfetto trace: processes, their threads, and the text that puts an event there.
//
// In Chrome's format the slices of a thread must nest. What shares a port does not: it overlaps. So a port gets as many
// threads ("lanes") as it has users at a time, the second one called "r_port_1 (2)". Events of a beginning and an end with
// ids ("b", "e") could overlap freely, but need twice the space.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plumbline/sim/run_events.hpp"
#include "plumbline/validate/text_buffer.hpp"

namespace plumbline::validate {

/// `text` as a JSON string, quotes included.
std::string quoted(const std::string& text);

/// In thousandths of a cycle, which are the nanoseconds of the trace.
struct Interval {
    std::int64_t begin = 0;
    std::int64_t end = 0;
};
Interval interval(sim::Span span);
std::int64_t thousandths(double cycles);

/// A slice up to its place: name, category and arguments are to follow.
void begin_slice(TextBuffer& out, Interval time, const std::string& thread);

/// Numbers and names processes and threads. Numbers are unique over both, so that no viewer takes one for the other.
class TrackNames {
public:
    /// Writes to `out`, which must outlive this.
    explicit TrackNames(TextBuffer& out) : out_{&out} {}

    /// Processes are shown in the order in which they are added.
    std::int64_t add_process(const std::string& name);
    /// Returns the thread as part of an event: ,"pid":3,"tid":101
    std::string add_thread(std::int64_t process, const std::string& name, std::size_t position);

private:
    void describe(const char* what, std::int64_t process, std::int64_t thread, const std::string& arguments);

    TextBuffer* out_;
    std::int64_t processes_ = 0;
    std::int64_t threads_ = 0;
    bool first_ = true;
};

/// The threads of one port: slices in one lane neither overlap nor go back in time.
class Lanes {
public:
    Lanes(TrackNames& names, std::int64_t process, std::string port, std::size_t position);

    /// The first lane that is free from `begin` on; taken until it is released.
    std::size_t take(std::int64_t begin);
    void release(std::size_t lane, std::int64_t end) { lanes_[lane].free_from = end; }
    const std::string& thread(std::size_t lane) const { return lanes_[lane].thread; }

private:
    struct Lane {
        std::string thread;
        std::int64_t free_from = 0;
    };

    TrackNames* names_;
    std::int64_t process_;
    std::string port_;
    std::size_t position_;
    std::vector<Lane> lanes_;
};

}  // namespace plumbline::validate
