// SPDX-License-Identifier: Apache-2.0
#include "arbitration/max_min_fairness.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace plumbline::sim {
namespace {

constexpr double kTolerance = 1e-12;
/// Levels of ports depend on each other; a handful of rounds settles them in all but contrived cases.
constexpr int kRounds = 64;

/// Water-filling: the level at which the demands, each cut off at it, fill one port.
double fill_level(std::vector<double>& wanted)
{
    std::sort(wanted.begin(), wanted.end());
    double left = 1;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const double share = left / static_cast<double>(wanted.size() - i);
        if (wanted[i] >= share) return share;
        left -= wanted[i];
    }
    return 1;
}

}  // namespace

MaxMinFairness::MaxMinFairness(std::size_t ports, const PortIdle& idle)
    : cycles_per_word_(ports, 1.0),
      level_(ports, 1.0),
      users_(ports)
{
    for (std::size_t i = 0; i < idle.size(); ++i) cycles_per_word_[i] = cycles_per_word(idle[i]);
}

void MaxMinFairness::enter(const std::vector<PortRequest>& requests)
{
    for (auto& users : users_) users.clear();
    for (std::size_t i = 0; i < requests.size(); ++i) {
        for (PortUse use : *requests[i].uses) users_[use.port].push_back({i, cycles(use)});
    }
    contended_.clear();
    for (PortIndex port = 0; port < users_.size(); ++port) {
        level_[port] = 1;
        if (users_[port].size() > 1) contended_.push_back(port);
    }
}

double MaxMinFairness::rate(const PortRequest& request) const { return rate_elsewhere(request, level_.size()); }

double MaxMinFairness::rate_elsewhere(const PortRequest& request, PortIndex port) const
{
    double least = request.least_cycles;
    for (PortUse use : *request.uses) {
        if (use.port != port) least = std::max(least, cycles(use) / level_[use.port]);
    }
    return least > 0 ? 1 / least : std::numeric_limits<double>::infinity();
}

double MaxMinFairness::fair_level(PortIndex port, const std::vector<PortRequest>& requests)
{
    wanted_.clear();
    for (User user : users_[port]) wanted_.push_back(user.cycles * rate_elsewhere(requests[user.request], port));
    return fill_level(wanted_);
}

/// Whether nothing changed.
bool MaxMinFairness::settle(const std::vector<PortRequest>& requests)
{
    bool settled = true;
    for (PortIndex port : contended_) {
        const double level = fair_level(port, requests);
        settled = settled && std::abs(level - level_[port]) < kTolerance;
        level_[port] = level;
    }
    return settled;
}

void MaxMinFairness::respect_capacity(std::vector<double>& rates) const
{
    for (PortIndex port : contended_) {
        double taken = 0;
        for (User user : users_[port]) taken += user.cycles * rates[user.request];
        if (taken <= 1 + kTolerance) continue;
        for (User user : users_[port]) rates[user.request] /= taken;
    }
}

void MaxMinFairness::rates(const std::vector<PortRequest>& requests, std::vector<double>& rates)
{
    enter(requests);
    for (int round = 0; round < kRounds && !settle(requests); ++round) {}
    rates.clear();
    for (const PortRequest& request : requests) rates.push_back(rate(request));
    respect_capacity(rates);
}

}  // namespace plumbline::sim
