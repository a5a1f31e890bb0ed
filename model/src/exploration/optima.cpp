// SPDX-License-Identifier: Apache-2.0
#include "plumbline/optima.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

namespace plumbline {
namespace {

/// Sums of the same energies in another order differ by less.
constexpr double kSame = 1e-9;

std::vector<std::size_t> points_with_cost(const PointCosts& costs)
{
    std::vector<std::size_t> points;
    for (std::size_t i = 0; i < costs.size(); ++i)
        if (costs[i] != nullptr) points.push_back(i);
    return points;
}

}  // namespace

std::optional<Optimum> optimum(const PointCosts& costs, const Goal& goal)
{
    const auto points = points_with_cost(costs);
    if (points.empty()) return std::nullopt;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i : points) least = std::min(least, goal.value(*costs[i]));
    Optimum best;
    std::copy_if(points.begin(), points.end(), std::back_inserter(best.ties),
                 [&](std::size_t i) { return goal.value(*costs[i]) <= least * (1 + kSame); });
    const auto before = [&](std::size_t a, std::size_t b) {
        if (costs[a]->latency() != costs[b]->latency()) return costs[a]->latency() < costs[b]->latency();
        return costs[a]->energy(goal.view) < costs[b]->energy(goal.view);
    };
    const auto first = std::min_element(best.ties.begin(), best.ties.end(), before);
    best.index = *first;
    std::rotate(best.ties.begin(), first, std::next(first));
    return best;
}

std::vector<bool> pareto_front(const PointCosts& costs)
{
    auto points = points_with_cost(costs);
    std::stable_sort(points.begin(), points.end(),
                     [&](std::size_t a, std::size_t b) { return costs[a]->energy() < costs[b]->energy(); });
    std::vector<bool> front(costs.size(), false);
    Cycles fastest{std::numeric_limits<std::int64_t>::max()};  // of points with less energy
    for (auto group = points.begin(); group != points.end();) {
        const Picojoules energy = costs[*group]->energy();
        const auto end = std::find_if(group, points.end(), [&](std::size_t i) { return costs[i]->energy() != energy; });
        Cycles least = costs[*group]->latency();
        for (auto i = group; i != end; ++i) least = std::min(least, costs[*i]->latency());
        for (auto i = group; i != end; ++i) front[*i] = costs[*i]->latency() == least && least < fastest;
        fastest = std::min(fastest, least);
        group = end;
    }
    return front;
}

}  // namespace plumbline
