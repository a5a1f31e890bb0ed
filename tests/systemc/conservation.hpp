// SPDX-License-Identifier: Apache-2.0
// Whether all time of a run is accounted for: of each port and of the MAC array, in each activity and in total.
#pragma once

#include <string>

#include "plumbline/sim/counters.hpp"
#include "statistics/stall_accounting.hpp"

namespace plumbline::sim {

inline Cycles stalls_of(const ArrayActivity& array)
{
    Cycles sum{};
    for (const ArrayWait& wait : array.waits) sum += is_stall(wait.cause) ? wait.cycles : Cycles{};
    return sum;
}
inline Cycles stalls_of(const PortActivity& port)
{
    Cycles sum{};
    for (const PortStall& stall : port.stalls) sum += stall.cycles;
    return sum;
}

/// What is wrong with the time of a port or of the array that had so many cycles; empty: nothing.
template <class Unit>
std::string violation(const Unit& unit, Cycles all)
{
    if (unit.busy < Cycles{} || unit.stalled < Cycles{} || unit.idle < Cycles{}) return "is negative";
    if (unit.busy + unit.stalled + unit.idle != all) return "does not add up";
    return stalls_of(unit) == unit.stalled ? "" : "has causes that do not add up";
}

inline std::string violation(const ArrayActivity& array, const std::vector<PortActivity>& ports, Cycles all)
{
    const std::string of_array = violation<ArrayActivity>(array, all);
    if (!of_array.empty()) return "the MAC array " + of_array;
    for (const PortActivity& port : ports) {
        const std::string of_port = violation<PortActivity>(port, all);
        if (!of_port.empty())
            return "port " + std::to_string(port.port) + " of memory " + std::to_string(port.memory) + ' ' + of_port;
    }
    return "";
}

/// The first violation in any activity, or in the run.
inline std::string violation(const Counters& counters)
{
    for (std::size_t i = 0; i < counters.times.size(); ++i) {
        const ActivityUse& use = counters.uses.at(i);
        const std::string found = violation(use.array, use.ports, counters.times[i].cycles);
        if (!found.empty()) return "in activity " + std::to_string(i) + " " + found;
    }
    return violation(counters.array, counters.ports, counters.cycles);
}

/// The referee sees every cycle: what it noted is the time, without any rounding.
inline bool noted_exactly(const Counters& counters, const StallAccounting& accounting)
{
    for (std::size_t i = 0; i < counters.times.size(); ++i) {
        const ActivityUse& use = counters.uses[i];
        if (accounting.waited(i) != 1000 * use.array.stalled.count()) return false;
        Cycles stalled{};
        for (const PortActivity& port : use.ports) stalled += port.stalled;
        if (accounting.stalled(i) != 1000 * stalled.count()) return false;
    }
    return true;
}

}  // namespace plumbline::sim
