// SPDX-License-Identifier: Apache-2.0
// Which of two mappings is better?
#pragma once

#include <limits>

#include "description/basics/comparable.hpp"
#include "plumbline/search_options.hpp"

namespace plumbline::detail {

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
