// SPDX-License-Identifier: Apache-2.0
// Does a schedule fit the accelerator and the workload, and do its tiles fill the feature map?

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "description/basics/bounds.hpp"
#include "description/basics/field_names.hpp"
#include "description/basics/saturating.hpp"
#include "description/step_check.hpp"
#include "plumbline/error.hpp"
#include "plumbline/schedule.hpp"

namespace plumbline {
namespace {

/// What the steps of a tile are checked against.
struct Context {
    const Accelerator& accelerator;
    const Workload& workload;
    const Stack& stack;
};

bool contains(const std::vector<LayerId>& layers, LayerId id)
{
    return std::find(layers.begin(), layers.end(), id) != layers.end();
}

void require_positive(std::int64_t value, const std::string& field)
{
    if (value > 0) return;
    throw InputError{field, "is " + std::to_string(value) + ", expected at least 1"};
}

/// Of what one step lists: sums of that many sizes fit.
void require_count(std::size_t count, const std::string& field)
{
    constexpr std::size_t kMost = 256;
    if (count <= kMost) return;
    throw InputError{field, "has " + std::to_string(count) + " entries, expected at most " + std::to_string(kMost)};
}

/// By name where the workload has it.
std::string text_of(LayerId id, const Workload& workload)
{
    const Layer* layer = workload.find(id);
    return layer == nullptr ? "layer " + std::to_string(id) : "layer '" + layer->name + '\'';
}

void require_in_stack(const Context& context, LayerId id, const std::string& field)
{
    if (contains(context.stack.layers, id)) return;
    throw InputError{field, text_of(id, context.workload) + " is not in this stack"};
}

void check_place(const Accelerator& accelerator, Place place, const std::string& field)
{
    if (place.memory >= accelerator.memories().size()) {
        throw InputError{field, "there is no memory " + std::to_string(place.memory)};
    }
    const Memory& memory = accelerator.memory(place.memory);
    if (memory.serves(place.operand)) return;
    throw InputError{field, memory.name + " does not serve " + std::string{name_of(place.operand)}};
}

void check_copy(const Context& context, const Copy& copy, const std::string& field)
{
    const FeatureRegion& region = copy.region;
    require_positive(region.channels, field + ".region.channels");
    require_positive(region.rows, field + ".region.rows");
    require_positive(region.columns, field + ".region.columns");
    require_positive(region.precision.count(), field + ".region.precision");
    const std::int64_t pixels = saturating_product(region.rows, region.columns);
    const std::int64_t bits = saturating_product(saturating_product(pixels, region.channels), region.precision.count());
    if (bits > kMostMapBits.value()) {
        throw InputError{field + ".region", "has more than " + kMostMapBits.text() + " bits"};
    }
    if (region.producer && context.workload.find(*region.producer) == nullptr) {
        throw InputError{field + ".region.producer", "the workload has no layer " + std::to_string(*region.producer)};
    }
    const std::size_t inputs = context.workload.inputs().size();
    if (!region.producer && region.input >= inputs) {
        throw InputError{field + ".region.input", "is " + std::to_string(region.input) + ", but the workload has " +
                                                      std::to_string(inputs) + " inputs"};
    }
    check_place(context.accelerator, copy.from, field + ".from");
    check_place(context.accelerator, copy.to, field + ".to");
}

void check_step(const Context& context, const CopyStep& step, const std::string& field)
{
    if (step.before_layer) require_in_stack(context, *step.before_layer, field + ".before_layer");
    require_count(step.copies.size(), field + ".copies");
    for (std::size_t i = 0; i < step.copies.size(); ++i) {
        check_copy(context, step.copies[i], indexed(field + ".copies", i));
    }
}

/// Tiles are smaller than the layer along rows and columns, and nowhere else.
void check_tile_sizes(const LoopSizes& tile, const Layer& layer, const std::string& field)
{
    for (LoopDim dim : kAllLoopDims) {
        if (dim == LoopDim::ox || dim == LoopDim::oy || tile[dim] == layer.sizes[dim]) continue;
        throw InputError{field + '.' + std::string{name_of(dim)}, "is " + std::to_string(tile[dim]) +
                                                                      ", expected all of layer '" + layer.name +
                                                                      "': " + std::to_string(layer.sizes[dim])};
    }
}

void check_resident(const Accelerator& accelerator, const Resident& resident, const std::string& field)
{
    if (resident.memory >= accelerator.memories().size())
        throw InputError{field + ".memory", "there is no memory " + std::to_string(resident.memory)};
    if (resident.size < Bits{})
        throw InputError{field + ".size", "is " + std::to_string(resident.size.count()) + ", expected at least 0"};
    require_at_most(kMostMapBits, resident.size.count(), field + ".size", "bits");
}

void check_step(const Context& context, const ComputeStep& step, const std::string& field)
{
    require_count(step.residents.size(), field + ".residents");
    for (std::size_t i = 0; i < step.residents.size(); ++i)
        check_resident(context.accelerator, step.residents[i], indexed(field + ".residents", i));
    require_in_stack(context, step.layer, field + ".layer");
    const Layer& layer = context.workload.layer(step.layer);
    check_tile_sizes(step.mapping.sizes, layer, field + ".mapping.sizes");
    try {
        check(step.mapping, layer, context.accelerator);
    } catch (const InputError& error) {
        throw InputError{field + ".mapping." + error.where().field, error.problem()};
    }
}

/// Each layer once, in the order of the stack. Where maps have edges, a tile may make nothing of a layer's output, since
/// neighbours have made it; the first tile makes something of all.
void check_order(const Context& context, const std::vector<Step>& steps, bool may_leave_out, const std::string& field)
{
    auto next = context.stack.layers.begin();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto* compute = std::get_if<ComputeStep>(&steps[i]);
        if (compute == nullptr) continue;
        if (may_leave_out) next = std::find(next, context.stack.layers.end(), compute->layer);
        if (next == context.stack.layers.end() || compute->layer != *next) {
            throw InputError{
                indexed(field, i) + ".layer",
                "computes " + text_of(compute->layer, context.workload) + ", expected " +
                    (next == context.stack.layers.end() ? "no more layers" : text_of(*next, context.workload)) +
                    " in the order of the stack"};
        }
        ++next;
    }
    if (next == context.stack.layers.end()) return;
    if (may_leave_out && *next != context.stack.layers.back()) return;
    throw InputError{field, text_of(*next, context.workload) + " is never computed"};
}

/// What a step is for, in words of the workload.
std::string text_of(const Step& step, const Context& context)
{
    if (const auto* compute = std::get_if<ComputeStep>(&step)) return text_of(compute->layer, context.workload);
    const auto before = std::get<CopyStep>(step).before_layer;
    return before ? "copies before " + text_of(*before, context.workload) : std::string{"copy of the stack's input"};
}

void check_class(const Context& context, const TileClass& tile, const std::string& field)
{
    require_positive(tile.size.x, field + ".size.x");
    require_positive(tile.size.y, field + ".size.y");
    require_positive(tile.count, field + ".count");
    for (std::int64_t size : {tile.size.x, tile.size.y})
        require_at_most(kMostPositions, size, field + ".size", "columns or rows");
    for (std::size_t i = 0; i < tile.steps.size(); ++i) {
        try {
            std::visit([&](const auto& step) { check_step(context, step, indexed(field + ".steps", i)); },
                       tile.steps[i]);
        } catch (const InputError& error) {
            throw InputError{error.where().field, text_of(tile.steps[i], context) + " on a tile of " +
                                                      name_of(tile.size) + ": " + error.problem()};
        }
    }
    check_order(context, tile.steps, context.workload.bounded() && !tile.loads_weights, field + ".steps");
}

struct Extent {
    std::int64_t map = 1;   ///< columns (or rows) of the stack's output
    std::int64_t tile = 1;  ///< of a full tile
    std::int64_t tiles = 1;
};

/// Extent of a tile: the left-over comes first.
std::int64_t extent_at(TilePosition position, const Extent& axis)
{
    const bool begins = position == TilePosition::first || position == TilePosition::only;
    return begins ? axis.map - (axis.tiles - 1) * axis.tile : axis.tile;
}

void check_grid(const Extent& axis, const std::string& field)
{
    const std::int64_t expected = axis.tile >= axis.map ? 1 : divide_up(axis.map, axis.tile);
    if (axis.tiles == expected) return;
    throw InputError{field, "is " + std::to_string(axis.tiles) + ", but tiles of " + std::to_string(axis.tile) +
                                " cover a map of " + std::to_string(axis.map) + " in " + std::to_string(expected)};
}

void check_extents(const TileClass& tile, const Extent& x, const Extent& y, const std::string& field)
{
    const TileSize expected{extent_at(tile.column, x), extent_at(tile.row, y)};
    if (tile.size == expected) return;
    throw InputError{field + ".size", "is " + std::to_string(tile.size.x) + " x " + std::to_string(tile.size.y) +
                                          ", expected " + std::to_string(expected.x) + " x " +
                                          std::to_string(expected.y) + " at this position"};
}

/// A range of columns (or rows) lies at the position that the class says.
void check_range(const std::optional<TileRange>& range, TilePosition position, std::int64_t tiles,
                 const std::string& field)
{
    if (!range) return;
    const bool inside =
        range->first >= 0 && range->count >= 1 && range->first < tiles && range->count <= tiles - range->first;
    if (!inside)
        throw InputError{field, "has " + std::to_string(range->count) + " from " + std::to_string(range->first) +
                                    " on, expected some of " + std::to_string(tiles)};
    const TilePosition begin = position_of(range->first, tiles);
    const TilePosition end = position_of(range->first + range->count - 1, tiles);
    if (begin == position && end == position) return;
    throw InputError{field, "reaches from the " + std::string{name_of(begin)} + " to the " + std::string{name_of(end)} +
                                ", expected " + std::string{name_of(position)} + " alone"};
}

void check_first_tile(const Stack& stack, const std::string& field)
{
    bool found = false;
    for (std::size_t i = 0; i < stack.classes.size(); ++i) {
        const TileClass& tile = stack.classes[i];
        if (!tile.loads_weights) continue;
        const bool first = tile.column == position_of(0, stack.grid.columns) &&
                           tile.row == position_of(0, stack.grid.rows) && tile.count == 1;
        if (found || !first) {
            throw InputError{indexed(field, i) + ".loads_weights", "expected for the stack's first tile alone"};
        }
        found = true;
    }
}

/// Columns (or rows) that the same class may serve.
struct Alike {
    std::int64_t index = 0;  ///< of one of them
    std::int64_t count = 1;
};

std::vector<Alike> alike(const Stack& stack, std::int64_t tiles, std::optional<TileRange> TileClass::*range)
{
    std::set<std::int64_t> begins{0, 1, 2, tiles - 1};
    for (const TileClass& each : stack.classes) {
        if (!(each.*range)) continue;
        begins.insert((each.*range)->first);
        begins.insert((each.*range)->first + (each.*range)->count);
    }
    std::vector<Alike> groups;
    for (auto begin = begins.begin(); begin != begins.end() && *begin < tiles; ++begin) {
        const std::int64_t end = std::next(begin) == begins.end() ? tiles : std::min(*std::next(begin), tiles);
        groups.push_back({*begin, end - *begin});
    }
    return groups;
}

/// Each tile has a class, and each class counts its tiles.
void check_counts(const Stack& stack, const std::string& field)
{
    std::map<const TileClass*, std::int64_t> tiles;
    const auto count_tiles = [&](std::int64_t column, std::int64_t row, std::int64_t count) {
        const TileClass* tile = find_class_of_tile(stack, column, row);
        if (tile == nullptr)
            throw InputError{
                field, "no class for the tile in column " + std::to_string(column) + ", row " + std::to_string(row)};
        tiles[tile] += count;
    };
    const bool own_first = find_class_of_tile(stack, 0, 0) != nullptr && find_class_of_tile(stack, 0, 0)->loads_weights;
    for (const Alike& column : alike(stack, stack.grid.columns, &TileClass::columns))
        for (const Alike& row : alike(stack, stack.grid.rows, &TileClass::rows))
            if (!own_first || column.index > 0 || row.index > 0)
                count_tiles(column.index, row.index, column.count * row.count);
    if (own_first) count_tiles(0, 0, 1);
    for (std::size_t i = 0; i < stack.classes.size(); ++i) {
        const auto found = tiles.find(&stack.classes[i]);
        const std::int64_t expected = found == tiles.end() ? 0 : found->second;
        if (stack.classes[i].count == expected) continue;
        throw InputError{indexed(field, i) + ".count", "is " + std::to_string(stack.classes[i].count) +
                                                           ", but the grid has " + std::to_string(expected) +
                                                           " tiles of this class"};
    }
}

/// The network's output is as large as its layer says. Between stacks, without padding, later layers may need more or less
/// than the layer says: what the tiles make counts.
TileSize output_map(const Context& context, const std::string& field)
{
    const Stack& stack = context.stack;
    const Layer& last = context.workload.layer(stack.layers.back());
    if (context.workload.consumers(last.id).empty())
        return {columns(last.output, last.sizes), rows(last.output, last.sizes)};
    const TileClass* first = find_class_of_tile(stack, 0, 0);
    if (first == nullptr) throw InputError{field + ".classes", "no class for the first tile"};
    return {first->size.x + (stack.grid.columns - 1) * stack.tile.x,
            first->size.y + (stack.grid.rows - 1) * stack.tile.y};
}

void check_classes(const Context& context, const std::string& field)
{
    const Stack& stack = context.stack;
    const TileSize map = output_map(context, field);
    const Extent x{map.x, stack.tile.x, stack.grid.columns};
    const Extent y{map.y, stack.tile.y, stack.grid.rows};
    check_grid(x, field + ".grid.columns");
    check_grid(y, field + ".grid.rows");
    for (std::size_t i = 0; i < stack.classes.size(); ++i) {
        const std::string here = indexed(field + ".classes", i);
        check_class(context, stack.classes[i], here);
        check_extents(stack.classes[i], x, y, here);
        check_range(stack.classes[i].columns, stack.classes[i].column, stack.grid.columns, here + ".columns");
        check_range(stack.classes[i].rows, stack.classes[i].row, stack.grid.rows, here + ".rows");
    }
    check_steps(stack, context.workload, field);
    check_first_tile(stack, field + ".classes");
    check_counts(stack, field + ".classes");
}

void check_stack(const Context& context, const std::string& field)
{
    if (context.stack.layers.empty()) throw InputError{field + ".layers", "is empty, expected at least one layer"};
    require_positive(context.stack.tile.x, field + ".tile.x");
    require_positive(context.stack.tile.y, field + ".tile.y");
    require_positive(context.stack.grid.columns, field + ".grid.columns");
    require_positive(context.stack.grid.rows, field + ".grid.rows");
    for (std::int64_t size : {context.stack.tile.x, context.stack.tile.y})
        require_at_most(kMostPositions, size, field + ".tile", "columns or rows");
    for (std::int64_t count : {context.stack.grid.columns, context.stack.grid.rows})
        require_at_most(kMostPositions, count, field + ".grid", "columns or rows");
    check_classes(context, field);
}

void check_sources_done(const Layer& layer, const Workload& workload, const std::set<LayerId>& done,
                        const std::string& field)
{
    for (const Operand& input : layer.inputs) {
        if (!input.source || done.count(*input.source) > 0) continue;
        throw InputError{field,
                         text_of(layer.id, workload) + " comes before its source, " + text_of(*input.source, workload)};
    }
}

/// Each layer of the workload is in one stack, after its sources.
void check_partition(const Schedule& schedule, const Workload& workload)
{
    std::set<LayerId> done;
    for (std::size_t s = 0; s < schedule.stacks.size(); ++s) {
        const std::vector<LayerId>& layers = schedule.stacks[s].layers;
        for (std::size_t i = 0; i < layers.size(); ++i) {
            const std::string field = indexed(indexed("stacks", s) + ".layers", i);
            const Layer* layer = workload.find(layers[i]);
            if (layer == nullptr) { throw InputError{field, "the workload has no layer " + std::to_string(layers[i])}; }
            check_sources_done(*layer, workload, done, field);
            if (!done.insert(layers[i]).second) {
                throw InputError{field, text_of(layers[i], workload) + " occurs twice"};
            }
        }
    }
    for (const Layer& layer : workload.layers()) {
        if (done.count(layer.id) > 0) continue;
        throw InputError{"stacks", text_of(layer.id, workload) + " is in no stack"};
    }
}

void require_name(const std::string& field, const std::string& name, const std::string& expected)
{
    if (name == expected) return;
    throw InputError{field, "the schedule is for '" + name + "', not for '" + expected + '\''};
}

/// All tiles of a schedule together compute no more than a network may.
void check_work(const Schedule& schedule)
{
    std::int64_t macs = 0;
    for (std::size_t s = 0; s < schedule.stacks.size(); ++s) {
        for (const TileClass& tile : schedule.stacks[s].classes) {
            for (const Step& step : tile.steps) {
                if (const auto* compute = std::get_if<ComputeStep>(&step))
                    macs = saturating_sum(macs, saturating_product(tile.count, volume(compute->mapping.sizes)));
            }
        }
        if (macs <= kMostMacs.value()) continue;
        throw InputError{indexed("stacks", s),
                         "tiles up to this stack compute more than " + kMostMacs.text() + " MACs"};
    }
}

}  // namespace

void check(const Schedule& schedule, const Accelerator& accelerator, const Workload& workload)
{
    require_name("accelerator", schedule.accelerator, accelerator.name());
    require_name("workload", schedule.workload, workload.name());
    check_partition(schedule, workload);
    for (std::size_t i = 0; i < schedule.stacks.size(); ++i) {
        check_stack({accelerator, workload, schedule.stacks[i]}, indexed("stacks", i));
    }
    check_work(schedule);
}

}  // namespace plumbline
