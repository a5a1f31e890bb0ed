// SPDX-License-Identifier: Apache-2.0
#include "plumbline/suggestion.hpp"

#include <algorithm>
#include <numeric>

namespace plumbline {
namespace {

constexpr std::size_t kLongestTyped = 64;  // what is longer is no misspelt name

/// Insertions, deletions and replacements of a character that lead from one name to the other (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

}  // namespace

std::string_view nearest_name(std::string_view name, const std::vector<std::string_view>& candidates)
{
    std::string_view nearest;
    std::size_t least = std::max<std::size_t>(2, name.size() / 2) + 1;
    const bool typed = name.size() <= kLongestTyped;
    for (std::string_view candidate : candidates) {
        const bool begins = !name.empty() && candidate.substr(0, name.size()) == name;
        const std::size_t steps = begins ? 1 : typed ? distance(name, candidate) : least;
        if (steps >= least) continue;
        least = steps;
        nearest = candidate;
    }
    return nearest;
}

std::string suggestion(std::string_view name, const std::vector<std::string_view>& candidates)
{
    const std::string_view nearest = nearest_name(name, candidates);
    if (!nearest.empty()) return ", did you mean '" + std::string{nearest} + "'?";
    std::string all;
    for (std::string_view candidate : candidates) all += (all.empty() ? "" : ", ") + std::string{candidate};
    return ", expected one of " + (all.empty() ? "none" : all);
}

}  // namespace plumbline
