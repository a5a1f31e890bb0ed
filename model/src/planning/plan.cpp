// SPDX-License-Identifier: Apache-2.0
#include "plumbline/plan.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "planning/cache_placement.hpp"
#include "planning/read_steps.hpp"
#include "planning/stack_cuts.hpp"
#include "planning/stack_graph.hpp"
#include "planning/tile_steps.hpp"
#include "plumbline/error.hpp"

namespace plumbline {
namespace {

/// Columns (or rows) of the tile grid that behave alike.
struct AxisClass {
    TilePosition position = TilePosition::only;
    std::int64_t size = 1;
    std::int64_t count = 1;

    bool first() const { return position == TilePosition::first || position == TilePosition::only; }
    bool last() const { return position == TilePosition::last || position == TilePosition::only; }
};

/// The left-over tile comes first, as in DeFiNES.
std::vector<AxisClass> axis_classes(std::int64_t map, std::int64_t tile, bool own_second)
{
    const std::int64_t tiles = divide_up(map, tile);
    if (tiles == 1) return {{TilePosition::only, map, 1}};
    std::vector<AxisClass> classes{{TilePosition::first, map - (tiles - 1) * tile, 1}};
    std::int64_t middle = tiles - 2;
    if (own_second && middle > 0) {
        classes.push_back({TilePosition::second, tile, 1});
        --middle;
    }
    if (middle > 0) classes.push_back({TilePosition::middle, tile, middle});
    classes.push_back({TilePosition::last, tile, 1});
    return classes;
}

/// What all stacks of a schedule have in common.
struct Setting {
    const Accelerator& accelerator;
    CapacityPolicy capacity;
    SearchOptions search;
    MappingCache& mappings;
};

class StackPlanner {
public:
    /// \param map of the stack's output
    StackPlanner(const Setting& setting, const detail::StackGraph& graph, StackChoice choice, TileSize map)
        : setting_{setting},
          accelerator_{setting.accelerator},
          graph_{graph},
          map_{map},
          whole_{detail::tile_sizes(graph, map, {})}
    {
        stack_.mode = choice.mode;
        stack_.tile = {std::min(choice.tile.x, map.x), std::min(choice.tile.y, map.y)};
        stack_.grid = {divide_up(map.x, stack_.tile.x), divide_up(map.y, stack_.tile.y)};
        for (const detail::StackNode& node : graph.nodes)
            if (node.layer != nullptr) stack_.layers.push_back(node.layer->id);
    }

    Outcome<Stack> plan()
    {
        choose_shared_levels();
        auto problem = plan_tiles();
        while (problem && setting_.capacity == CapacityPolicy::reserved && raise_weights()) problem = plan_tiles();
        if (problem) return *problem;
        return std::move(stack_);
    }

private:
    std::optional<Infeasible> plan_tiles()
    {
        stack_.classes.clear();
        const bool several = stack_.grid.columns > 1 || stack_.grid.rows > 1;
        const detail::StackPlan shared{accelerator_,    graph_,   whole_,  setting_.capacity,
                                       setting_.search, weights_, several, setting_.mappings};
        const auto rows = axis_classes(map_.y, stack_.tile.y, false);
        for (const AxisClass& row : rows)
            for (const AxisClass& column : axis_classes(map_.x, stack_.tile.x, second_column_differs()))
                if (auto problem = add_classes(shared, column, row)) return problem;
        return std::nullopt;
    }

    /// Weights stay a level higher, where they leave more space to everything else. False where they stay off chip.
    bool raise_weights()
    {
        if (!weights_ || *weights_ == accelerator_.top()) return false;
        const auto& levels = accelerator_.levels(*detail::weight_operand(graph_));
        weights_ = *std::find_if(levels.begin(), levels.end(), [&](MemoryId level) { return level > *weights_; });
        return true;
    }

    // --- levels that all tiles must agree on -------------------------------------------------------------------------

    const detail::TileDemand& demand(bool first_column, bool first_row)
    {
        const auto size_along = [](bool first, std::int64_t map, std::int64_t tile) {
            return first ? map - (divide_up(map, tile) - 1) * tile : tile;
        };
        const std::pair<bool, bool> key{first_column, first_row};
        const auto known = demands_.find(key);
        if (known != demands_.end()) return known->second;
        const detail::TileKind kind{
            {size_along(first_column, map_.x, stack_.tile.x), size_along(first_row, map_.y, stack_.tile.y)},
            first_column,
            first_row};
        return demands_
            .emplace(key, detail::tile_demand({accelerator_, graph_, whole_, setting_.capacity}, stack_.mode, kind))
            .first->second;
    }

    /// Position in the hierarchy: memories are listed outwards.
    static void raise(std::optional<MemoryId>& level, std::optional<MemoryId> other)
    {
        if (other && (!level || *other > *level)) level = other;
    }

    std::vector<bool> kinds_along(std::int64_t tiles) const
    {
        return tiles == 1 ? std::vector<bool>{true} : std::vector<bool>{true, false};
    }

    /// Row cache and weights are one memory for the whole stack: the highest that any tile asks for.
    void choose_shared_levels()
    {
        for (bool first_column : kinds_along(stack_.grid.columns))
            for (bool first_row : kinds_along(stack_.grid.rows)) {
                raise(row_cache_, demand(first_column, first_row).row_cache);
                raise(weights_, demand(first_column, first_row).weights);
            }
    }

    /// Tiles may be narrower than what their neighbours share: what one leaves is then read by more than the next.
    bool columns_pass_a_tile(bool first_row)
    {
        const detail::TileSizes& tiles = demand(false, first_row).cached_tiles;
        return std::any_of(tiles.begin(), tiles.end(),
                           [](const detail::NodeTile& tile) { return tile.left.x > tile.computed.x; });
    }

    /// A column cache is shared with the neighbour to the right, or with all of the row: the highest of their demands.
    std::optional<MemoryId> columns_left_by(bool first_column, bool first_row)
    {
        std::optional<MemoryId> level = demand(first_column, first_row).column_cache;
        raise(level, demand(false, first_row).column_cache);
        if (setting_.capacity == CapacityPolicy::reserved && columns_pass_a_tile(first_row))
            raise(level, demand(true, first_row).column_cache);
        return level;
    }

    bool second_column_differs()
    {
        if (stack_.grid.columns < 3) return false;
        const auto kinds = kinds_along(stack_.grid.rows);
        return std::any_of(kinds.begin(), kinds.end(), [&](bool first_row) {
            return columns_left_by(true, first_row) != columns_left_by(false, first_row);
        });
    }

    detail::TileCaches caches_of(const AxisClass& column, const AxisClass& row)
    {
        detail::TileCaches caches;
        const bool after_first = column.position == TilePosition::second ||
                                 (column.position == TilePosition::last && stack_.grid.columns == 2);
        if (!column.first()) caches.columns_from = columns_left_by(after_first, row.first());
        if (!column.last()) caches.columns_to = columns_left_by(column.first(), row.first());
        if (!row.first()) caches.rows_from = row_cache_;
        if (!row.last()) caches.rows_to = row_cache_;
        return caches;
    }

    // --- tile classes ------------------------------------------------------------------------------------------------

    std::optional<Infeasible> add_classes(const detail::StackPlan& shared, const AxisClass& column,
                                          const AxisClass& row)
    {
        const bool has_first_tile = column.first() && row.first();
        const std::int64_t count = column.count * row.count - (has_first_tile ? 1 : 0);
        if (has_first_tile)
            if (auto problem = add_class(shared, column, row, true, 1)) return problem;
        if (count > 0)
            if (auto problem = add_class(shared, column, row, false, count)) return problem;
        return std::nullopt;
    }

    std::optional<Infeasible> add_class(const detail::StackPlan& shared, const AxisClass& column, const AxisClass& row,
                                        bool loads_weights, std::int64_t count)
    {
        const detail::TilePlan tile{{{column.size, row.size}, column.first(), row.first()},
                                    loads_weights,
                                    caches_of(column, row),
                                    &demand(column.first(), row.first())};
        auto steps = detail::tile_steps(shared, tile);
        if (!steps) return Infeasible{steps.reason()};
        stack_.classes.push_back(
            {tile.kind.size, column.position, row.position, loads_weights, count, std::move(*steps)});
        return std::nullopt;
    }

    const Setting& setting_;
    const Accelerator& accelerator_;
    const detail::StackGraph& graph_;
    TileSize map_;
    detail::TileSizes whole_;
    std::map<std::pair<bool, bool>, detail::TileDemand> demands_;
    std::optional<MemoryId> row_cache_;
    std::optional<MemoryId> weights_;
    Stack stack_;
};

void check_choices(const std::vector<StackChoice>& choices, const std::vector<TileSize>& maps)
{
    if (choices.size() != 1 && choices.size() != maps.size())
        throw InputError("tile", std::to_string(choices.size()) + " tiles for " + std::to_string(maps.size()) +
                                     " stacks, expected one for all or one for each");
    TileSize largest;
    for (const TileSize& map : maps) largest = {std::max(largest.x, map.x), std::max(largest.y, map.y)};
    for (const StackChoice& choice : choices)
        if (choice.tile.x < 1 || choice.tile.y < 1 || choice.tile.x > largest.x || choice.tile.y > largest.y)
            throw InputError("tile", name_of(choice.tile) + " does not fit the output of any stack, expected at most " +
                                         name_of(largest));
}

}  // namespace

Outcome<Schedule> plan_schedule(const Accelerator& accelerator, const Workload& workload, const MappingRules& rules,
                                const PlanOptions& options)
{
    const auto stacks =
        detail::split_after(detail::layer_ids(workload), cuts_of(accelerator, workload, rules, options.cuts));
    const auto maps = detail::stack_maps(workload, rules, stacks);
    check_choices(options.stacks, maps);
    MappingCache own;
    const Setting setting{accelerator, options.capacity, options.search,
                          options.mappings != nullptr ? *options.mappings : own};
    Schedule schedule{accelerator.name(), workload.name(), options.capacity, {}};
    for (std::size_t i = 0; i < stacks.size(); ++i) {
        detail::StackGraph graph = detail::make_stack_graph(workload, rules, stacks[i]);
        // DeFiNES fetches all from the first to the last pixel.
        if (options.capacity == CapacityPolicy::reserved) detail::leave_out_unread(graph);
        const StackChoice& choice = options.stacks.size() == 1 ? options.stacks.front() : options.stacks[i];
        auto stack = StackPlanner{setting, graph, choice, maps[i]}.plan();
        if (!stack) return Infeasible{stack.reason()};
        schedule.stacks.push_back(std::move(*stack));
    }
    return schedule;
}

}  // namespace plumbline
