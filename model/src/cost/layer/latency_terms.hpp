// SPDX-License-Identifier: Apache-2.0
// What an estimator says of the time that a mapped layer takes.
#pragma once

#include <cstdint>

namespace plumbline::detail {

/// Cycles, one after the other.
struct LatencyTerms {
    std::int64_t iterations = 0;  ///< of the temporal loops, one each
    std::int64_t stall = 0;       ///< what computing takes beyond them
    std::int64_t loading = 0;     ///< before the first iteration
    std::int64_t offloading = 0;  ///< after the last

    std::int64_t total() const { return iterations + stall + loading + offloading; }
};

}  // namespace plumbline::detail
