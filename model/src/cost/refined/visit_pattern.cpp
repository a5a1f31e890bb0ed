// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/visit_pattern.hpp"

#include <algorithm>
#include <cmath>

namespace plumbline::detail::refined {
namespace {

/// Of a longer visit a cycle more or less is no matter.
constexpr double kMostIterations = 256;

bool is_near(double a, double b) { return std::abs(a - b) < kSumNoise; }
bool is_whole_number(double number) { return is_near(number, std::round(number)); }

}  // namespace

bool VisitPattern::is_whole(const Iteration& iteration)
{
    return is_whole_number(iteration.cycles) && is_whole_number(iteration.slots);
}

VisitPattern::VisitPattern(const BlockLinks& links, const LoopTime* times, bool sums_come, std::size_t window, int port)
{
    const auto at = static_cast<std::size_t>(port);
    const auto iterations_of = [&](std::size_t position) { return times[position].cycles / times[0].cycles; };
    iterations_ = iterations_of(window);
    later_ = {times[0].cycles, times[0].busy[at]};
    const bool waits_for_nothing =
        is_whole_number(iterations_) && is_near(times[window].busy[at], iterations_ * later_.slots);
    if (!waits_for_nothing || iterations_ > kMostIterations) return;
    if (links.first != nullptr && links.sums.port != kNoPort && links.rounds > 1) {
        // Other sums may begin later in the visit.
        if (!sums_come && window > links.same_sums) return;
        first_ = {links.first->cycles, links.first->busy[at]};
        const auto others = [&](double mean, double first) {
            return (links.rounds * mean - first) / (links.rounds - 1);
        };
        later_ = {others(later_.cycles, first_.cycles), others(later_.slots, first_.slots)};
        firsts_ = sums_come ? 0 : iterations_of(std::min(links.first_sums, window));
    }
    known_ = is_whole_number(firsts_) && is_whole(first_) && is_whole(later_);
}

double VisitPattern::left_after(double latency) const
{
    double left = 0;
    double begin = 0;
    for (double i = 0; i < std::round(iterations_); ++i) {
        const Iteration& each = i < std::round(firsts_) ? first_ : later_;
        left += std::max(0.0, begin + each.cycles - std::max(latency, begin + each.slots));
        begin += each.cycles;
    }
    return left;
}

}  // namespace plumbline::detail::refined
