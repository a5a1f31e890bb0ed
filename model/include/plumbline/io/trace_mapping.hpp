// SPDX-License-Identifier: Apache-2.0
// What the events and signals of someone else's trace mean, from a YAML file: rules, each of which says what it is about
// and what follows.
//
//     cycle_ns: 0.5
//     events:                                 # of Chrome/Perfetto traces
//       - match: {category: dma, args: {port: A}}
//         memory: sram
//         operand: {arg: tensor}
//         direction: read_down
//         amount: {arg: size, unit: bytes}
//     signals:                                # of waveforms
//       - signal: top.sram.rd_en
//         memory: sram
//         operand: W
//         direction: read_down
//         amount: {per_cycle: 64, unit: bits}
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plumbline/error.hpp"
#include "plumbline/io/trace_events.hpp"
#include "plumbline/io/trace_units.hpp"

#pragma GCC visibility push(default)
namespace plumbline::io {

/// What a rule takes from an event: always the same, an argument, or a field ("name", "category", "process", "thread").
struct TraceValue {
    enum class Kind : std::uint8_t { literal, argument, field };
    Kind kind = Kind::literal;
    std::string text;

    /// Nothing where the event has no such argument, or null.
    std::optional<std::string> of(const TraceSlice& slice) const;
};

/// Events of which all that is given matches. In patterns '*' stands for any text.
struct EventMatch {
    std::map<std::string, std::string> fields;     ///< by name of the field
    std::map<std::string, std::string> arguments;  ///< the event must have them

    bool matches(const TraceSlice& slice) const;
};

/// How much moves: an argument of the event, or the same each time (each cycle, of a signal).
struct TraceAmount {
    std::string argument;  ///< empty: `count`
    double count = 0;
    AmountUnit unit = AmountUnit::words;
};

/// Of what the duration is the time.
enum class TraceTime : std::uint8_t { nothing, step, run };

/// What follows from an event or from a signal.
struct TraceRule {
    int line = 0;
    EventMatch match;         ///< of an event
    std::string signal;       ///< of a signal: its path
    std::int64_t active = 1;  ///< its value that means this
    std::optional<TraceValue> memory, port, operand, direction, layer;
    std::string step = "compute";  ///< or "copy"
    std::string phase = "total";
    std::optional<TraceAmount> amount;
    TraceTime time = TraceTime::nothing;
};

struct TraceMapping {
    std::string file;
    std::optional<double> cycle_ns;
    std::vector<TraceRule> events;
    std::vector<TraceRule> signals;

    InputError error(const TraceRule& rule, const std::string& problem) const;
};

/// Names of memories, operands and layers are checked where they are used. \throws InputError
TraceMapping read_trace_mapping(const std::string& path);

}  // namespace plumbline::io
#pragma GCC visibility pop
