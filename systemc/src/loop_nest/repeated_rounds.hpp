// SPDX-License-Identifier: Apache-2.0
// Which rounds of the innermost loops of a layer are alike: whatever happens in one happens in the others.
//
// Layers repeat themselves. What an iteration or a visit moves depends on the edges of the tile and on whether sums begin
// or end there; rounds that are equally far from edges, and that neither begin nor end other sums, need looking at only
// once. Items of a round (its iterations, or the visits of a link) are found out the first time and known then.
//
//     Recurring<TransferId> fills{{space, {}, 64}, visits.iterations()};
//     TransferId id = fills.at(visit, [&] { return ask(visit); });
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "loop_nest/iteration_space.hpp"
#include "loop_nest/map_edges.hpp"

namespace plumbline::sim {

/// Of as few of the innermost loops as make that many; of all, if they make fewer.
std::int64_t iterations_of_at_least(const IterationSpace& space, std::int64_t iterations);

class RepeatedRounds {
public:
    /// Rounds of at least so many iterations. Sums run over `reduced`; windows may reach beyond `edges`. The space must
    /// outlive this.
    RepeatedRounds(const IterationSpace& space, DimSet reduced, std::int64_t at_least, std::vector<MapEdges> edges);

    std::int64_t length() const { return length_; }
    /// What distinguishes a round from others: per dimension whether it is at an edge, and at which; of dimensions that
    /// are summed over, whether it is the first or last along them; of windows beyond an edge of the map, which they are; and
    /// of windows on an up-sampled map, where within a feature they begin.
    void add_signs(std::vector<std::int64_t>& signs, std::int64_t round) const;
    /// Number of what it is like.
    std::size_t kind(std::int64_t round);

private:
    void add_sign(std::vector<std::int64_t>& signs, const LoopSizes& steps, const MapEdges& edges) const;

    const IterationSpace* space_;
    DimSet reduced_;
    std::vector<MapEdges> edges_;
    std::int64_t length_;
    LoopSizes steps_;  ///< of one round
    std::map<std::vector<std::int64_t>, std::size_t> known_;
    std::int64_t last_round_ = -1;
    std::size_t last_kind_ = 0;
};

/// Values of items that are equal in alike rounds.
template <class T>
class Recurring {
public:
    /// \pre an item of as many iterations is a round, or part of one
    Recurring(RepeatedRounds rounds, std::int64_t iterations_of_item)
        : rounds_{std::move(rounds)},
          items_{rounds_.length() / iterations_of_item}
    {}

    std::int64_t items() const { return items_; }  ///< of one round

    template <class Find>
    T at(std::int64_t item, Find find)
    {
        const std::size_t kind = rounds_.kind(item / items_);
        if (kind >= known_.size()) known_.resize(kind + 1, Round(static_cast<std::size_t>(items_)));
        std::optional<T>& value = known_[kind][static_cast<std::size_t>(item % items_)];
        if (!value) value = find();
        return *value;
    }

private:
    using Round = std::vector<std::optional<T>>;
    RepeatedRounds rounds_;
    std::int64_t items_;
    std::vector<Round> known_;
};

}  // namespace plumbline::sim
