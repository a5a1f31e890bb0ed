// SPDX-License-Identifier: Apache-2.0
#include "plumbline/shared_cache.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace plumbline {
namespace {

// Each step goes half the way to the next estimate, so that the iteration cannot swing. It slows down where operands just
// fill the cache; the last digit of a probability is worth no more steps than these.
constexpr int kMostSteps = 200;
constexpr double kSettled = 1e-9;

/// Misses of a reuse: `fresh` of lines not seen before, and `again` of those that were replaced since.
struct Reuse {
    double fresh = 0;
    double again = 0;

    double misses(double kept) const { return kept * fresh + (1 - kept) * again; }
};

/// Per operand, the probability that a line is still there, where what it replaces it are the misses themselves.
std::vector<double> kept_lines(const std::vector<Reuse>& reuses, const std::vector<double>& sets_share, double lines)
{
    std::vector<double> kept(reuses.size(), 0);
    std::vector<double> misses(reuses.size());
    double change = 1;
    for (int step = 0; step < kMostSteps && change > kSettled; ++step) {
        change = 0;
        for (std::size_t i = 0; i < reuses.size(); ++i) misses[i] = reuses[i].misses(kept[i]);
        const double all = std::accumulate(misses.begin(), misses.end(), 0.0);
        for (std::size_t i = 0; i < reuses.size(); ++i) {
            const double pressure = misses[i] / sets_share[i] + all - misses[i];
            const double next = (kept[i] + std::exp(-pressure / lines)) / 2;
            change = std::max(change, std::abs(next - kept[i]));
            kept[i] = next;
        }
    }
    return kept;
}

std::vector<double> shares(const std::vector<CachedOperand>& operands, std::size_t level)
{
    std::vector<double> all;
    all.reserve(operands.size());
    for (const CachedOperand& operand : operands) all.push_back(operand.sets_share.at(level));
    return all;
}

}  // namespace

std::vector<double> expected_misses(const SharedCache& cache, const std::vector<double>& loops,
                                    const std::vector<CachedOperand>& operands, CacheState state)
{
    assert(cache.line.count() > 0);
    const double lines = static_cast<double>(cache.capacity.count()) / static_cast<double>(cache.line.count());
    std::vector<double> misses;
    misses.reserve(operands.size());
    for (const CachedOperand& operand : operands) misses.push_back(operand.lines.at(0));
    std::vector<Reuse> reuses(operands.size());
    for (std::size_t loop = 0; loop < loops.size(); ++loop) {
        for (std::size_t i = 0; i < operands.size(); ++i) {
            const double growth = std::max(operands[i].lines.at(loop + 1) / operands[i].lines.at(loop), 1.0);
            reuses[i] = {misses[i] * growth / loops[loop], misses[i]};
        }
        const std::vector<double> kept = kept_lines(reuses, shares(operands, loop), lines);
        for (std::size_t i = 0; i < operands.size(); ++i) misses[i] = loops[loop] * reuses[i].misses(kept[i]);
    }
    if (state == CacheState::cold) return misses;
    for (std::size_t i = 0; i < operands.size(); ++i) reuses[i] = {0, misses[i]};
    const std::vector<double> kept = kept_lines(reuses, shares(operands, loops.size()), lines);
    for (std::size_t i = 0; i < operands.size(); ++i) misses[i] = reuses[i].misses(kept[i]);
    return misses;
}

}  // namespace plumbline
