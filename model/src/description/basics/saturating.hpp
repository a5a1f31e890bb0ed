// SPDX-License-Identifier: Apache-2.0
// Products and sums of sizes that come from outside, which may be anything.
#pragma once

#include <cstdint>
#include <limits>

namespace plumbline {

/// `a * b`, or the largest integer where that is less. \pre neither is negative
constexpr std::int64_t saturating_product(std::int64_t a, std::int64_t b)
{
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    return b > 0 && a > most / b ? most : a * b;
}

/// `a + b`, or the largest integer where that is less. \pre neither is negative
constexpr std::int64_t saturating_sum(std::int64_t a, std::int64_t b)
{
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    return a > most - b ? most : a + b;
}

}  // namespace plumbline
