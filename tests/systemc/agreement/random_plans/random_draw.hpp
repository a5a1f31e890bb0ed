// SPDX-License-Identifier: Apache-2.0
// Draws that are the same on every platform: distributions of the standard library differ, the engine does not.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace plumbline::random_plans {

class Draw {
public:
    explicit Draw(std::uint64_t seed) : random_{seed * 7919 + 17} {}

    /// From 0 to `bound` - 1.
    std::int64_t below(std::int64_t bound)
    {
        return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(bound));
    }
    /// From 1 to `most`.
    std::int64_t up_to(std::int64_t most) { return 1 + below(most); }
    bool once_in(std::int64_t n) { return below(n) == 0; }
    template <class Value>
    const Value& one_of(const std::vector<Value>& values)
    {
        return values[static_cast<std::size_t>(below(static_cast<std::int64_t>(values.size())))];
    }

private:
    std::mt19937_64 random_;
};

}  // namespace plumbline::random_plans
