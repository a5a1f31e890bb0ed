// SPDX-License-Identifier: Apache-2.0
#include "trace/perfetto_tracks.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include <nlohmann/json.hpp>

namespace plumbline::validate {
namespace {

constexpr std::int64_t kFirstThread = 100;
/// Positions of threads: those of one port follow each other.
constexpr std::size_t kLanesOfAPort = 100;
constexpr std::int64_t kTaken = std::numeric_limits<std::int64_t>::max();

}  // namespace

std::string quoted(const std::string& text) { return nlohmann::json(text).dump(); }

std::int64_t thousandths(double cycles) { return std::llround(cycles * 1000); }

Interval interval(sim::Span span) { return {thousandths(span.begin), thousandths(span.end)}; }

void begin_slice(TextBuffer& out, Interval time, const std::string& thread)
{
    out << ",\n{\"ph\":\"X\",\"ts\":";
    out.add_thousandths(time.begin) << ",\"dur\":";
    out.add_thousandths(time.end - time.begin) << thread;
}

void TrackNames::describe(const char* what, std::int64_t process, std::int64_t thread, const std::string& arguments)
{
    *out_ << (first_ ? "" : ",\n") << R"({"ph":"M","name":")" << what << R"(","pid":)" << process << R"(,"tid":)"
          << thread << R"(,"args":{)" << arguments << "}}";
    first_ = false;
}

std::int64_t TrackNames::add_process(const std::string& name)
{
    const std::int64_t process = ++processes_;
    describe("process_name", process, process, R"("name":)" + quoted(name));
    describe("process_sort_index", process, process, R"("sort_index":)" + std::to_string(process));
    return process;
}

std::string TrackNames::add_thread(std::int64_t process, const std::string& name, std::size_t position)
{
    const std::int64_t thread = kFirstThread + threads_++;
    describe("thread_name", process, thread, R"("name":)" + quoted(name));
    describe("thread_sort_index", process, thread, R"("sort_index":)" + std::to_string(position));
    return R"(,"pid":)" + std::to_string(process) + R"(,"tid":)" + std::to_string(thread);
}

Lanes::Lanes(TrackNames& names, std::int64_t process, std::string port, std::size_t position)
    : names_{&names},
      process_{process},
      port_{std::move(port)},
      position_{position * kLanesOfAPort}
{}

std::size_t Lanes::take(std::int64_t begin)
{
    std::size_t lane = 0;
    while (lane < lanes_.size() && lanes_[lane].free_from > begin) ++lane;
    if (lane == lanes_.size()) {
        const std::string name = lane == 0 ? port_ : port_ + " (" + std::to_string(lane + 1) + ")";
        lanes_.push_back({names_->add_thread(process_, name, position_ + lane), 0});
    }
    lanes_[lane].free_from = kTaken;
    return lane;
}

}  // namespace plumbline::validate
