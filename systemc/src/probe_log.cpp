// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/probe_log.hpp"

#include <cmath>
#include <ostream>
#include <utility>

namespace plumbline::sim {
namespace {

/// As RFC 4180 wants it.
std::string cell(const std::string& text)
{
    if (text.find_first_of(",\"\r\n #") == std::string::npos) return text;
    std::string quoted = "\"";
    for (char c : text) quoted += c == '"' ? std::string{"\"\""} : std::string{c};
    return quoted + '"';
}

/// To the picosecond: "12", "0.25".
std::string nanoseconds(const sc_core::sc_time& time)
{
    const std::int64_t picoseconds = std::llround(time / sc_core::sc_time{1, sc_core::SC_PS});
    std::string text = std::to_string(picoseconds / 1000);
    if (const std::int64_t rest = picoseconds % 1000; rest != 0) {
        const std::string digits = std::to_string(1000 + rest);
        text += '.' + digits.substr(1, digits.find_last_not_of('0'));
    }
    return text;
}

void write_row(std::ostream& out, const std::string& range, const ProbeMeaning& meaning, const ProbeCount& count)
{
    if (meaning.memory.empty()) return;
    out << cell(range) << ',' << cell(meaning.memory) << ',' << cell(meaning.operand) << ',' << cell(meaning.direction)
        << ',' << std::to_string(count.transactions) << ',' << std::to_string(count.bytes) << ','
        << nanoseconds(count.time) << '\n';
}

}  // namespace

ProbeLog::ProbeLog(std::vector<ProbeRange> ranges) : ranges_{std::move(ranges)}
{
    for (const ProbeRange& range : ranges_) {
        if (range.last < range.first) {
            SC_REPORT_ERROR("/plumbline/probe", ("range '" + range.name + "' ends before it begins").c_str());
        }
        tallies_.push_back({range.first, range.last, {}, {}});
    }
}

void ProbeLog::write_csv(std::ostream& out) const
{
    out << "range,memory,operand,direction,transactions,bytes,time_ns\n";
    for (std::size_t i = 0; i < ranges_.size(); ++i) {
        write_row(out, ranges_[i].name, ranges_[i].reads, tallies_[i].reads);
        write_row(out, ranges_[i].name, ranges_[i].writes, tallies_[i].writes);
    }
}

}  // namespace plumbline::sim
