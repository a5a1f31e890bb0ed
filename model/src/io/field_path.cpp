// SPDX-License-Identifier: Apache-2.0
#include "field_path.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>

namespace plumbline::io {
namespace {

constexpr std::size_t kLongestTyped = 64;  // what is longer is no misspelt name

std::optional<std::size_t> index_of(std::string_view digits)
{
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return index;
}

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

std::vector<PathStep> steps_of(std::string_view path)
{
    std::vector<PathStep> steps;
    while (!path.empty()) {
        if (path.front() == '.') path.remove_prefix(1);
        const bool bracket = !path.empty() && path.front() == '[';
        const std::size_t length = std::min(path.size(), bracket ? path.find(']') : path.find_first_of(".["));
        const std::string_view part = path.substr(0, length);
        if (bracket) {
            steps.push_back({{}, index_of(part.substr(1))});
            path.remove_prefix(std::min(path.size(), length + 1));
        } else {
            steps.push_back({std::string{part}, std::nullopt});
            path.remove_prefix(length);
        }
    }
    return steps;
}

std::string joined(const std::string& path, std::string_view key)
{
    return path.empty() ? std::string{key} : path + '.' + std::string{key};
}

std::string joined(const std::string& path, std::size_t index) { return path + '[' + std::to_string(index) + ']'; }

std::string suggestion(std::string_view name, const std::vector<std::string_view>& candidates)
{
    std::string_view nearest;
    std::string all;
    std::size_t least = std::max<std::size_t>(2, name.size() / 2) + 1;
    const bool typed = name.size() <= kLongestTyped;
    for (std::string_view candidate : candidates) {
        all += (all.empty() ? "" : ", ") + std::string{candidate};
        const bool begins = !name.empty() && candidate.substr(0, name.size()) == name;
        const std::size_t steps = begins ? 1 : typed ? distance(name, candidate) : least;
        if (steps >= least) continue;
        least = steps;
        nearest = candidate;
    }
    if (nearest.empty()) return ", expected one of " + all;
    return ", did you mean '" + std::string{nearest} + "'?";
}

}  // namespace plumbline::io
