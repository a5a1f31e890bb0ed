// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/copy_latency.hpp"

#include "cost/copies/copy_port.hpp"
#include "cost/layer/concurrent_transfers.hpp"
#include "cost/refined/read_latency.hpp"

namespace plumbline::detail::refined {
namespace {

/// One word (or burst) after the other; the last ones may be partly filled.
PortUse port_use(const Accelerator& accelerator, Place place, Direction direction, Bits amount)
{
    const auto pieces = [&](std::int64_t size) { return static_cast<double>(WholeTransfer{amount}(size)); };
    return {port_number_at(accelerator, place, direction),
            port_time(timed_port_at(accelerator, place, direction), 1.0, pieces)};
}

PortTransfer port_transfer(const Accelerator& accelerator, const Hop& hop, Bits amount)
{
    return {{port_use(accelerator, hop.from, hop.read, amount), port_use(accelerator, hop.to, hop.write, amount)},
            read_latency(accelerator.memory(hop.from.memory).latency)};
}

}  // namespace

Cycles copy_latency(const Accelerator& accelerator, const std::vector<CopyTransfer>& transfers)
{
    std::vector<std::vector<PortTransfer>> rows;
    for (const CopyTransfer& transfer : transfers) {
        rows.emplace_back();
        for (const Hop& hop : route(accelerator, transfer.from, transfer.to))
            rows.back().push_back(port_transfer(accelerator, hop, transfer.amount));
    }
    return Cycles{round_up(cycles_side_by_side(rows), kSumNoise)};
}

}  // namespace plumbline::detail::refined
