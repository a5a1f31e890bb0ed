// SPDX-License-Identifier: Apache-2.0
#include "progress.hpp"

#include <chrono>
#include <ostream>
#include <utility>

namespace plumbline::cli {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kPatience{2};
constexpr std::chrono::milliseconds kRefresh{500};
constexpr const char* kEraseLine = "\r\033[K";

}  // namespace

Progress::Progress(const Context& context, std::string task) : err_{context.err}, task_{std::move(task)}
{
    if (context.terminal) thread_ = std::thread([this] { show_until_finished(); });
}

Progress::~Progress()
{
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock{mutex_};
        finished_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void Progress::update(std::int64_t done, std::int64_t all)
{
    done_ = done;
    all_ = all;
}

void Progress::show_until_finished()
{
    const auto begin = Clock::now();
    std::unique_lock lock{mutex_};
    if (wake_.wait_for(lock, kPatience, [this] { return finished_; })) return;
    while (!finished_) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - begin).count();
        err_ << kEraseLine << task_ << ", " << seconds << " s";
        if (all_ > 0) err_ << ", tile " << done_ << " of " << all_;
        err_.flush();
        wake_.wait_for(lock, kRefresh, [this] { return finished_; });
    }
    err_ << kEraseLine << std::flush;
}

}  // namespace plumbline::cli
