// SPDX-License-Identifier: Apache-2.0
#include "trace/perfetto_tracks.hpp"

#include <limits>
#include <utility>

#include <nlohmann/json.hpp>

namespace plumbline::validate {
namespace {

constexpr std::int64_t kFirstThread = 100;
/// Positions of threads: those of one port follow each other.
constexpr std::size_t kThreadsOfAPort = 100;
constexpr std::int64_t kTaken = std::numeric_limits<std::int64_t>::max();

}  // namespace

std::string quoted(const std::string& text) { return nlohmann::json(text).dump(); }

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
    const std::string shown = instance_.empty() ? name : instance_ + " " + name;
    describe("process_name", process, process, R"("name":)" + quoted(shown));
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

PortThreads::PortThreads(TrackNames& names, std::int64_t process, std::string port, std::size_t position)
    : names_{&names},
      process_{process},
      port_{std::move(port)},
      position_{position * kThreadsOfAPort}
{}

std::size_t PortThreads::take(std::int64_t begin)
{
    std::size_t thread = 0;
    while (thread < threads_.size() && threads_[thread].free_from > begin) ++thread;
    if (thread == threads_.size()) {
        const std::string name = thread == 0 ? port_ : port_ + " (" + std::to_string(thread + 1) + ")";
        threads_.push_back({names_->add_thread(process_, name, position_ + thread), 0});
    }
    threads_[thread].free_from = kTaken;
    return thread;
}

}  // namespace plumbline::validate
