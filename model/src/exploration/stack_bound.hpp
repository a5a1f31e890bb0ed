// SPDX-License-Identifier: Apache-2.0
// What does a stack cost at least, before any of its layers is mapped?
//
// Nothing here asks for a mapping, so that choices without a chance are told at once. Never more than what the planned
// stack is predicted to cost.
//
//     StackFloor floor{{accelerator, estimator}, open};
//     floor.of({TileSize{4, 4}, OverlapMode::h_cached}).energy
#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "exploration/layer_bound.hpp"
#include "planning/open_stack.hpp"

namespace plumbline::detail {

/// Sums of the same energies in another order differ by less.
inline constexpr double kCostRounding = 1e-9;

/// Energy and latency of a stack, or of several one after the other.
struct StackCost {
    double energy = 0;  ///< picojoules
    double cycles = 0;  ///< a whole number, but in bounds

    friend StackCost operator+(StackCost a, StackCost b) { return {a.energy + b.energy, a.cycles + b.cycles}; }
    friend bool operator==(StackCost a, StackCost b) { return a.energy == b.energy && a.cycles == b.cycles; }
};

class StackFloor {
public:
    /// The accelerator and the stack must outlive it.
    StackFloor(Passage passage, const OpenStack& open);

    /// Whatever tile and mode.
    StackCost least() const { return least_; }
    /// Of one choice. \pre its tile has at least one column and row
    StackCost of(StackChoice choice);

private:
    /// A map that enters, all of whose pixels between the first and the last are read.
    struct EnteringMap {
        NodeId node = 0;
        Picojoules pixel{};       ///< to read all of its channels that layers read
        double least_pixels = 0;  ///< that all tiles read together, each counted once
    };
    /// Of tiles along both axes.
    using Work = std::vector<AxisWork>;

    std::vector<EnteringMap> entering_maps() const;
    StackCost of_whole_maps() const;
    double cycles_of(double macs) const;
    Picojoules reading_maps(const Work& across, const Work& down) const;
    const Work& columns(std::int64_t tile, bool cached);
    const Work& rows(std::int64_t tile, bool cached);

    Passage passage_;
    const OpenStack& open_;
    std::vector<EnteringMap> entering_;
    std::vector<LayerFloor> layers_;  ///< by node
    StackCost whole_;                 ///< what no choice changes, but for maps that enter
    std::map<std::tuple<bool, std::int64_t, bool>, Work> known_;
    StackCost least_;
};

}  // namespace plumbline::detail
