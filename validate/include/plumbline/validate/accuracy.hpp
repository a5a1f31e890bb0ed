// SPDX-License-Identifier: Apache-2.0
// How far off are predictions of rows that nothing was fitted to, and do they rank schedules rightly?
//
// Deviations are those of comparison.hpp, (predicted - observed) / observed. The ranking is compared by Kendall's tau-b: of
// all pairs, those in the same order less those in the opposite one, over the geometric mean of the pairs that either side
// does not tie. Only rows of one quantity are worth ranking against each other, so ask quantity by quantity.
//
//     Accuracy all = accuracy_of(judged);
//     for (const auto& [quantity, accuracy] : accuracy_by(judged, Group::quantity)) …  // "total", "loading", …
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plumbline/validate/held_out.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// How far predictions of some rows are off. Deviations are fractions: 0.05 is five percent too much.
struct Accuracy {
    std::size_t rows = 0;               ///< that were judged
    double mape = 0;                    ///< mean absolute deviation
    double bias = 0;                    ///< mean deviation
    double worst = 0;                   ///< deviation of the row that is furthest off
    std::string worst_schedule;         ///< that row's; the first of equals
    std::optional<double> kendall_tau;  ///< none where all on one side are equal
};

/// All rows count alike, whatever weight they have in a fit. None of no rows.
Accuracy accuracy_of(const HeldOutPredictions& judged);

/// What rows are put together by: their quantity ("total", "loading", …) or the network that they are of.
enum class Group : std::uint8_t { quantity, stratum };
/// One for each quantity, or each stratum, that has rows.
std::map<std::string, Accuracy> accuracy_by(const HeldOutPredictions& judged, Group group);

/// Pairs of things that two rankings rank, of which Kendall's tau-b is made. Those of several rankings, whose things are
/// not to be ranked against each other, add up.
struct RankedPairs {
    double concordant = 0;   ///< pairs that both rankings order alike
    double discordant = 0;   ///< pairs that they order the other way round
    double untied_in_a = 0;  ///< pairs that the first ranking orders
    double untied_in_b = 0;  ///< pairs that the second ranking orders

    /// Counts the pairs of another ranking as well.
    RankedPairs& operator+=(const RankedPairs& other);
    /// None where all on one side are equal.
    std::optional<double> tau_b() const;
};

/// Takes n log n. \pre equal lengths
RankedPairs ranked_pairs(const std::vector<double>& a, const std::vector<double>& b);

/// Kendall's tau-b of two rankings of the same things; none where all on one side are equal.
/// \pre equal lengths
std::optional<double> kendall_tau(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace plumbline::validate
#pragma GCC visibility pop
