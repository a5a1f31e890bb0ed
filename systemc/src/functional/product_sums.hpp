// SPDX-License-Identifier: Apache-2.0
// The innermost loop of the machine's arithmetic.
//
// It stands alone so that compilers see int16 weights and features, which they turn into vector code for any processor;
// inlined, the weights would widen before the loop.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace plumbline::sim {

inline constexpr std::size_t kTermsAtOnce = 4;

/// Terms of a sum that are added in one go: the features of neighbouring outputs, and one weight each.
struct Terms {
    std::array<const std::int16_t*, kTermsAtOnce> features{};
    std::array<std::int16_t, kTermsAtOnce> weights{};
};

/// \pre the sums of all terms fit int32
void add_products(std::int32_t* sums, const Terms& terms, std::int64_t count);

}  // namespace plumbline::sim
