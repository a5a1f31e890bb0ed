// SPDX-License-Identifier: Apache-2.0
// A number that only grows, and that threads of the machine wait for: iterations done, blocks filled, blocks drained.
//
//     filled.advance(3);     // one thread
//     filled.wait_for(3);    // another: blocks until the third block is there
#pragma once

#include <algorithm>
#include <limits>

#include "tlm/clock.hpp"

namespace plumbline::sim {

class ProgressCounter {
public:
    /// The clock must outlive it.
    ProgressCounter(const char* name, const Clock& clock) : clock_{&clock}, reached_{name} {}

    std::int64_t value() const { return value_; }
    /// When it came to be that, in clock time.
    const sc_core::sc_time& since() const { return since_; }
    /// \pre nobody waits
    void reset(std::int64_t value)
    {
        value_ = value;
        awaited_ = kNobody;
        reached_.cancel();
    }

    void advance(std::int64_t value)
    {
        value_ = value;
        since_ = clock_->now();
        if (value_ < awaited_) return;
        awaited_ = kNobody;
        reached_.notify(sc_core::SC_ZERO_TIME);
    }

    /// Call from a thread.
    void wait_for(std::int64_t value)
    {
        while (value_ < value) {
            awaited_ = std::min(awaited_, value);
            sc_core::wait(reached_);
        }
    }

private:
    static constexpr std::int64_t kNobody = std::numeric_limits<std::int64_t>::max();
    const Clock* clock_;
    std::int64_t value_ = 0;
    std::int64_t awaited_ = kNobody;
    sc_core::sc_time since_;
    sc_core::sc_event reached_;
};

}  // namespace plumbline::sim
