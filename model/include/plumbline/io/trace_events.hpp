// SPDX-License-Identifier: Apache-2.0
// Slices of a trace in Chrome's JSON format, which Perfetto and many simulators write.
//
// Complete events ("X"), pairs of beginning and end ("B" and "E" of a thread, "b" and "e" of a category and id) come out
// alike, with the names of their process and thread. Everything else (counters, flows, metadata) is skipped. The file is
// read twice and never held as a whole but for its text: names may be given after their use.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#pragma GCC visibility push(default)
namespace plumbline::io {

/// Value of an argument as text; nothing for null. Numbers are kept as they are, too.
struct TraceArgument {
    std::optional<std::string> text;  ///< as written; nothing for null
    std::optional<double> number;     ///< of numbers
};

/// Something that took time.
struct TraceSlice {
    int line = 0;                                    ///< on which it ends in the file
    std::string name;                                ///< of the event
    std::string category;                            ///< may be empty
    std::string process;                             ///< its name, or its number where it has none
    std::string thread;                              ///< likewise
    double begin_us = 0;                             ///< microseconds
    double duration_us = 0;                          ///< microseconds, at least 0
    std::map<std::string, TraceArgument> arguments;  ///< by name
};

/// Slices in the order in which they end in the file.
/// \throws InputError with file and line: no JSON, no events, negative times, an end without beginning and vice versa
void read_trace_slices(const std::string& path, const std::function<void(const TraceSlice&)>& found);

}  // namespace plumbline::io
#pragma GCC visibility pop
