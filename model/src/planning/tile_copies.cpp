// SPDX-License-Identifier: Apache-2.0
#include "planning/tile_copies.hpp"

#include <algorithm>

namespace plumbline::detail {
namespace {

FeatureRegion output_region(const TileState& state, NodeId id)
{
    const StackNode& node = state.node(id);
    FeatureRegion region;
    region.producer = node.producer;
    region.input = node.input;
    region.channels = node.channels;
    region.rows = state.sizes[id].computed.y;
    region.columns = state.sizes[id].computed.x;
    region.precision = node.precision;
    region.row_step = node.row_step;
    region.column_step = node.column_step;
    return region;
}

/// The whole input of a layer, to be cut down to what a cache holds of it.
FeatureRegion input_region(const TileState& state, NodeId id, std::size_t edge)
{
    const StackEdge& input = state.node(id).inputs[edge];
    const Layer& layer = *state.node(id).layer;
    FeatureRegion region = output_region(state, input.source);
    region.channels = channels(layer.inputs[input.input], layer.sizes);
    region.rows = state.sizes[id].inputs[edge].size.y;
    region.columns = state.sizes[id].inputs[edge].size.x;
    region.precision = layer.inputs[input.input].precision;
    return region;
}

void add(std::vector<Copy>& copies, const Copy& copy)
{
    if (copy.region.rows > 0 && copy.region.columns > 0) copies.push_back(copy);
}

bool contains(const std::vector<MemoryId>& levels, MemoryId memory)
{
    return std::find(levels.begin(), levels.end(), memory) != levels.end();
}

/// A map that entered the stack may lie below the level where the layer expects it; a layer's output must lie there.
bool lies_there(const TileState& state, NodeId source, const std::vector<MemoryId>& levels)
{
    const MemoryId held = *state.held[source];
    return state.node(source).layer == nullptr ? contains(levels, held) : held == levels.back();
}

/// As which operand a memory gives what `operand` reads of it. Feature maps lie where outputs do, and those that entered
/// also where inputs do.
Place place_in(const TileState& state, MemoryOperand operand, MemoryId memory)
{
    const bool serves = state.stack.accelerator.memory(memory).serves(operand);
    return {serves ? operand : MemoryOperand::o, memory};
}

/// From where a map is brought. Where none of the memories that serve `operand` holds a map that entered the stack, it is
/// still in the top memory.
Place source_of(const TileState& state, NodeId map, MemoryOperand operand)
{
    const Accelerator& accelerator = state.stack.accelerator;
    const MemoryId held = *state.held[map];
    const bool entered = state.node(map).layer == nullptr;
    if (entered && !accelerator.memory(held).serves(operand)) return {operand, accelerator.top()};
    if (accelerator.memory(held).serves(MemoryOperand::o)) return {MemoryOperand::o, held};
    return {operand, held};
}

Copy previous_output(const TileState& state, NodeId layer, std::size_t edge, MemoryId destination)
{
    const NodeId source = state.node(layer).inputs[edge].source;
    FeatureRegion region = output_region(state, source);
    if (state.counts_exactly()) {
        const InputTile& input = state.sizes[layer].inputs[edge];
        region.columns = std::min(input.size.x, region.columns - input.ahead.x);
        region.rows = std::min(input.size.y, region.rows - input.ahead.y);
    }
    const MemoryOperand operand = state.operand_of(layer, edge);
    return {CopyReason::previous_output, region, source_of(state, source, operand), {operand, destination}};
}

/// Columns and rows that a layer finds in caches. DeFiNES takes the overlap of its windows, which is less where a branch
/// lags behind another.
Extent cached_part(const TileState& state, NodeId layer, std::size_t edge)
{
    const InputTile& input = (*state.tile.demand->cached_tiles)[layer].inputs[edge];
    if (!state.counts_exactly()) return input.overlap;
    const Extent& size = state.sizes[layer].inputs[edge].size;
    return {std::clamp<std::int64_t>(input.behind.x, 0, size.x), std::clamp<std::int64_t>(input.behind.y, 0, size.y)};
}

/// The corner that cached columns and rows share lies with the rows. DeFiNES moves it with the columns, which does where
/// both are in one memory.
bool corner_is_apart(const TileState& state)
{
    const TileCaches& caches = state.tile.caches;
    return state.counts_exactly() && caches.columns_from && caches.rows_from && caches.columns_from != caches.rows_from;
}

/// Where a layer's input is read that lies in a cache: nowhere where it need not move. Downwards it moves as an input. Upwards
/// it moves as an output, since inputs have no ports for that; a map that enters is up there anyway, and read again.
std::optional<Place> place_to_read(const TileState& state, NodeId layer, std::size_t edge, MemoryId cache,
                                   MemoryId destination)
{
    const Accelerator& accelerator = state.stack.accelerator;
    const MemoryOperand operand = state.operand_of(layer, edge);
    if (cache == destination) return std::nullopt;
    if (accelerator.level_of(operand, cache) > accelerator.level_of(operand, destination)) return Place{operand, cache};
    if (state.node(state.node(layer).inputs[edge].source).layer != nullptr) return Place{MemoryOperand::o, cache};
    if (destination == accelerator.top()) return std::nullopt;
    return Place{operand, accelerator.top()};
}

Copy cached_columns(const TileState& state, NodeId layer, std::size_t edge, Place from, MemoryId destination)
{
    const Extent cached = cached_part(state, layer, edge);
    FeatureRegion region = input_region(state, layer, edge);
    region.columns = cached.x;
    if (corner_is_apart(state)) region.rows -= cached.y;
    return {CopyReason::cached_columns, region, from, {state.operand_of(layer, edge), destination}};
}

Copy cached_rows(const TileState& state, NodeId layer, std::size_t edge, Place from, MemoryId destination)
{
    const Extent cached = cached_part(state, layer, edge);
    FeatureRegion region = input_region(state, layer, edge);
    if (state.tile.caches.columns_from && !corner_is_apart(state)) region.columns -= cached.x;  // came with the columns
    region.rows = cached.y;
    return {CopyReason::cached_rows, region, from, {state.operand_of(layer, edge), destination}};
}

/// At most what the tile computes: a small tile renews only a part of its neighbour's cache.
Extent left_behind(const TileState& state, NodeId id)
{
    const NodeTile& tile = (*state.tile.demand->cached_tiles)[id];
    Extent cached = state.counts_exactly() ? tile.left : tile.cached;
    if (!state.tile.kind.first_column) cached.x = std::min(cached.x, tile.computed.x);
    if (!state.tile.kind.first_row) cached.y = std::min(cached.y, tile.computed.y);
    return cached;
}

/// A map that enters passes the caches above the memory that holds it, and leaves there what neighbours will need. DeFiNES
/// forgets about caches below.
bool came_by(const TileState& state, NodeId node, MemoryId cache)
{
    if (state.node(node).layer != nullptr) return false;
    if (!state.counts_exactly()) return true;
    const MemoryOperand operand = state.operand_holding(node);
    const Accelerator& accelerator = state.stack.accelerator;
    return accelerator.level_of(operand, cache) > accelerator.level_of(operand, *state.held[node]);
}

}  // namespace

std::vector<Copy> fetch_entering(const TileState& state, NodeId map)
{
    const MemoryOperand operand = state.operand_holding(map);
    const MemoryId top = state.stack.accelerator.levels(operand).back();
    const MemoryId held = *state.held[map];
    if (held == top || state.makes_nothing(map)) return {};
    return {{CopyReason::stack_input, output_region(state, map), {operand, top}, {operand, held}}};
}

std::vector<Copy> bring_inputs(const TileState& state, NodeId layer, const std::vector<std::vector<MemoryId>>& levels)
{
    const auto destination = [&](std::size_t edge) { return levels[edge].back(); };
    const std::size_t edges = state.node(layer).inputs.size();
    std::vector<Copy> copies;
    for (std::size_t edge = 0; edge < edges; ++edge)
        if (!lies_there(state, state.node(layer).inputs[edge].source, levels[edge]))
            add(copies, previous_output(state, layer, edge, destination(edge)));
    const auto bring = [&](std::optional<MemoryId> cache, auto copy) {
        for (std::size_t edge = 0; edge < edges; ++edge) {
            const auto from = cache ? place_to_read(state, layer, edge, *cache, destination(edge)) : std::nullopt;
            if (from) add(copies, copy(state, layer, edge, *from, destination(edge)));
        }
    };
    bring(state.tile.caches.columns_from, cached_columns);
    bring(state.tile.caches.rows_from, cached_rows);
    return copies;
}

std::vector<Copy> leave_overlap(const TileState& state, NodeId node)
{
    std::vector<Copy> copies;
    if (state.node(node).consumers.empty()) return copies;
    const MemoryId held = *state.held[node];
    const TileCaches& caches = state.tile.caches;
    const Extent cached = left_behind(state, node);
    const MemoryOperand operand = state.node(node).layer == nullptr ? state.operand_holding(node) : MemoryOperand::o;
    const auto elsewhere = [&](std::optional<MemoryId> cache) {
        return cache && *cache != held && !came_by(state, node, *cache);
    };
    const auto to = [&](MemoryId memory) { return place_in(state, operand, memory); };
    FeatureRegion columns = output_region(state, node);
    columns.columns = cached.x;
    if (elsewhere(caches.rows_to)) {
        FeatureRegion rows = output_region(state, node);
        rows.rows = cached.y;
        const bool apart = state.counts_exactly() && caches.columns_to != caches.rows_to;
        if (!apart) columns.rows -= cached.y;  // the corner goes with the rows
        add(copies, {CopyReason::rows_to_cache, rows, to(held), to(*caches.rows_to)});
    }
    if (elsewhere(caches.columns_to))
        add(copies, {CopyReason::columns_to_cache, columns, to(held), to(*caches.columns_to)});
    return copies;
}

}  // namespace plumbline::detail
