// SPDX-License-Identifier: Apache-2.0
// Draws that are the same on every platform: distributions of the standard library differ, the engine does not.
//
//     Draw draw{seed_of(7, 3)};
//     const std::int64_t lanes = draw.one_of<std::int64_t>({2, 4, 8});
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// A seed for number `index` of what is drawn under `seed`: neighbours have nothing in common (SplitMix64, Steele et al. 2014).
inline std::uint64_t seed_of(std::uint64_t seed, std::uint64_t index)
{
    const auto mixed = [](std::uint64_t x) {
        x += 0x9e3779b97f4a7c15U;
        x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
        x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
        return x ^ (x >> 31U);
    };
    return mixed(mixed(seed) + index);
}

/// A sequence of draws.
class Draw {
public:
    /// Equal seeds draw equally.
    explicit Draw(std::uint64_t seed) : random_{seed * 7919 + 17} {}

    /// From 0 to `bound` - 1. \pre at least 1
    std::int64_t below(std::int64_t bound)
    {
        return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(bound));
    }
    /// From 1 to `most`.
    std::int64_t up_to(std::int64_t most) { return 1 + below(most); }
    /// True in one of `n` cases.
    bool once_in(std::int64_t n) { return below(n) == 0; }
    /// Any of them alike. \pre there are any
    template <class Value>
    const Value& one_of(const std::vector<Value>& values)
    {
        return values[static_cast<std::size_t>(below(static_cast<std::int64_t>(values.size())))];
    }

private:
    std::mt19937_64 random_;
};

}  // namespace plumbline::validate
#pragma GCC visibility pop
