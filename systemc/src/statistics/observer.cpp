// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/observer.hpp"

namespace plumbline::sim {
namespace {

/// Empty where none listens, and no detour where one does.
template <class What>
std::function<void(What)> tell_each(const std::vector<Observer>& observers, std::function<void(What)> Observer::*told)
{
    std::vector<std::function<void(What)>> listening;
    for (const Observer& each : observers) {
        if (each.*told) listening.push_back(each.*told);
    }
    if (listening.empty()) return {};
    if (listening.size() == 1) return listening.front();
    return [listening](What what) {
        for (const auto& tell : listening) tell(what);
    };
}

}  // namespace

Observer tell_all(const std::vector<Observer>& observers)
{
    Observer all;
    all.moving = tell_each(observers, &Observer::moving);
    all.moved = tell_each(observers, &Observer::moved);
    all.stepping = tell_each(observers, &Observer::stepping);
    all.stepped = tell_each(observers, &Observer::stepped);
    all.occupied = tell_each(observers, &Observer::occupied);
    all.abandoned = tell_each(observers, &Observer::abandoned);
    return all;
}

}  // namespace plumbline::sim
