// SPDX-License-Identifier: Apache-2.0
// What does a stack cost at least, before any of its layers is mapped?
//
// Nothing here asks for a mapping, so that choices without a chance are told at once. Never more than what the planned
// stack is predicted to cost.
//
//     const Passage passage{accelerator, estimator};
//     StackFloor floor{passage, open};
//     floor.of({TileSize{4, 4}, OverlapMode::h_cached}).energy
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "exploration/bounds/layer_bound.hpp"
#include "exploration/bounds/stack_cost.hpp"
#include "planning/geometry/axis_work.hpp"
#include "planning/open_stack.hpp"

namespace plumbline::detail {

class StackFloor {
public:
    /// Both must outlive it.
    StackFloor(const Passage& passage, const OpenStack& open);

    /// Whatever tile and mode.
    StackCost least() const { return least_; }
    /// Of one choice. \pre its tile has at least one column and row
    StackCost of(StackChoice choice);
    /// What is known of tiles is forgotten, which takes the most memory.
    void forget()
    {
        columns_.clear();
        rows_.clear();
    }

private:
    friend class ClassFloors;

    /// A map that enters, all of whose pixels between the first and the last are read.
    struct EnteringMap {
        NodeId node = 0;
        Picojoules pixel{};       ///< to read all of its channels that layers read
        double least_pixels = 0;  ///< that all tiles read together, each counted once
    };

    /// Of tiles along one axis, by size and whether neighbours cache.
    using Works = std::map<std::pair<std::int64_t, bool>, AxisWork>;

    std::vector<EnteringMap> entering_maps() const;
    StackCost least_of_all();
    StackCost at_macs(NodeId node, const NodeShare& across, const NodeShare& down) const;
    StackCost of_tile(NodeId node, const NodeShare& across, const NodeShare& down) const;
    StackCost of_node(NodeId node, const AxisWork& across, const AxisWork& down) const;
    Picojoules reading_maps(const AxisWork& across, const AxisWork& down) const;
    AxisWork columns(StackChoice choice) const;
    AxisWork rows(StackChoice choice) const;

    const Passage& passage_;
    const OpenStack& open_;
    bool square_;
    std::vector<EnteringMap> entering_;
    std::vector<LayerFloor> layers_;  ///< by node
    std::map<LayerId, NodeId> nodes_;
    Works columns_;  ///< and rows, of a square stack
    Works rows_;
    StackCost least_;
};

/// The part of a choice's bound that adds up from its tile classes.
class ClassFloors {
public:
    /// All must outlive it.
    ClassFloors(const StackFloor& floor, StackChoice choice);

    StackCost all() const;
    /// Of so many tiles, all of which are like those of a class.
    StackCost of(const TileClass& like, std::int64_t tiles) const;

private:
    const StackFloor& floor_;
    AxisWork columns_;
    AxisWork rows_;
    TileGrid grid_;
};

}  // namespace plumbline::detail
