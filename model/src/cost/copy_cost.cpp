// SPDX-License-Identifier: Apache-2.0
#include "plumbline/copy_cost.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "cost/layer/concurrent_transfers.hpp"
#include "cost/layer/port_timing.hpp"
#include "plumbline/error.hpp"

namespace plumbline {
namespace {

Place at_level(const Accelerator& accelerator, MemoryOperand operand, std::size_t level)
{
    return {operand, accelerator.levels(operand).at(level)};
}

/// Lowest memory at or above `from` that also serves the other operand, at or above `to`.
MemoryId meeting_point(const Accelerator& accelerator, Place from, Place to)
{
    const auto& levels = accelerator.levels(from.operand);
    const std::size_t start = *accelerator.level_of(from.operand, from.memory);
    const std::size_t other = *accelerator.level_of(to.operand, to.memory);
    for (std::size_t level = start; level < levels.size(); ++level) {
        const auto theirs = accelerator.level_of(to.operand, levels[level]);
        if (theirs && *theirs >= other) return levels[level];
    }
    throw InputError("copy", "no memory joins " + accelerator.memory(from.memory).name + " and " +
                                 accelerator.memory(to.memory).name);
}

void climb(std::vector<Hop>& hops, const Accelerator& accelerator, MemoryOperand operand, MemoryId from, MemoryId to)
{
    const std::size_t last = *accelerator.level_of(operand, to);
    for (std::size_t level = *accelerator.level_of(operand, from); level < last; ++level)
        hops.push_back({at_level(accelerator, operand, level), Direction::read_up,
                        at_level(accelerator, operand, level + 1), Direction::write_from_down});
}

void descend(std::vector<Hop>& hops, const Accelerator& accelerator, MemoryOperand operand, MemoryId from, MemoryId to)
{
    const std::size_t last = *accelerator.level_of(operand, to);
    for (std::size_t level = *accelerator.level_of(operand, from); level > last; --level)
        hops.push_back({at_level(accelerator, operand, level), Direction::read_down,
                        at_level(accelerator, operand, level - 1), Direction::write_from_up});
}

void check_place(const Accelerator& accelerator, Place place)
{
    if (place.memory >= accelerator.memories().size() || !accelerator.level_of(place.operand, place.memory))
        throw InputError("copy", "memory does not serve operand " + std::string{name_of(place.operand)});
}

const Port& port_at(const Accelerator& accelerator, Place place, Direction direction)
{
    return accelerator.port(place.memory, place.operand, direction);
}

Accesses accesses_of(const Port& port, Bits amount)
{
    return Accesses{static_cast<double>(divide_up(amount.count(), port.granule.count())) * (port.granule / port.width)};
}

Picojoules energy_of(const Memory& memory, Direction direction, Accesses accesses)
{
    return accesses.count() * (is_read(direction) ? memory.read_energy : memory.write_energy);
}

/// At one end of a hop, alone.
Cycles end_cycles(const Accelerator& accelerator, Place place, Direction direction, Bits amount)
{
    const Cycles words = transfer_cycles(amount, port_at(accelerator, place, direction).width);
    const MemoryTiming& timing = accelerator.memory(place.memory).timing;
    if (timing.neutral()) return words;
    const std::int64_t moving = words.count() * (detail::kTicksPerCycle + timing.idle_per_word);
    return Cycles{divide_up(moving + detail::lost_ticks(timing, amount.count()), detail::kTicksPerCycle)};
}

Cycles hop_cycles(const Accelerator& accelerator, const Hop& hop, Bits amount)
{
    return accelerator.memory(hop.from.memory).timing.access_latency +
           std::max(end_cycles(accelerator, hop.from, hop.read, amount),
                    end_cycles(accelerator, hop.to, hop.write, amount));
}

struct Busy {
    Cycles begin{};
    Cycles end{};
};

using PortKey = std::pair<MemoryId, PortId>;
using PortCalendar = std::map<PortKey, std::vector<Busy>>;

PortKey port_key(const Accelerator& accelerator, Place place, Direction direction)
{
    return {place.memory, *accelerator.memory(place.memory).service(place.operand)->port[direction]};
}

/// A port that serves several movements is busy for their sum, counted from its first.
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

CopyTraffic traffic_at(const Accelerator& accelerator, Place place, Direction direction, Bits amount)
{
    CopyTraffic traffic;
    traffic.place = place;
    traffic.accesses[direction] = accesses_of(port_at(accelerator, place, direction), amount);
    traffic.energy[direction] = energy_of(accelerator.memory(place.memory), direction, traffic.accesses[direction]);
    return traffic;
}

void book(CopyCost& cost, const CopyTraffic& traffic)
{
    CopyCost one;
    for (Direction d : kAllDirections) one.energy += traffic.energy[d];
    one.traffic.push_back(traffic);
    cost += one;
}

void add_movement(PortCalendar& calendar, const Accelerator& accelerator, const CopyTransfer& movement)
{
    Cycles now{};
    for (const Hop& hop : route(accelerator, movement.from, movement.to)) {
        const Busy busy{now, now + hop_cycles(accelerator, hop, movement.amount)};
        calendar[port_key(accelerator, hop.from, hop.read)].push_back(busy);
        calendar[port_key(accelerator, hop.to, hop.write)].push_back(busy);
        now = busy.end;
    }
}

/// Ports of one movement after the other.
Cycles queued_latency(const Accelerator& accelerator, const std::vector<CopyTransfer>& movements)
{
    PortCalendar calendar;
    for (const CopyTransfer& movement : movements) add_movement(calendar, accelerator, movement);
    Cycles latency{};
    for (const auto& [port, busy] : calendar) latency = std::max(latency, port_latency(busy));
    return latency;
}

/// Numbers ports over all memories.
int port_number(const Accelerator& accelerator, const PortKey& key)
{
    std::size_t number = key.second;
    for (MemoryId id = 0; id < key.first; ++id) number += accelerator.memory(id).ports.size();
    return static_cast<int>(number);
}

detail::PortUse port_use(const Accelerator& accelerator, Place place, Direction direction, Bits amount)
{
    const MemoryTiming& timing = accelerator.memory(place.memory).timing;
    const Cycles words = transfer_cycles(amount, port_at(accelerator, place, direction).width);
    const Cycles bursts = transfer_cycles(amount, timing.burst);
    return {port_number(accelerator, port_key(accelerator, place, direction)),
            detail::slots_of(timing, static_cast<double>(words.count()), static_cast<double>(bursts.count()))};
}

/// Whole cycles; fractions of sums were rounded before.
Cycles shared_latency(const Accelerator& accelerator, const std::vector<CopyTransfer>& movements)
{
    std::vector<std::vector<detail::Move>> rows;
    for (const CopyTransfer& movement : movements) {
        rows.emplace_back();
        for (const Hop& hop : route(accelerator, movement.from, movement.to))
            rows.back().push_back({{port_use(accelerator, hop.from, hop.read, movement.amount),
                                    port_use(accelerator, hop.to, hop.write, movement.amount)},
                                   static_cast<double>(accelerator.memory(hop.from.memory).latency.count() - 1)});
    }
    return Cycles{static_cast<std::int64_t>(std::ceil(detail::cycles_side_by_side(rows) - 1e-6))};
}

}  // namespace

std::vector<Hop> route(const Accelerator& accelerator, Place from, Place to)
{
    check_place(accelerator, from);
    check_place(accelerator, to);
    std::vector<Hop> hops;
    if (from.memory == to.memory) return hops;
    const MemoryId top =
        from.operand == to.operand
            ? (*accelerator.level_of(from.operand, from.memory) < *accelerator.level_of(to.operand, to.memory)
                   ? to.memory
                   : from.memory)
            : meeting_point(accelerator, from, to);
    climb(hops, accelerator, from.operand, from.memory, top);
    descend(hops, accelerator, to.operand, top, to.memory);
    return hops;
}

MovementCost movement_cost(const Accelerator& accelerator, const CopyTransfer& movement)
{
    MovementCost cost;
    for (const Hop& hop : route(accelerator, movement.from, movement.to)) {
        for (const auto& traffic : {traffic_at(accelerator, hop.from, hop.read, movement.amount),
                                    traffic_at(accelerator, hop.to, hop.write, movement.amount)})
            for (Direction d : kAllDirections) cost.energy += traffic.energy[d];
        cost.hops.push_back(hop_cycles(accelerator, hop, movement.amount));
    }
    return cost;
}

Cycles copy_latency(const Accelerator& accelerator, const std::vector<CopyTransfer>& movements, Estimator estimator)
{
    return estimator == Estimator::refined ? shared_latency(accelerator, movements)
                                           : queued_latency(accelerator, movements);
}

CopyCost copy_cost(const Accelerator& accelerator, const std::vector<CopyTransfer>& movements, Estimator estimator)
{
    CopyCost cost;
    for (const CopyTransfer& movement : movements) {
        for (const Hop& hop : route(accelerator, movement.from, movement.to)) {
            book(cost, traffic_at(accelerator, hop.from, hop.read, movement.amount));
            book(cost, traffic_at(accelerator, hop.to, hop.write, movement.amount));
        }
    }
    cost.latency = copy_latency(accelerator, movements, estimator);
    return cost;
}

std::vector<CopyTransfer> movements_of(const CopyStep& step)
{
    std::vector<CopyTransfer> movements;
    for (const Copy& copy : step.copies) movements.push_back({copy.region.size(), copy.from, copy.to});
    return movements;
}

CopyCost copy_cost(const Accelerator& accelerator, const CopyStep& step, Estimator estimator)
{
    CopyCost cost = copy_cost(accelerator, movements_of(step), estimator);
    cost.latency += accelerator.dispatch();
    return cost;
}

}  // namespace plumbline
