// SPDX-License-Identifier: Apache-2.0
#include "cost/uniform/copy_latency.hpp"

#include <algorithm>
#include <map>

#include "cost/copies/copy_port.hpp"

namespace plumbline::detail::uniform {
namespace {

Cycles end_cycles(const Accelerator& accelerator, Place place, Direction direction, Bits amount)
{
    const std::int64_t ticks =
        port_time(timed_port_at(accelerator, place, direction), kTicksPerCycle, WholeTransfer{amount});
    return Cycles{divide_up(ticks, kTicksPerCycle)};
}

/// Cycles from which on and until which a hop needs a port.
struct Busy {
    Cycles begin{};
    Cycles end{};
};

/// By the number of the port.
using PortCalendar = std::map<int, std::vector<Busy>>;

void add_transfer(PortCalendar& calendar, const Accelerator& accelerator, const CopyTransfer& transfer)
{
    Cycles now{};
    for (const Hop& hop : route(accelerator, transfer.from, transfer.to)) {
        const Busy busy{now, now + hop_cycles(accelerator, hop, transfer.amount)};
        calendar[port_number_at(accelerator, hop.from, hop.read)].push_back(busy);
        calendar[port_number_at(accelerator, hop.to, hop.write)].push_back(busy);
        now = busy.end;
    }
}

/// A port that serves several hops is busy for their sum, counted from its first.
Cycles port_latency(const std::vector<Busy>& busy)
{
    if (busy.size() == 1) return busy.front().end;
    Cycles begin = busy.front().begin;
    Cycles end{};
    Cycles total{};
    for (const Busy& each : busy) {
        begin = std::min(begin, each.begin);
        end = std::max(end, each.end);
        total += each.end - each.begin;
    }
    return std::max(end, begin + total);
}

}  // namespace

Cycles hop_cycles(const Accelerator& accelerator, const Hop& hop, Bits amount)
{
    return accelerator.memory(hop.from.memory).timing.access_latency +
           std::max(end_cycles(accelerator, hop.from, hop.read, amount),
                    end_cycles(accelerator, hop.to, hop.write, amount));
}

Cycles copy_latency(const Accelerator& accelerator, const std::vector<CopyTransfer>& transfers)
{
    PortCalendar calendar;
    for (const CopyTransfer& transfer : transfers) add_transfer(calendar, accelerator, transfer);
    Cycles latency{};
    for (const auto& [port, busy] : calendar) latency = std::max(latency, port_latency(busy));
    return latency;
}

}  // namespace plumbline::detail::uniform
