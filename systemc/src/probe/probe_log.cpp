// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/probe_log.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <ostream>
#include <set>
#include <utility>

namespace plumbline::sim {
namespace {

constexpr sc_dt::uint64 kLastAddress = ~sc_dt::uint64{0};

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

ProbeLog::ProbeLog(std::vector<ProbeRange> ranges) : ranges_{std::move(ranges)}, counts_(ranges_.size())
{
    std::set<sc_dt::uint64> begins{0};
    for (const ProbeRange& range : ranges_) {
        if (range.last < range.first) {
            SC_REPORT_ERROR("/plumbline/probe", ("range '" + range.name + "' ends before it begins").c_str());
        }
        begins.insert(range.first);
        if (range.last != kLastAddress) begins.insert(range.last + 1);
    }
    for (sc_dt::uint64 begin : begins) {
        if (!stretches_.empty()) stretches_.back().last = begin - 1;
        stretches_.push_back({begin, kLastAddress, {}});
        for (std::size_t i = 0; i < ranges_.size(); ++i) {
            if (ranges_[i].first <= begin && begin <= ranges_[i].last) stretches_.back().counts.push_back(&counts_[i]);
        }
    }
    stretch_ = &stretches_.front();
}

const ProbeLog::Stretch& ProbeLog::stretch_at(sc_dt::uint64 address) const
{
    const auto after = std::upper_bound(stretches_.begin(), stretches_.end(), address,
                                        [](sc_dt::uint64 at, const Stretch& each) { return at < each.first; });
    return *std::prev(after);
}

void ProbeLog::record_each(const ProbedRequest& request, const tlm::tlm_generic_payload& payload,
                           const sc_core::sc_time& end)
{
    const sc_dt::uint64 length = payload.get_data_length();
    if (length == 0 || payload.get_command() == tlm::TLM_IGNORE_COMMAND) return;
    const sc_dt::uint64 streaming = payload.get_streaming_width();
    const sc_dt::uint64 width = streaming == 0 ? length : std::min(streaming, length);
    const sc_dt::uint64 last = request.address + (width - 1);
    for (std::size_t i = 0; i < ranges_.size(); ++i) {
        const ProbeRange& range = ranges_[i];
        if (last < range.first || range.last < request.address) continue;
        const sc_dt::uint64 touched = std::min(last, range.last) - std::max(request.address, range.first) + 1;
        ProbeCount& count = counts_[i].of(payload.get_command());
        ++count.transactions;
        count.bytes += static_cast<std::int64_t>(length / width * touched);
        count.time += end - request.begin;
    }
}

void ProbeLog::write_csv(std::ostream& out) const
{
    out << "range,memory,operand,direction,transactions,bytes,time_ns\n";
    for (std::size_t i = 0; i < ranges_.size(); ++i) {
        write_row(out, ranges_[i].name, ranges_[i].reads, counts_[i].reads);
        write_row(out, ranges_[i].name, ranges_[i].writes, counts_[i].writes);
    }
}

}  // namespace plumbline::sim
