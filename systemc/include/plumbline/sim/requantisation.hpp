// SPDX-License-Identifier: Apache-2.0
// From an int32 sum back to an int8 feature: `multiplier / 2^shift` times the sum, rounded half up, saturated.
//
// Scales depend on nothing but the operator and how many terms a sum has, so that random data of any network neither
// saturates nor vanishes on its way through the layers: systemc/docs/functional_mode.md.
//
//     const Requantisation scale = convolution_scale(25);  // of 25 products
//     std::int8_t feature = scale(sum);
#pragma once

#include <algorithm>
#include <cstdint>

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// A scale.
struct Requantisation {
    std::int64_t multiplier = 1;  ///< positive
    int shift = 0;                ///< bits to the right, after the multiplication

    /// Rounded half up, saturated to -128 … 127.
    std::int8_t operator()(std::int32_t sum) const
    {
        const std::int64_t half = shift > 0 ? std::int64_t{1} << (shift - 1) : 0;
        const std::int64_t scaled = (sum * multiplier + half) >> shift;
        return static_cast<std::int8_t>(std::clamp<std::int64_t>(scaled, -128, 127));
    }
    /// The same numbers, not the same quotient.
    friend bool operator==(Requantisation a, Requantisation b)
    {
        return a.multiplier == b.multiplier && a.shift == b.shift;
    }
};

/// Sums of fewer products of two int8 never leave int32.
inline constexpr std::int64_t kMostTerms = std::int64_t{1} << 17;

/// 1 / (74 sqrt(terms)): 74 is the deviation of weights that are uniform in int8. \pre 0 < terms < kMostTerms
Requantisation convolution_scale(std::int64_t terms);
/// 1 / terms.
Requantisation average_scale(std::int64_t terms);
/// 1 / sqrt(terms).
Requantisation addition_scale(std::int64_t terms);

}  // namespace plumbline::sim
#pragma GCC visibility pop
