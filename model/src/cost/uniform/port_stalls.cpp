// SPDX-License-Identifier: Apache-2.0
#include "cost/uniform/port_stalls.hpp"

#include <algorithm>

namespace plumbline::detail::uniform {
namespace {

/// Cycles below `until` in which one of the first `count` transfers, shortest period first, has its window open.
/// \pre until <= period of the last
std::int64_t open_below(const PeriodicTransfer* transfers, std::size_t count, std::int64_t until)
{
    if (count == 0 || until == 0) return 0;
    const PeriodicTransfer& longest = transfers[count - 1];
    const auto within_one_period = [&](std::int64_t end) {
        const std::int64_t first = std::min(end, longest.allowed);
        return first + open_below(transfers, count - 1, end) - open_below(transfers, count - 1, first);
    };
    const std::int64_t whole = until / longest.period;
    return (whole > 0 ? whole * within_one_period(longest.period) : 0) + within_one_period(until % longest.period);
}

}  // namespace

std::int64_t window_union(PeriodicTransfers transfers)
{
    for (const PeriodicTransfer& transfer : transfers)
        if (transfer.period == transfer.allowed) return transfer.period * transfer.periods;
    std::sort(transfers.begin(), transfers.end(),
              [](const PeriodicTransfer& a, const PeriodicTransfer& b) { return a.period < b.period; });
    const PeriodicTransfer& longest = *(transfers.end() - 1);
    return open_below(transfers.begin(), transfers.size(), longest.period) * longest.periods;
}

std::int64_t port_stall(const PeriodicTransfers& transfers)
{
    if (transfers.size() == 0) return 0;
    if (transfers.size() == 1) return transfers.begin()->balance();
    std::int64_t stalls = 0;
    std::int64_t slack = 0;
    std::int64_t allowed = 0;
    for (const PeriodicTransfer& transfer : transfers) {
        (transfer.balance() > 0 ? stalls : slack) += transfer.balance();
        allowed += transfer.allowed_total();
    }
    return stalls + std::max<std::int64_t>(0, slack + allowed - window_union(transfers));
}

}  // namespace plumbline::detail::uniform
