// SPDX-License-Identifier: Apache-2.0
// How long a stretch of iterations takes, alone or while transfers contend for its ports: found by going through it word
// by word, once.
//
// The array's traffic comes in bursts and its links wait for each other, so the time of a stretch is not the sum of its
// slots at any port, and depends on how far ahead or behind its links were when it began: their state. Layers repeat
// themselves, and so do states; what has been rehearsed is remembered. Transfers that contend with a stretch are taken
// to be endless: what results are rates, which hold as long as nobody comes or goes. Ports serve those that want them
// in turn, a word at a time.
//
//     Rehearsals rehearsals;
//     Act act{&scene, rehearsals.first(scene, turns)};
//     const Pace& pace = rehearsals.pace(act, {{3, &transfer.uses}});
#pragma once

#include <array>
#include <deque>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "plumbline/sim/scene.hpp"

namespace plumbline::sim {

/// How far fine links are ahead or behind at the end of an iteration. Numbered.
using StateId = std::int64_t;

/// Per stream: iterations from here on whose blocks have come to the lowest link that is not fine.
using Limits = std::array<std::int64_t, kStreams>;
inline constexpr std::int64_t kUnlimited = std::numeric_limits<std::int64_t>::max();
inline constexpr Limits kNoLimits{kUnlimited, kUnlimited, kUnlimited, kUnlimited, kUnlimited};

/// A transfer that contends with an act.
struct Contender {
    std::size_t requester = 0;
    const std::vector<PortUse>* uses = nullptr;
};

/// A scene and how it begins.
struct Act {
    const Scene* scene = nullptr;
    StateId state = 0;
    Limits limits = kNoLimits;
    Limits lifts = kNoLimits;           ///< per stream: cycle from which on there is no limit
    StateId end = 0;                    ///< how it ends, at the pace it had last
    std::vector<Contender> contenders;  ///< that it had last
};

struct Pace {
    double cycles = 0;  ///< from the end of the iteration before to the end of the last
    StateId end = 0;
    std::vector<double> rates;  ///< of contenders: fraction per cycle
};

/// Scenes and uses must outlive it.
class Rehearsals {
public:
    explicit Rehearsals(Rests rests = {}) : rests_{std::move(rests)} {}

    /// Before the first iteration of a layer: the first blocks are there, and each port will ask first whom `turns` says.
    StateId first(const Scene& scene, const std::vector<std::size_t>& turns);
    const Pace& pace(const Act& act, const std::vector<Contender>& contenders);
    /// State when the array has waited for so many cycles before the act.
    StateId rested(const Act& act, std::int64_t cycles);
    /// Cycles from the end of a scene until all sums that leave have left.
    std::int64_t tail(const Scene& scene, StateId end);

private:
    using State = std::vector<std::int64_t>;
    using Key = std::vector<std::int64_t>;
    StateId number(State state);

    Rests rests_;
    std::map<State, StateId> numbers_;
    std::deque<State> states_;
    std::map<Key, Pace> paces_;
    std::map<Key, StateId> rested_;
    std::map<Key, std::int64_t> tails_;
    Key key_;
};

}  // namespace plumbline::sim
