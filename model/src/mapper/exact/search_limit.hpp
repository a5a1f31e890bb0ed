// SPDX-License-Identifier: Apache-2.0
// When does a search give up?
//
// After a number of steps, which is the same on any machine, or after a time.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace plumbline::detail {

class SearchLimit {
public:
    /// 0: no limit of that kind.
    SearchLimit(std::int64_t steps, double seconds)
        : steps_{steps},
          timed_{seconds > 0},
          end_{Clock::now() +
               std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(std::min(seconds, kLongest)))}
    {}

    /// Counts a step; true once there are too many, or it took too long.
    bool reached()
    {
        ++taken_;
        if (steps_ > 0 && taken_ > steps_) return true;
        constexpr std::int64_t kStepsPerLook = 256;  // a look at the clock takes longer than a step
        if (timed_ && !late_ && taken_ % kStepsPerLook == 0) late_ = Clock::now() >= end_;
        return late_;
    }
    /// Counts steps of a part of the search that had a limit of its own.
    void count(std::int64_t steps) { taken_ += steps; }
    std::int64_t taken() const { return taken_; }

private:
    using Clock = std::chrono::steady_clock;
    static constexpr double kLongest = 1e9;  ///< seconds, thirty years; the clock counts up to nine times as many
    std::int64_t steps_;
    bool timed_;
    bool late_ = false;
    Clock::time_point end_;
    std::int64_t taken_ = 0;
};

}  // namespace plumbline::detail
