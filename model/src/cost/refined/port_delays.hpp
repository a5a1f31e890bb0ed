// SPDX-License-Identifier: Apache-2.0
// By how much do transfers of one change delay iterations and each other, if several do so at several ports?
//
//     delays.add(port, begin, latency, cycles, slots);
//     stall += delays.sum(idle);
#pragma once

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <limits>

#include "cost/refined/blocks/lanes.hpp"

namespace plumbline::detail::refined {

/// Delays of others by transfers of one change, each while it moves. Those at different ports overlap as far as they are at the
/// same time; a latency before is no matter, since iterations that wait at one port have long been served at the others.
class PortDelays {
public:
    using Ports = std::bitset<kMaxPorts>;

    /// \param begin cycles after the change \param slots of a delay, spread over so many cycles after a latency
    /// \param ports of the transfer
    void add(std::size_t port, double begin, double latency, double cycles, double slots, const Ports& ports)
    {
        if (slots <= 0) return;
        apart_ = apart_ || (count_ > 0 && port != delay_[0].port);
        delay_[count_++] = {port, begin, begin + cycles, slots / cycles, latency, ports};
    }

    /// Cycles: from one begin or end to the next, those of the port with most.
    /// \param idle cycles after the change in which iterations wait, so that who moves then delays none
    /// \param taken ports at which nobody else moves meanwhile
    double sum(double idle, const Ports& taken)
    {
        for (Delay* each = delay_.data(); idle > 0 && each != end(); ++each) {
            if ((each->ports & taken).any()) continue;
            const double beside = each->end + each->latency - std::max(idle, each->begin + each->latency);
            each->rate *= std::max(0.0, beside) / (each->end - each->begin);
        }
        double sum = 0;
        if (!apart_) {
            for (const Delay& each : *this) sum += each.rate * (each.end - each.begin);
            return sum;
        }
        for (double from = 0; from < kEnd;) {
            double to = kEnd;
            for (const Delay& each : *this)
                for (double time : {each.begin, each.end})
                    if (time > from) to = std::min(to, time);
            if (to == kEnd) break;
            sum += (to - from) * most_between(from, to);
            from = to;
        }
        return sum;
    }

private:
    static constexpr double kEnd = std::numeric_limits<double>::infinity();
    struct Delay {
        std::size_t port;
        double begin;
        double end;
        double rate;  ///< slots in a cycle
        double latency;
        Ports ports;
    };
    const Delay* begin() const { return delay_.data(); }
    const Delay* end() const { return delay_.data() + count_; }

    double most_between(double from, double to) const
    {
        double most = 0;
        for (const Delay& first : *this) {
            double rate = 0;
            for (const Delay& each : *this)
                if (each.port == first.port && each.begin <= from && each.end >= to) rate += each.rate;
            most = std::max(most, rate);
        }
        return most;
    }

    std::array<Delay, 4 * kMaxOperands * kMaxLevels> delay_;  // not initialised
    std::size_t count_ = 0;
    bool apart_ = false;  ///< at more than one port
};

}  // namespace plumbline::detail::refined
