// SPDX-License-Identifier: Apache-2.0
// How long does a cycle last? A number of femtoseconds, so that configurations know it without SystemC, and so that a period
// need be no whole number of ticks of its kernel. What lasts as long whatever the clock does is in nanoseconds.
//
//     options.period = Period::picoseconds(1250);
//     options.period = Period::megahertz(1200);  // 833 1/3 ps
#pragma once

#include <cmath>
#include <cstdint>

#include "plumbline/units.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// Of a clock: a nanosecond, where nothing else is said. Zero: the clock is gated.
struct Period {
    std::int64_t femtoseconds = 1'000'000;  ///< of one cycle; a millisecond at most

    /// So many for a cycle.
    static constexpr Period picoseconds(std::int64_t count) { return {count * 1000}; }
    /// Rounded to a femtosecond. \pre more than none
    static Period megahertz(double frequency) { return {std::llround(1e9 / frequency)}; }

    /// Equal lengths.
    friend bool operator==(Period a, Period b) { return a.femtoseconds == b.femtoseconds; }
};

/// Dimension of time in a simulation.
struct NanosecondsTag {
    static constexpr const char* symbol = "ns";  ///< printed after the count
};
/// Time in a simulation, whatever clocks do meanwhile.
using Nanoseconds = Quantity<NanosecondsTag, std::int64_t>;

}  // namespace plumbline::sim
#pragma GCC visibility pop
