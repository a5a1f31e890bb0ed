// SPDX-License-Identifier: Apache-2.0
#include "plumbline/copy_cost.hpp"

#include "cost/copies/copy_port.hpp"
#include "cost/estimators.hpp"
#include "cost/uniform/copy_latency.hpp"

namespace plumbline {
namespace {

/// Whole granules.
Accesses accesses_of(const Port& port, Bits amount)
{
    return Accesses{static_cast<double>(divide_up(amount.count(), port.granule.count())) * (port.granule / port.width)};
}

Picojoules energy_of(const Memory& memory, Direction direction, Accesses accesses)
{
    return accesses.count() * (is_read(direction) ? memory.read_energy : memory.write_energy);
}

CopyTraffic traffic_at(const Accelerator& accelerator, Place place, Direction direction, Bits amount)
{
    CopyTraffic traffic;
    traffic.place = place;
    traffic.accesses[direction] = accesses_of(detail::port_at(accelerator, place, direction), amount);
    traffic.energy[direction] = energy_of(accelerator.memory(place.memory), direction, traffic.accesses[direction]);
    return traffic;
}

void add(CopyCost& cost, const CopyTraffic& traffic)
{
    CopyCost one;
    for (Direction d : kAllDirections) one.energy += traffic.energy[d];
    one.traffic.push_back(traffic);
    cost += one;
}

}  // namespace

CopyTransferCost transfer_cost(const Accelerator& accelerator, const CopyTransfer& transfer)
{
    CopyTransferCost cost;
    for (const Hop& hop : route(accelerator, transfer.from, transfer.to)) {
        for (const auto& traffic : {traffic_at(accelerator, hop.from, hop.read, transfer.amount),
                                    traffic_at(accelerator, hop.to, hop.write, transfer.amount)})
            for (Direction d : kAllDirections) cost.energy += traffic.energy[d];
        cost.hops.push_back(detail::uniform::hop_cycles(accelerator, hop, transfer.amount));
    }
    return cost;
}

Cycles copy_latency(const Accelerator& accelerator, const std::vector<CopyTransfer>& transfers, Estimator estimator)
{
    return detail::latency_of_copies(accelerator, transfers, estimator);
}

CopyCost copy_cost(const Accelerator& accelerator, const std::vector<CopyTransfer>& transfers, Estimator estimator)
{
    CopyCost cost;
    for (const CopyTransfer& transfer : transfers) {
        for (const Hop& hop : route(accelerator, transfer.from, transfer.to)) {
            add(cost, traffic_at(accelerator, hop.from, hop.read, transfer.amount));
            add(cost, traffic_at(accelerator, hop.to, hop.write, transfer.amount));
        }
    }
    cost.latency = copy_latency(accelerator, transfers, estimator);
    return cost;
}

CopyCost copy_cost(const Accelerator& accelerator, const CopyStep& step, Estimator estimator)
{
    CopyCost cost = copy_cost(accelerator, copy_transfers(step), estimator);
    cost.latency += accelerator.dispatch();
    return cost;
}

}  // namespace plumbline
