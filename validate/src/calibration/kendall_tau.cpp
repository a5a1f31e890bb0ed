// SPDX-License-Identifier: Apache-2.0
// Kendall's tau-b after Knight (1966): in the order of one ranking, pairs in the wrong order are the inversions of the other.
#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "plumbline/validate/accuracy.hpp"

namespace plumbline::validate {
namespace {

double pairs_of(std::size_t count) { return static_cast<double>(count) * (static_cast<double>(count) - 1) / 2; }

/// Pairs of neighbours, near or far, in runs of equal elements.
template <class Same>
double tied_pairs(std::size_t count, Same same)
{
    double pairs = 0;
    std::size_t begin = 0;
    for (std::size_t i = 1; i <= count; ++i) {
        if (i < count && same(begin, i)) continue;
        pairs += pairs_of(i - begin);
        begin = i;
    }
    return pairs;
}

/// Sorts, and counts the pairs that were in the wrong order; equal ones are in the right one.
double sort_counting(std::vector<double>& values, std::size_t begin, std::size_t end)
{
    if (end - begin < 2) return 0;
    const std::size_t middle = begin + (end - begin) / 2;
    double inversions = sort_counting(values, begin, middle) + sort_counting(values, middle, end);
    std::size_t left = begin;
    for (std::size_t right = middle; right < end; ++right) {
        while (left < middle && values[left] <= values[right]) ++left;
        inversions += static_cast<double>(middle - left);
    }
    const auto at = [&](std::size_t i) { return values.begin() + static_cast<std::ptrdiff_t>(i); };
    std::inplace_merge(at(begin), at(middle), at(end));
    return inversions;
}

}  // namespace

RankedPairs& RankedPairs::operator+=(const RankedPairs& other)
{
    concordant += other.concordant;
    discordant += other.discordant;
    untied_in_a += other.untied_in_a;
    untied_in_b += other.untied_in_b;
    return *this;
}

std::optional<double> RankedPairs::tau_b() const
{
    if (untied_in_a <= 0 || untied_in_b <= 0) return std::nullopt;
    return (concordant - discordant) / std::sqrt(untied_in_a * untied_in_b);
}

RankedPairs ranked_pairs(const std::vector<double>& a, const std::vector<double>& b)
{
    assert(a.size() == b.size());
    const std::size_t count = a.size();
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t i, std::size_t j) { return a[i] != a[j] ? a[i] < a[j] : b[i] < b[j]; });
    const auto same_a = [&](std::size_t i, std::size_t j) { return a[order[i]] == a[order[j]]; };
    const auto same = [&](std::size_t i, std::size_t j) { return same_a(i, j) && b[order[i]] == b[order[j]]; };
    const double tied_in_a = tied_pairs(count, same_a);
    const double tied_in_both = tied_pairs(count, same);
    std::vector<double> sorted;
    sorted.reserve(order.size());
    for (std::size_t i : order) sorted.push_back(b[i]);
    const double discordant = sort_counting(sorted, 0, count);
    const double tied_in_b = tied_pairs(count, [&](std::size_t i, std::size_t j) { return sorted[i] == sorted[j]; });
    const double all = pairs_of(count);
    const double concordant = all - tied_in_a - tied_in_b + tied_in_both - discordant;
    return {concordant, discordant, all - tied_in_a, all - tied_in_b};
}

std::optional<double> kendall_tau(const std::vector<double>& a, const std::vector<double>& b)
{
    return ranked_pairs(a, b).tau_b();
}

}  // namespace plumbline::validate
