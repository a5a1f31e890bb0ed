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
    /// Where the value comes from.
    enum class Kind : std::uint8_t {
        literal,   ///< always `text`
        argument,  ///< the argument called `text`
        field,     ///< the field called `text`
    };
    Kind kind = Kind::literal;  ///< where it comes from
    std::string text;           ///< the value, or the name of the argument or field

    /// Nothing where the event has no such argument, or null.
    /// The value for an event.
    std::optional<std::string> of(const TraceSlice& slice) const;
};

/// Events of which all that is given matches. In patterns '*' stands for any text.
struct EventMatch {
    std::map<std::string, std::string> fields;     ///< by name of the field
    std::map<std::string, std::string> arguments;  ///< the event must have them

    /// Whether all that is given matches.
    bool matches(const TraceSlice& slice) const;
};

/// How much moves: an argument of the event, or the same each time (each cycle, of a signal).
struct TraceAmount {
    std::string argument;                 ///< empty: `count`
    double count = 0;                     ///< the same each time
    AmountUnit unit = AmountUnit::words;  ///< in which both are counted
};

/// Of what the duration is the time.
enum class TraceTime : std::uint8_t {
    nothing,  ///< the duration is not used
    step,     ///< of the rule's layer or copy step
    run,      ///< of the whole run
};

/// What follows from an event or from a signal.
struct TraceRule {
    int line = 0;                         ///< of the mapping file
    EventMatch match;                     ///< of an event
    std::string signal;                   ///< of a signal: its path
    std::int64_t active = 1;              ///< its value that means this
    std::optional<TraceValue> memory;     ///< its name
    std::optional<TraceValue> port;       ///< its name
    std::optional<TraceValue> operand;    ///< "I", "W" or "O", or "I1", "I2"
    std::optional<TraceValue> direction;  ///< by its name
    std::optional<TraceValue> layer;      ///< its name or id
    std::string step = "compute";         ///< or "copy"
    std::string phase = "total";          ///< of the step's time
    std::optional<TraceAmount> amount;    ///< none: the rule is about time alone
    TraceTime time = TraceTime::nothing;  ///< of what the duration is the time
};

/// All rules of a file.
struct TraceMapping {
    std::string file;                ///< named in errors
    std::optional<double> cycle_ns;  ///< length of a clock cycle; none: the file does not say
    std::vector<TraceRule> events;   ///< in the order of the file
    std::vector<TraceRule> signals;  ///< in the order of the file

    /// An error in a rule.
    InputError error(const TraceRule& rule, const std::string& problem) const;
};

/// Names of memories, operands and layers are checked where they are used. \throws InputError
TraceMapping read_trace_mapping(const std::string& path);

}  // namespace plumbline::io
#pragma GCC visibility pop
