// SPDX-License-Identifier: Apache-2.0
#include "execution/progress.hpp"

#include <chrono>
#include <cmath>
#include <iomanip>
#include <ostream>
#include <utility>

#include "plumbline/text_stream.hpp"

namespace plumbline::cli {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kPatience{2};
constexpr std::chrono::milliseconds kRefresh{500};
constexpr const char* kEraseLine = "\r\033[K";

/// "45 s", "12 min", "3 h 20 min".
std::string duration(double seconds)
{
    const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
    if (whole < 100) return std::to_string(whole) + " s";
    const std::int64_t minutes = (whole + 59) / 60;
    if (minutes < 60) return std::to_string(minutes) + " min";
    return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

}  // namespace

std::string progress_line(const std::string& task, const std::string& unit, std::int64_t done, std::int64_t all,
                          double seconds)
{
    TextStream line;
    line << task << ", " << duration(std::floor(seconds));
    if (all <= 0) return line.str();
    line << ", " << unit << ' ' << done << " of " << all;
    if (done <= 0 || seconds <= 0) return line.str();
    const double rate = static_cast<double>(done) / seconds;
    line << ", " << std::fixed << std::setprecision(rate < 10 ? 1 : 0) << rate << " a second";
    if (done < all) line << ", " << duration(static_cast<double>(all - done) / rate) << " left";
    return line.str();
}

Progress::Progress(const Context& context, std::string task, std::string unit)
    : err_{context.err},
      task_{std::move(task)},
      unit_{std::move(unit)}
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
        const std::chrono::duration<double> passed = Clock::now() - begin;
        err_ << kEraseLine << progress_line(task_, unit_, done_, all_, passed.count()) << std::flush;
        wake_.wait_for(lock, kRefresh, [this] { return finished_; });
    }
    err_ << kEraseLine << std::flush;
}

}  // namespace plumbline::cli
