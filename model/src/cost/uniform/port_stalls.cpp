// SPDX-License-Identifier: Apache-2.0
#include "cost/uniform/port_stalls.hpp"

#include <algorithm>

namespace plumbline::detail {
namespace {

/// Cycles below `until` in which one of the first `count` duties, shortest period first, has its window open.
/// \pre until <= period of the last
std::int64_t open_below(const Duty* duties, std::size_t count, std::int64_t until)
{
    if (count == 0 || until == 0) return 0;
    const Duty& longest = duties[count - 1];
    const auto within_one_period = [&](std::int64_t end) {
        const std::int64_t first = std::min(end, longest.allowed);
        return first + open_below(duties, count - 1, end) - open_below(duties, count - 1, first);
    };
    const std::int64_t whole = until / longest.period;
    return (whole > 0 ? whole * within_one_period(longest.period) : 0) + within_one_period(until % longest.period);
}

}  // namespace

std::int64_t window_union(Duties duties)
{
    for (const Duty& duty : duties)
        if (duty.period == duty.allowed) return duty.period * duty.periods;
    std::sort(duties.begin(), duties.end(), [](const Duty& a, const Duty& b) { return a.period < b.period; });
    const Duty& longest = *(duties.end() - 1);
    return open_below(duties.begin(), duties.size(), longest.period) * longest.periods;
}

std::int64_t port_stall(const Duties& duties)
{
    if (duties.size() == 0) return 0;
    if (duties.size() == 1) return duties.begin()->balance();
    std::int64_t stalls = 0;
    std::int64_t slack = 0;
    std::int64_t allowed = 0;
    for (const Duty& duty : duties) {
        (duty.balance() > 0 ? stalls : slack) += duty.balance();
        allowed += duty.allowed_total();
    }
    return stalls + std::max<std::int64_t>(0, slack + allowed - window_union(duties));
}

}  // namespace plumbline::detail
