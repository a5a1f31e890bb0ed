// SPDX-License-Identifier: Apache-2.0
#include "planning/memory/occupancy.hpp"

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

/// A layer on a tile, and where its inputs are read.
struct ReadPlaces {
    const TileState& state;
    NodeId layer;
    const std::vector<MemoryId>& inputs;  ///< per input that is a map

    bool is_read_from(std::size_t edge, MemoryId memory) const { return inputs[edge] == memory; }
};

/// Of an input read in place: columns (or rows) that a cache holds, less what the tile has made before and beyond those that
/// are read.
std::int64_t cached_along(const ReadPlaces& reads, std::size_t edge, std::int64_t Extent::*along)
{
    const InputTile& input = reads.state.sizes[reads.layer].inputs[edge];
    const NodeId source = reads.state.node(reads.layer).inputs[edge].source;
    return input.size.*along - std::max(input.ahead.*along, reads.state.sizes[source].computed.*along);
}

/// What the layer's inputs that are read from `memory` hold of a cache there.
Bits in_place(const ReadPlaces& reads, Axis axis, MemoryId memory)
{
    const auto& [state, layer, inputs] = reads;
    Bits total{};
    for (std::size_t edge = 0; edge < inputs.size(); ++edge) {
        if (!reads.is_read_from(edge, memory)) continue;
        const InputTile& input = state.sizes[layer].inputs[edge];
        const StackNode& source = state.node(state.node(layer).inputs[edge].source);
        total += pixel_bits(source) * (cached_along(reads, edge, axis.along) * (input.size.*axis.across));
    }
    return total;
}

/// What in_place counts both as columns and as rows; or, where the tile has made more than is read along both axes, as neither.
Bits corners_in_place(const ReadPlaces& reads, MemoryId memory)
{
    const auto& [state, layer, inputs] = reads;
    Bits total{};
    for (std::size_t edge = 0; edge < inputs.size(); ++edge) {
        if (!reads.is_read_from(edge, memory)) continue;
        const StackNode& source = state.node(state.node(layer).inputs[edge].source);
        const std::int64_t columns = cached_along(reads, edge, &Extent::x);
        const std::int64_t rows = cached_along(reads, edge, &Extent::y);
        total += pixel_bits(source) * std::max<std::int64_t>(0, columns * rows);
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
        total += pixel_bits(state.node(other)) * (cached_extent(tile).*axis.along * (tile.needed.*axis.across));
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
        const Extent left = cached_extent(state.sizes[id]);
        if (!state.node(id).consumers.empty())
            total += pixel_bits(state.node(id)) * (left.x * std::min(left.y, state.sizes[id].computed.y));
    }
    return total;
}

Bits row_cache(const TileState& state)
{
    return share_corners(state.tile.caches) ? state.caches.rows - state.caches.both
                                            : state.caches.rows + renewed_corners(state);
}

/// A cache that neighbours read from and write to, once per memory.
struct Cache {
    ResidentKind kind;
    std::optional<MemoryId> from;
    std::optional<MemoryId> to;
    Bits size;
};

/// \param own what the layer's inputs hold of it in the memory that neighbours have left it in
void add_cache(std::vector<Resident>& residents, const Cache& cache, Bits own)
{
    const auto hold = [&](MemoryId memory) {
        const Bits in_place = cache.from == memory ? own : Bits{};
        if (cache.size > in_place) residents.push_back({cache.kind, memory, cache.size - in_place});
    };
    if (cache.from) hold(*cache.from);
    if (cache.to && cache.to != cache.from) hold(*cache.to);
}

void add_weights(std::vector<Resident>& residents, const TileState& state, NodeId node)
{
    if (!state.stack.weights) return;
    const Layer* layer = state.node(node).layer;
    const Bits others = state.stack.all_weights - (layer == nullptr ? Bits{} : weight_bits(*layer));
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
void add_live_maps(std::vector<Resident>& residents, const ReadPlaces& reads)
{
    const auto& [state, layer, memories] = reads;
    const auto& inputs = state.node(layer).inputs;
    for (NodeId other = 0; other < layer; ++other) {
        const auto& readers = state.node(other).consumers;
        if (readers.empty() || readers.back() < layer || !state.held[other]) continue;
        bool own = false;
        std::optional<std::size_t> read_there;
        for (std::size_t edge = 0; edge < inputs.size(); ++edge) {
            if (inputs[edge].source != other) continue;
            own = true;
            if (!read_there && reads.is_read_from(edge, *state.held[other])) read_there = edge;
        }
        const bool stays = state.node(other).layer == nullptr || readers.back() > layer;
        if ((own && !stays) || (read_there && readers.back() == layer)) continue;
        const Bits size =
            read_there ? beside_what_is_read(state, layer, *read_there, *state.held[other]) : state.output(other);
        if (size > Bits{}) residents.push_back({ResidentKind::feature_map, *state.held[other], size});
    }
}

/// The mapping counts what a layer reads of its inputs; they take the space of what lies in between as well.
void add_gaps(std::vector<Resident>& residents, const ReadPlaces& reads)
{
    const std::vector<Bits>& gaps = reads.state.gaps[reads.layer];
    for (MemoryId memory = 0; memory < reads.state.stack.accelerator.memories().size(); ++memory) {
        Bits bits{};
        for (std::size_t edge = 0; edge < reads.inputs.size(); ++edge)
            if (reads.is_read_from(edge, memory)) bits += gaps[edge];
        if (bits > Bits{}) residents.push_back({ResidentKind::feature_map, memory, bits});
    }
}

}  // namespace

std::vector<Resident> residents_during(const TileState& state, NodeId layer, const std::vector<MemoryId>& inputs)
{
    const ReadPlaces reads{state, layer, inputs};
    const TileCaches& caches = state.tile.caches;
    const auto own = [&](std::optional<MemoryId> cache, Axis axis) {
        return cache ? in_place(reads, axis, *cache) : Bits{};
    };
    const Bits corners = caches.rows_from && caches.columns_from == caches.rows_from
                             ? corners_in_place(reads, *caches.rows_from)
                             : Bits{};
    std::vector<Resident> residents;
    add_cache(residents,
              {ResidentKind::column_cache, caches.columns_from, caches.columns_to,
               state.caches.columns + still_behind(state, layer, kColumns)},
              own(caches.columns_from, kColumns));
    add_cache(residents,
              {ResidentKind::row_cache, caches.rows_from, caches.rows_to,
               row_cache(state) + still_behind(state, layer, kRows)},
              own(caches.rows_from, kRows) - corners);
    add_weights(residents, state, layer);
    add_live_maps(residents, reads);
    add_gaps(residents, reads);
    return residents;
}

}  // namespace plumbline::detail
