// SPDX-License-Identifier: Apache-2.0
#include "storage/cache_uses.hpp"

#include <algorithm>

#include "storage/geometry/map_read.hpp"
#include "storage/memory_list.hpp"

namespace plumbline::sim {
namespace {

const OperandMapping& mapping_of(const ComputeStep& step, const Operand& operand)
{
    return *std::find_if(step.mapping.operands.begin(), step.mapping.operands.end(),
                         [&](const OperandMapping& each) { return each.operand == operand.name; });
}

/// A layer's input on a tile.
struct Input {
    LayerId layer = 0;
    MapId map;
    std::vector<MemoryId> memories;
};

/// Sources of the copies that bring the layer what it reads of a map from a cache. \param least columns and rows of a copy
std::vector<MemoryId> sources(const TileClass& tile, CopyReason reason, const Input& input, TileSize least = {})
{
    std::vector<MemoryId> sources;
    for (const Step& step : tile.steps) {
        const auto* copies = std::get_if<CopyStep>(&step);
        if (copies == nullptr || copies->before_layer != input.layer) continue;
        for (const Copy& copy : copies->copies) {
            const bool large = copy.region.columns >= least.x && copy.region.rows >= least.y;
            if (large && copy.reason == reason && map_of(copy.region) == input.map &&
                contains(input.memories, copy.to.memory))
                sources.push_back(copy.from.memory);
        }
    }
    return sources;
}

/// Samples among places from the first of a window to the last, less those beyond the edges of the map; where it is up-sampled,
/// features, of which none are left out.
std::int64_t samples_between(std::int64_t last, AxisPadding padding, std::int64_t step, std::int64_t upsampling)
{
    if (upsampling == 1) return (last - padding.behind) / step - divide_up(padding.before, step) + 1;
    const std::int64_t there = last - padding.behind - padding.before;
    return there < 0 ? 0 : (there + padding.phase) / upsampling + 1;
}

/// A column (or row) of the grid whose tiles are of a class.
std::int64_t some_place(TilePosition position, const std::optional<TileRange>& range, std::int64_t count)
{
    if (range) return range->first;
    switch (position) {
        case TilePosition::first:
        case TilePosition::only: return 0;
        case TilePosition::second: return 1;
        case TilePosition::middle: return std::clamp<std::int64_t>(count - 2, 0, 2);
        case TilePosition::last: break;
    }
    return count - 1;
}

/// Where channels hold rows and columns, how many pixels a window meets depends on where within one it begins, that is, on the place of
/// the tile.
FeatureBox pixels_under(const Stack& stack, const TileClass& tile, const ReadGeometry& read, const MapGeometry& map)
{
    const std::int64_t column = some_place(tile.column, tile.columns, stack.grid.columns);
    const std::int64_t row = some_place(tile.row, tile.rows, stack.grid.rows);
    return intersection(read.window(column, row), map.whole);
}

/// Columns and rows that a layer reads of a map on a tile, as many as copies bring of it.
TileSize window_of(const ComputeStep& step, const Operand& operand, const Samples& samples, const FeatureBox& pixels)
{
    TileSize window{step.mapping.sizes[LoopDim::ox], step.mapping.sizes[LoopDim::oy]};
    const std::vector<AxisPadding>& padding = mapping_of(step, operand).padding;
    for (std::size_t i = 0; i < operand.sliding.size(); ++i) {
        const SlidingAxis& axis = operand.sliding[i];
        const std::int64_t last = axis.stride * (step.mapping.sizes[axis.position] - 1) +
                                  axis.dilation * (step.mapping.sizes[axis.window] - 1);
        const AxisPadding beyond = padding.empty() ? AxisPadding{} : padding[i];
        const bool in_depth = axis.depth_to_space > 1;
        if (axis.position == LoopDim::ox)
            window.x =
                in_depth ? pixels.columns.size() : samples_between(last, beyond, samples.columns.step, axis.upsampling);
        if (axis.position == LoopDim::oy)
            window.y =
                in_depth ? pixels.rows.size() : samples_between(last, beyond, samples.rows.step, axis.upsampling);
    }
    return window;
}

/// Where a tile reads what a neighbour left along one axis. Where all that it reads comes from the cache of the other
/// axis, this part comes with it.
std::vector<MemoryId> read_from(const TileClass& tile, CopyReason own, const Input& input, TileSize window)
{
    const CopyReason other = own == CopyReason::cached_rows ? CopyReason::cached_columns : CopyReason::cached_rows;
    auto found = sources(tile, own, input);
    if (found.empty()) found = sources(tile, other, input, window);
    if (found.empty()) found.push_back(input.memories.back());
    return found;
}

}  // namespace

std::vector<MemoryId> memories_of_input(const ComputeStep& step, const Layer& layer, std::size_t input, bool entered)
{
    const std::vector<MemoryId>& levels = mapping_of(step, layer.inputs[input]).levels;
    return entered ? levels : std::vector<MemoryId>{levels.back()};
}

CacheUses cache_uses(const Workload& workload, const Stack& stack, const TileClass& tile, const StackGeometry& geometry)
{
    CacheUses uses;
    for (const Step& step : tile.steps) {
        const auto* compute = std::get_if<ComputeStep>(&step);
        if (compute == nullptr) continue;
        for (const ReadGeometry& read : geometry.layer(compute->layer).reads) {
            const MapGeometry& map = geometry.maps()[read.map];
            const Layer& layer = workload.layer(compute->layer);
            const Input input{layer.id, map.map, memories_of_input(*compute, layer, read.input, map.enters)};
            const TileSize window =
                window_of(*compute, layer.inputs[read.input], map.samples, pixels_under(stack, tile, read, map));
            const auto add = [&](std::vector<CacheUse>& along, CopyReason reason) {
                along.push_back({read.map, &read, read_from(tile, reason, input, window)});
            };
            if (stack.mode != OverlapMode::fully_recompute) add(uses.columns, CopyReason::cached_columns);
            if (stack.mode == OverlapMode::fully_cached) add(uses.rows, CopyReason::cached_rows);
        }
    }
    return uses;
}

}  // namespace plumbline::sim
