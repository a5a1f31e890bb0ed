// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/requantisation.hpp"

#include <cassert>
#include <cmath>

namespace plumbline::sim {
namespace {

constexpr std::int64_t kLeastMultiplier = 128;  // eight significant bits

/// Largest whole number whose square is at most `square`.
std::int64_t whole_root(std::int64_t square)
{
    auto root = static_cast<std::int64_t>(std::sqrt(static_cast<double>(square)));
    while (root * root > square) --root;
    while ((root + 1) * (root + 1) <= square) ++root;
    return root;
}

/// 1 / sqrt(square), with as few bits of shift as eight significant bits need.
Requantisation inverse_root(std::int64_t square)
{
    Requantisation scale;
    do {
        ++scale.shift;
        scale.multiplier = whole_root((std::int64_t{1} << (2 * scale.shift)) / square);
    } while (scale.multiplier < kLeastMultiplier);
    return scale;
}

}  // namespace

Requantisation convolution_scale(std::int64_t terms)
{
    constexpr std::int64_t kWeightDeviation = 74;
    assert(terms > 0 && terms < kMostTerms);
    return inverse_root(kWeightDeviation * kWeightDeviation * terms);
}

Requantisation average_scale(std::int64_t terms)
{
    assert(terms > 0 && terms < kMostTerms);
    return inverse_root(terms * terms);
}

Requantisation addition_scale(std::int64_t terms) { return inverse_root(terms); }

}  // namespace plumbline::sim
