// SPDX-License-Identifier: Apache-2.0
// How fast transfers proceed that want the same ports at the same time.
//
// A port moves one word a cycle, or fewer if it is idle in between (PortIdle), and shares its cycles max-min fairly: every
// user gets the same share, unless it needs less because it has to wait elsewhere; what it leaves is for the others. A
// transfer proceeds as fast as the most contended of its ports allows. This is what arbitration word by word in turn amounts
// to, over many words.
//
//     MaxMinFairness fairness{ports};
//     fairness.rates({a, b}, rates);  // rates[0]: the fraction of `a` that gets done in a cycle
#pragma once

#include <cstddef>
#include <vector>

#include "arbitration/port_request.hpp"

namespace plumbline::sim {

class MaxMinFairness {
public:
    explicit MaxMinFairness(std::size_t ports, const PortIdle& idle = {});

    /// Per request, the fraction done per cycle. The order of requests does not matter beyond rounding.
    void rates(const std::vector<PortRequest>& requests, std::vector<double>& rates);

private:
    struct User {
        std::size_t request;
        double cycles;
    };

    void enter(const std::vector<PortRequest>& requests);
    double rate(const PortRequest& request) const;
    double rate_elsewhere(const PortRequest& request, PortIndex port) const;
    double fair_level(PortIndex port, const std::vector<PortRequest>& requests);
    bool settle(const std::vector<PortRequest>& requests);
    void respect_capacity(std::vector<double>& rates) const;

    double cycles(PortUse use) const { return static_cast<double>(use.slots) * cycles_per_word_[use.port]; }

    std::vector<double> cycles_per_word_;  ///< of ports
    std::vector<double> level_;            ///< share of a port's cycles that each of its users may take at most
    std::vector<std::vector<User>> users_;
    std::vector<PortIndex> contended_;
    std::vector<double> wanted_;
};

}  // namespace plumbline::sim
