// SPDX-License-Identifier: Apache-2.0
// One stack of a network, before and after it is given a tile and an overlap mode.
//
// Where a stack's maps come from and go to is the top memory, whoever stands before and behind it: what it costs depends
// on its layers, tile and mode alone. So stacks are planned one by one, in any order, and costs of stacks add up.
//
//     const auto open = open_stacks(workload, rules, {{0, 1}, {2}}, CapacityPolicy::reserved);
//     const auto stack = plan_stack(setting, open[1], {TileSize{4, 4}, OverlapMode::h_cached});
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "planning/geometry/stack_graph.hpp"
#include "planning/geometry/tile_grid.hpp"
#include "planning/stack_cuts.hpp"
#include "plumbline/plan.hpp"

namespace plumbline::detail {

struct OpenStack {
    StackGraph graph;
    StackMap map;  ///< of its output

    GridAxis columns(std::int64_t tile) const { return {map.size.x, std::min(tile, map.size.x), map.begin.x}; }
    GridAxis rows(std::int64_t tile) const { return {map.size.y, std::min(tile, map.size.y), map.begin.y}; }
};

/// \param stacks layers of each in topological order, as stack_graph.hpp wants them \throws InputError
std::vector<OpenStack> open_stacks(const Workload& workload, const MappingRules& rules,
                                   const std::vector<std::vector<LayerId>>& stacks, CapacityPolicy capacity);

/// What all stacks of a schedule have in common.
struct PlanSetting {
    const Accelerator& accelerator;
    CapacityPolicy capacity;
    SearchOptions search;
    MappingCache& mappings;
    SearchProof* proof = nullptr;  ///< as PlanOptions::proof
};

/// A class of a stack's tiles: its place among all of them, and how many tiles it has.
struct PlacedClass {
    std::size_t place = 0;
    std::int64_t tiles = 0;
};

/// Told of tile classes as they are planned, those of most tiles first.
class ClassListener {
public:
    virtual ~ClassListener() = default;
    /// Planning begins, or begins anew with weights a level higher, where costs may be less. \param last it will not begin anew
    virtual void begin(std::size_t classes, bool last) = 0;
    /// \param alike classes whose tiles take the same steps \param first of them \return whether to go on
    virtual bool add(const std::vector<PlacedClass>& alike, const TileClass& first) = 0;
};

/// Infeasible where a layer fits no memories on some tile.
Outcome<Stack> plan_stack(const PlanSetting& setting, const OpenStack& open, StackChoice choice);
/// The same, but each class is told and forgotten. \return why there is no stack, or that the listener had enough
std::optional<Infeasible> plan_classes(const PlanSetting& setting, const OpenStack& open, StackChoice choice,
                                       ClassListener& listener);

/// Axes of a stack's tiles, as tile_grid.hpp wants them. \param cached between neighbours
TileAxis columns_along(bool cached);
TileAxis rows_along(bool cached);

}  // namespace plumbline::detail
