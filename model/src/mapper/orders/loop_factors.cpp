// SPDX-License-Identifier: Apache-2.0
#include "mapper/orders/loop_factors.hpp"

#include <algorithm>

namespace plumbline::detail {
namespace {

using Factors = std::vector<std::int64_t>;  // ascending

Factors prime_factors(std::int64_t number)
{
    Factors factors;
    for (std::int64_t prime = 2; prime * prime <= number; ++prime)
        for (; number % prime == 0; number /= prime) factors.push_back(prime);
    if (number > 1) factors.push_back(number);
    return factors;
}

void merge_two_smallest(Factors& factors)
{
    const std::int64_t merged = factors[0] * factors[1];
    factors.erase(factors.begin(), factors.begin() + 2);
    factors.insert(std::lower_bound(factors.begin(), factors.end(), merged), merged);
}

}  // namespace

std::vector<TemporalLoop> loop_factors(const LoopSizes& sizes, int limit)
{
    std::array<Factors, kLoopDims> factors;
    std::size_t count = 0;
    for (std::size_t i = 0; i < kLoopDims; ++i) {
        factors[i] = prime_factors(sizes[kAllLoopDims[i]]);
        count += factors[i].size();
    }
    for (; limit > 0 && count > static_cast<std::size_t>(limit); --count) {
        const auto most = std::max_element(factors.begin(), factors.end(),
                                           [](const Factors& a, const Factors& b) { return a.size() < b.size(); });
        if (most->size() < 2) break;
        merge_two_smallest(*most);
    }
    std::vector<TemporalLoop> loops;
    for (std::size_t i = 0; i < kLoopDims; ++i)
        for (std::int64_t factor : factors[i]) loops.push_back({kAllLoopDims[i], factor});
    return loops;
}

}  // namespace plumbline::detail
