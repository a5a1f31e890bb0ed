// SPDX-License-Identifier: Apache-2.0
#include "plumbline/plan.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "description/mapping_links.hpp"
#include "planning/geometry/equal_layers.hpp"
#include "planning/geometry/read_steps.hpp"
#include "planning/geometry/stack_graph.hpp"
#include "planning/geometry/tile_grid.hpp"
#include "planning/memory/cache_placement.hpp"
#include "planning/open_stack.hpp"
#include "planning/stack_cuts.hpp"
#include "planning/tile_kinds.hpp"
#include "planning/tile_steps.hpp"
#include "plumbline/error.hpp"

namespace plumbline {
namespace {

/// Where tiles lie on the stack's output.
struct TileGridAxes {
    detail::GridAxis columns;
    detail::GridAxis rows;
};

class StackPlanner {
public:
    StackPlanner(const detail::PlanSetting& setting, const detail::OpenStack& open, StackChoice choice,
                 detail::ClassListener* listener)
        : setting_{setting},
          accelerator_{setting.accelerator},
          graph_{open.graph},
          listener_{listener},
          grid_{open.columns(choice.tile.x), open.rows(choice.tile.y)},
          tiles_{open.graph, outputs(), !detail::counts_exactly(setting.capacity, open.graph)},
          all_weights_{detail::weight_bits(open.graph)}
    {
        stack_.mode = choice.mode;
        stack_.tile = {grid_.columns.tile, grid_.rows.tile};
        stack_.grid = {grid_.columns.tiles(), grid_.rows.tiles()};
        for (const detail::StackNode& node : graph_.nodes)
            if (node.layer != nullptr) stack_.layers.push_back(node.layer->id);
        rows_ = classes_along(grid_.rows, detail::rows_along(choice.mode == OverlapMode::fully_cached));
        columns_ = classes_along(grid_.columns, detail::columns_along(choice.mode != OverlapMode::fully_recompute));
        row_kinds_ = detail::kinds_of(rows_);
        column_kinds_ = detail::kinds_of(columns_);
    }

    /// Classes are in it unless there is a listener.
    Outcome<Stack> plan()
    {
        choose_shared_levels();
        auto problem = plan_tiles();
        while (problem && !enough_ && setting_.capacity == CapacityPolicy::reserved && raise_weights())
            problem = plan_tiles();
        if (problem) return *problem;
        if (setting_.proof != nullptr) setting_.proof->add(proof_);
        return std::move(stack_);
    }

private:
    using GridClass = detail::GridClass;
    detail::MapPart outputs() const
    {
        return {{grid_.columns.begin, grid_.columns.begin + grid_.columns.map},
                {grid_.rows.begin, grid_.rows.begin + grid_.rows.map}};
    }

    std::vector<GridClass> classes_along(const detail::GridAxis& axis, const detail::TileAxis& along) const
    {
        return graph_.bounded ? detail::grid_classes_at_edges(graph_, axis, along) : detail::grid_classes(axis, false);
    }

    std::optional<Infeasible> plan_tiles()
    {
        const auto classes = detail::planned_classes(
            second_column_differs() ? detail::grid_classes(grid_.columns, true) : columns_, rows_);
        auto kinds = detail::alike_classes(classes);
        if (listener_ != nullptr) {
            listener_->begin(classes.size(), !may_raise_weights());
            std::stable_sort(kinds.begin(), kinds.end(),
                             [](const auto& a, const auto& b) { return a.tiles > b.tiles; });
        }
        proof_ = {};
        stack_.classes.assign(listener_ == nullptr ? classes.size() : 0, {});
        for (const detail::AlikeClasses& alike : kinds)
            if (auto problem = plan_alike(classes, alike)) return problem;
        return std::nullopt;
    }

    /// Whether others may miss the space of weights: not where all maps lie elsewhere, or beside them.
    bool may_raise_weights() const
    {
        if (setting_.capacity != CapacityPolicy::reserved || !weights_ || *weights_ == accelerator_.top()) return false;
        const Memory& memory = accelerator_.memory(*weights_);
        if (!memory.serves(MemoryOperand::o) && !memory.serves(detail::activation_operand(graph_))) return false;
        return memory.size < all_weights_ + all_maps();
    }

    /// More than what a tile needs of all maps and leaves of them, in whole lanes.
    Bits all_maps() const
    {
        constexpr std::int64_t kWholeLanes = 2;
        Bits most{};
        for (const auto& [tile, demand] : demands_) {
            Bits bits = demand.caches.columns + demand.caches.rows;
            for (detail::NodeId id = 0; id < graph_.nodes.size(); ++id) {
                const detail::StackNode& node = graph_.nodes[id];
                const detail::Extent& map = (*demand.cached_tiles)[id].needed;
                const Bits sums = node.layer != nullptr ? node.layer->output.precision : Bits{};
                bits += std::max(node.precision, sums) * (node.channels * map.x * map.y);
            }
            most = std::max(most, bits * kWholeLanes);
        }
        return most;
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

    /// Without edges, all tiles but the first are of one kind.
    const detail::TileDemand& demand(const GridClass& column, const GridClass& row)
    {
        const auto kind_of = [&](const GridClass& along) {
            return graph_.bounded ? along.first_alike : std::min<std::int64_t>(along.tiles.first, 1);
        };
        const std::pair<std::int64_t, std::int64_t> key{kind_of(column), kind_of(row)};
        const auto known = demands_.find(key);
        if (known != demands_.end()) return known->second;
        return demands_
            .emplace(key, detail::tile_demand({accelerator_, tiles_, setting_.capacity}, stack_.mode,
                                              tile_kind(column, row)))
            .first->second;
    }

    detail::TileKind tile_kind(const GridClass& column, const GridClass& row) const
    {
        const detail::TilePlace place{{column.begin, row.begin}, {grid_.columns.tile, grid_.rows.tile}, outputs()};
        return {{column.size, row.size}, column.first(), row.first(), place};
    }

    /// Position in the hierarchy: memories are listed outwards.
    static void raise(std::optional<MemoryId>& level, std::optional<MemoryId> other)
    {
        if (other && (!level || *other > *level)) level = other;
    }

    /// Row cache and weights are one memory for the whole stack: the highest that any tile asks for.
    void choose_shared_levels()
    {
        for (const GridClass& column : column_kinds_)
            for (const GridClass& row : row_kinds_) {
                raise(row_cache_, demand(column, row).row_cache);
                raise(weights_, demand(column, row).weights);
            }
    }

    /// Tiles may be narrower than what their neighbours share: what one leaves is then read by more than the next.
    bool columns_pass_a_tile(const GridClass& row)
    {
        const detail::TileSizes& tiles = *demand(columns_.back(), row).cached_tiles;
        return std::any_of(tiles.begin(), tiles.end(),
                           [](const detail::NodeTile& tile) { return tile.left.x > tile.computed.x; });
    }

    /// A column cache is shared with the neighbour to the right, or with all of the row: the highest of their demands.
    /// \pre there are several columns
    std::optional<MemoryId> columns_left_by(const GridClass& column, const GridClass& row)
    {
        std::optional<MemoryId> level = demand(column, row).column_cache;
        raise(level, demand(columns_.back(), row).column_cache);
        if (graph_.bounded) {
            for (const GridClass& any : column_kinds_) raise(level, demand(any, row).column_cache);
        } else if (setting_.capacity == CapacityPolicy::reserved && columns_pass_a_tile(row)) {
            raise(level, demand(columns_.front(), row).column_cache);
        }
        return level;
    }

    bool second_column_differs()
    {
        if (stack_.grid.columns < 3 || graph_.bounded) return false;
        return std::any_of(rows_.begin(), rows_.end(), [&](const GridClass& row) {
            return columns_left_by(columns_.front(), row) != columns_left_by(columns_.back(), row);
        });
    }

    detail::TileCaches caches_of(const GridClass& column, const GridClass& row)
    {
        detail::TileCaches caches;
        const GridClass& left = column.tiles.first == 1 && column.tiles.count == 1 ? columns_.front() : column;
        if (!column.first()) caches.columns_from = columns_left_by(left, row);
        if (!column.last()) caches.columns_to = columns_left_by(column, row);
        if (!row.first()) caches.rows_from = row_cache_;
        if (!row.last()) caches.rows_to = row_cache_;
        return caches;
    }

    // --- tile classes ------------------------------------------------------------------------------------------------

    /// Steps of the first class do for all.
    std::optional<Infeasible> plan_alike(const std::vector<detail::PlannedClass>& classes,
                                         const detail::AlikeClasses& alike)
    {
        SearchProof proof;
        auto steps = steps_of(classes[alike.places.front()], proof);
        if (!steps) return Infeasible{steps.reason()};
        if (listener_ != nullptr) return tell(classes, alike, std::move(*steps));
        for (const std::size_t place : alike.places) {
            stack_.classes[place] = made(classes[place]);
            stack_.classes[place].steps = *steps;
            proof_.add(proof);
        }
        return std::nullopt;
    }

    std::optional<Infeasible> tell(const std::vector<detail::PlannedClass>& classes, const detail::AlikeClasses& alike,
                                   std::vector<Step>&& steps)
    {
        std::vector<detail::PlacedClass> placed;
        for (const std::size_t place : alike.places) placed.push_back({place, classes[place].count});
        TileClass first = made(classes[alike.places.front()]);
        first.steps = std::move(steps);
        enough_ = !listener_->add(placed, first);
        if (!enough_) return std::nullopt;
        return Infeasible{"what it costs was of no interest any more"};
    }

    Outcome<std::vector<Step>> steps_of(const detail::PlannedClass& what, SearchProof& proof)
    {
        const bool several = stack_.grid.columns > 1 || stack_.grid.rows > 1;
        const detail::StackPlan shared{accelerator_, graph_,       tiles_,  setting_.capacity, setting_.search,
                                       weights_,     all_weights_, several, setting_.mappings, proof};
        return detail::tile_steps(shared, {tile_kind(what.column, what.row), what.loads_weights,
                                           caches_of(what.column, what.row), &demand(what.column, what.row)});
    }

    /// Without its steps.
    static TileClass made(const detail::PlannedClass& what)
    {
        TileClass made;
        made.size = {what.column.size, what.row.size};
        made.column = what.column.position;
        made.row = what.row.position;
        made.loads_weights = what.loads_weights;
        made.count = what.count;
        if (what.column.at_edges) made.columns = what.column.tiles;
        if (what.row.at_edges) made.rows = what.row.tiles;
        return made;
    }

    const detail::PlanSetting& setting_;
    const Accelerator& accelerator_;
    const detail::StackGraph& graph_;
    detail::ClassListener* listener_;  ///< or none
    bool enough_ = false;              ///< says the listener
    TileGridAxes grid_;
    detail::SizedTiles tiles_;
    Bits all_weights_;
    std::vector<GridClass> columns_;
    std::vector<GridClass> rows_;
    std::vector<GridClass> column_kinds_;  ///< the first of each
    std::vector<GridClass> row_kinds_;
    std::map<std::pair<std::int64_t, std::int64_t>, detail::TileDemand> demands_;
    std::optional<MemoryId> row_cache_;
    std::optional<MemoryId> weights_;
    SearchProof proof_;  ///< of the stack as it is
    Stack stack_;
};

void check_choices(const std::vector<StackChoice>& choices, const std::vector<detail::OpenStack>& stacks)
{
    if (choices.size() != 1 && choices.size() != stacks.size())
        throw InputError("tile", std::to_string(choices.size()) + " tiles for " + std::to_string(stacks.size()) +
                                     " stacks, expected one for all or one for each");
    TileSize largest;
    for (const detail::OpenStack& each : stacks)
        largest = {std::max(largest.x, each.map.size.x), std::max(largest.y, each.map.size.y)};
    for (const StackChoice& choice : choices)
        if (choice.tile.x < 1 || choice.tile.y < 1 || choice.tile.x > largest.x || choice.tile.y > largest.y)
            throw InputError("tile", name_of(choice.tile) + " does not fit the output of any stack, expected at most " +
                                         name_of(largest));
}

}  // namespace

std::vector<detail::OpenStack> detail::open_stacks(const Workload& workload, const MappingRules& rules,
                                                   const std::vector<std::vector<LayerId>>& stacks,
                                                   CapacityPolicy capacity)
{
    for (const Layer& layer : workload.layers()) detail::check_links(rules.rule_for(layer), layer);
    const auto maps = stack_maps(workload, rules, stacks);
    const NetworkPlaces places{workload};
    const EqualLayers equal{workload, rules};
    std::vector<OpenStack> open;
    for (std::size_t i = 0; i < stacks.size(); ++i) {
        StackGraph graph = make_stack_graph(workload, rules, stacks[i], places);
        for (StackNode& node : graph.nodes)
            if (node.layer != nullptr) node.mapped_as = &equal.first_like(*node.layer);
        // DeFiNES fetches all from the first to the last pixel.
        if (counts_exactly(capacity, graph)) leave_out_unread(graph);
        open.push_back({std::move(graph), maps[i]});
    }
    return open;
}

Outcome<Stack> detail::plan_stack(const PlanSetting& setting, const OpenStack& open, StackChoice choice)
{
    return StackPlanner{setting, open, choice, nullptr}.plan();
}

std::optional<Infeasible> detail::plan_classes(const PlanSetting& setting, const OpenStack& open, StackChoice choice,
                                               ClassListener& listener)
{
    const auto stack = StackPlanner{setting, open, choice, &listener}.plan();
    if (stack) return std::nullopt;
    return Infeasible{stack.reason()};
}

detail::TileAxis detail::columns_along(bool cached)
{
    return {&StackEdge::columns, 1, cached, 0, 0, {}, &StackNode::columns, LoopDim::ox};
}

detail::TileAxis detail::rows_along(bool cached)
{
    return {&StackEdge::rows, 1, cached, 0, 0, {}, &StackNode::rows, LoopDim::oy};
}

Outcome<Schedule> plan_schedule(const Accelerator& accelerator, const Workload& workload, const MappingRules& rules,
                                const PlanOptions& options)
{
    const auto stacks =
        detail::split_after(detail::layer_ids(workload), cuts_of(accelerator, workload, rules, options.cuts));
    const auto open = detail::open_stacks(workload, rules, stacks, options.capacity);
    check_choices(options.stacks, open);
    MappingCache own;
    const detail::PlanSetting setting{accelerator, options.capacity, options.search,
                                      options.mappings != nullptr ? *options.mappings : own, options.proof};
    Schedule schedule{accelerator.name(), workload.name(), options.capacity, {}};
    for (std::size_t i = 0; i < open.size(); ++i) {
        const StackChoice& choice = options.stacks.size() == 1 ? options.stacks.front() : options.stacks[i];
        auto stack = detail::plan_stack(setting, open[i], choice);
        if (!stack) return Infeasible{stack.reason()};
        schedule.stacks.push_back(std::move(*stack));
    }
    return schedule;
}

}  // namespace plumbline
