// SPDX-License-Identifier: Apache-2.0
#include "planning/occupancy.hpp"

#include <algorithm>

namespace plumbline::detail {
namespace {

Bits pixel_bits(const StackNode& node) { return node.precision * node.channels; }

/// One axis: columns (&Extent::x), each as long as the other axis.
struct Axis {
    std::int64_t Extent::*along;
    std::int64_t Extent::*across;
};
constexpr Axis kColumns{&Extent::x, &Extent::y};
constexpr Axis kRows{&Extent::y, &Extent::x};

/// Of an input read in place: columns (or rows) that a cache holds, less what the tile has made beyond them.
std::int64_t cached_along(const InputTile& input, std::int64_t Extent::*along)
{
    return std::min(input.behind.*along, input.size.*along) - input.ahead.*along;
}

/// What the layer's inputs hold of a cache when they are read in place.
Bits in_place(const TileState& state, NodeId layer, Axis axis)
{
    Bits total{};
    for (std::size_t edge = 0; edge < state.node(layer).inputs.size(); ++edge) {
        const InputTile& input = state.sizes[layer].inputs[edge];
        const StackNode& source = state.node(state.node(layer).inputs[edge].source);
        total += pixel_bits(source) * (cached_along(input, axis.along) * (input.size.*axis.across));
    }
    return total;
}

/// What in_place counts both as columns and as rows.
Bits corners_in_place(const TileState& state, NodeId layer)
{
    Bits total{};
    for (std::size_t edge = 0; edge < state.node(layer).inputs.size(); ++edge) {
        const InputTile& input = state.sizes[layer].inputs[edge];
        const StackNode& source = state.node(state.node(layer).inputs[edge].source);
        const std::int64_t columns = std::max<std::int64_t>(0, cached_along(input, &Extent::x));
        const std::int64_t rows = std::max<std::int64_t>(0, cached_along(input, &Extent::y));
        total += pixel_bits(source) * (columns * rows);
    }
    return total;
}

/// Maps that are made, but will be read behind what their neighbours left: there old and new overlap are held at once.
Bits still_behind(const TileState& state, NodeId layer, Axis axis)
{
    Bits total{};
    for (NodeId other = 0; other < layer; ++other) {
        const auto& readers = state.node(other).consumers;
        if (readers.empty() || readers.back() <= layer) continue;
        const NodeTile& tile = state.sizes[other];
        total += pixel_bits(state.node(other)) * (tile.left.*axis.along * (tile.needed.*axis.across));
    }
    return total;
}

/// Columns and rows cached in the same memory share corners.
bool share_corners(const TileCaches& caches)
{
    const auto columns = caches.columns_to ? caches.columns_to : caches.columns_from;
    const auto rows = caches.rows_to ? caches.rows_to : caches.rows_from;
    return columns && columns == rows;
}

/// Where the next tile's columns begin, a row cache gets new rows while it still holds the old ones for that tile. Columns
/// cached in the same memory hold both anyway.
Bits renewed_corners(const TileState& state)
{
    Bits total{};
    for (NodeId id = 0; id < state.sizes.size(); ++id) {
        const NodeTile& tile = state.sizes[id];
        if (!state.node(id).consumers.empty())
            total += pixel_bits(state.node(id)) * (tile.left.x * std::min(tile.left.y, tile.computed.y));
    }
    return total;
}

Bits row_cache(const TileState& state, const CacheSizes& sizes)
{
    return share_corners(state.tile.caches) ? sizes.rows - sizes.both : sizes.rows + renewed_corners(state);
}

/// A cache that neighbours read from and write to, once per memory.
struct Cache {
    ResidentKind kind;
    std::optional<MemoryId> from;
    std::optional<MemoryId> to;
    Bits size;
};

void add_cache(std::vector<Resident>& residents, const Cache& cache, MemoryId input, Bits own)
{
    const auto hold = [&](MemoryId memory) {
        const Bits in_place = memory == input && cache.from == memory ? own : Bits{};
        if (cache.size > in_place) residents.push_back({cache.kind, memory, cache.size - in_place});
    };
    if (cache.from) hold(*cache.from);
    if (cache.to && cache.to != cache.from) hold(*cache.to);
}

void add_weights(std::vector<Resident>& residents, const TileState& state, NodeId node)
{
    if (!state.stack.weights) return;
    const Layer* layer = state.node(node).layer;
    const Bits others = weight_bits(state.stack.graph) - (layer == nullptr ? Bits{} : weight_bits(*layer));
    if (others > Bits{}) residents.push_back({ResidentKind::weights, *state.stack.weights, others});
}

/// Along one axis, what a tile makes of a map and one of its readers reads.
std::int64_t read_of_computed(const InputTile& input, std::int64_t Extent::*along)
{
    return input.size.*along - std::min(input.behind.*along, input.size.*along);
}

/// What the tile has made of a map for later readers, and this one does not read. The mapping counts what it reads, and what
/// caches in the same memory hold of the map is counted with them.
Bits beside_what_is_read(const TileState& state, NodeId layer, std::size_t edge, MemoryId memory)
{
    const NodeId source = state.node(layer).inputs[edge].source;
    const Extent& computed = state.sizes[source].computed;
    const InputTile& input = state.sizes[layer].inputs[edge];
    const TileCaches& caches = state.tile.caches;
    const bool columns = caches.columns_from == memory;
    const bool rows = caches.rows_from == memory;
    const std::int64_t x = columns ? computed.x : read_of_computed(input, &Extent::x);
    const std::int64_t y = rows ? computed.y : read_of_computed(input, &Extent::y);
    return pixel_bits(state.node(source)) * (computed.x * computed.y - x * y);
}

/// Maps that `layer` or one after it still reads, but its own inputs where it reads them. A layer's output is copied
/// elsewhere, and stays for later readers; a map that entered the stack is read where it lies.
void add_live_maps(std::vector<Resident>& residents, const TileState& state, NodeId layer, MemoryId input)
{
    const auto& inputs = state.node(layer).inputs;
    for (NodeId other = 0; other < layer; ++other) {
        const auto& readers = state.node(other).consumers;
        if (readers.empty() || readers.back() < layer || !state.held[other]) continue;
        const auto own =
            std::find_if(inputs.begin(), inputs.end(), [&](const StackEdge& edge) { return edge.source == other; });
        const bool stays = state.node(other).layer == nullptr || readers.back() > layer;
        Bits size = state.output(other);
        if (own != inputs.end() && !stays) continue;
        if (own != inputs.end() && state.held[other] == input) {
            if (readers.back() == layer) continue;
            size = beside_what_is_read(state, layer, static_cast<std::size_t>(own - inputs.begin()), input);
        }
        if (size > Bits{}) residents.push_back({ResidentKind::feature_map, *state.held[other], size});
    }
}

/// The mapping counts what a layer reads of its inputs; they take the space of what lies in between as well.
void add_gaps(std::vector<Resident>& residents, const TileState& state, NodeId layer, MemoryId input)
{
    Bits gaps{};
    for (std::size_t edge = 0; edge < state.node(layer).inputs.size(); ++edge)
        gaps += gap_bits(state.stack.graph, state.sizes, layer, edge);
    if (gaps > Bits{}) residents.push_back({ResidentKind::feature_map, input, gaps});
}

}  // namespace

std::vector<Resident> residents_during(const TileState& state, NodeId layer, MemoryId input)
{
    const TileCaches& caches = state.tile.caches;
    const bool both_in_place = caches.columns_from == input && caches.rows_from == input;
    const CacheSizes sizes = exact_cache_sizes(state.stack.graph, state.sizes, state.stack.whole);
    std::vector<Resident> residents;
    add_cache(residents,
              {ResidentKind::column_cache, caches.columns_from, caches.columns_to,
               sizes.columns + still_behind(state, layer, kColumns)},
              input, in_place(state, layer, kColumns));
    add_cache(residents,
              {ResidentKind::row_cache, caches.rows_from, caches.rows_to,
               row_cache(state, sizes) + still_behind(state, layer, kRows)},
              input, in_place(state, layer, kRows) - (both_in_place ? corners_in_place(state, layer) : Bits{}));
    add_weights(residents, state, layer);
    add_live_maps(residents, state, layer, input);
    add_gaps(residents, state, layer, input);
    return residents;
}

}  // namespace plumbline::detail
