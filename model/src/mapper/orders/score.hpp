// SPDX-License-Identifier: Apache-2.0
// Which of two mappings is better?
//
// Energies are sums of the same accesses in another order: they differ in the last bits, and are rounded to be compared.
#pragma once

#include <cmath>
#include <limits>

#include "plumbline/search_options.hpp"

namespace plumbline::detail {

/// Rounded to 40 bits (1e-12), so that equal energies are ties.
inline double comparable(double value)
{
    int exponent = 0;
    const double mantissa = std::frexp(value, &exponent);
    return std::ldexp(std::nearbyint(std::ldexp(mantissa, 40)), exponent - 40);
}

/// What is minimised first, and among ties of it. Smaller is better.
struct Score {
    double first = std::numeric_limits<double>::infinity();
    double second = std::numeric_limits<double>::infinity();

    bool better_than(const Score& other) const
    {
        return first != other.first ? first < other.first : second < other.second;
    }
};

/// \param energy in picojoules
inline Score score_of(double energy, Cycles latency, const SearchOptions& options)
{
    if (options.objective == Objective::energy) return {comparable(energy), static_cast<double>(latency.count())};
    return {comparable(objective_value(options.objective, options.weights, Picojoules{energy}, latency)),
            comparable(energy)};
}

}  // namespace plumbline::detail
