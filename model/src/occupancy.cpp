// SPDX-License-Identifier: Apache-2.0
#include "occupancy.hpp"

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

/// What the layer's inputs hold of a cache when they are read in place, less what the tile has made beyond them.
Bits in_place(const TileState& state, NodeId layer, Axis axis)
{
    Bits total{};
    for (std::size_t edge = 0; edge < state.node(layer).inputs.size(); ++edge) {
        const InputTile& input = state.sizes[layer].inputs[edge];
        const StackNode& source = state.node(state.node(layer).inputs[edge].source);
        const std::int64_t read = std::min(input.behind.*axis.along, input.size.*axis.along);
        total += pixel_bits(source) * ((read - input.ahead.*axis.along) * (input.size.*axis.across));
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

/// Where columns and rows are cached in the same memory, the corners that they share are held once.
Bits corners(const TileCaches& caches, Bits both)
{
    const auto columns = caches.columns_to ? caches.columns_to : caches.columns_from;
    const auto rows = caches.rows_to ? caches.rows_to : caches.rows_from;
    return columns && columns == rows ? both : Bits{};
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

/// Maps that `layer` or one after it still reads, but its own inputs where it reads them. A layer's output is copied
/// elsewhere, and stays for later readers; a map that entered the stack is read where it lies.
void add_live_maps(std::vector<Resident>& residents, const TileState& state, NodeId layer, MemoryId input)
{
    const auto& inputs = state.node(layer).inputs;
    for (NodeId other = 0; other < layer; ++other) {
        const auto& readers = state.node(other).consumers;
        if (readers.empty() || readers.back() < layer || !state.held[other]) continue;
        const bool own =
            std::any_of(inputs.begin(), inputs.end(), [&](const StackEdge& edge) { return edge.source == other; });
        const bool stays = state.node(other).layer == nullptr || readers.back() > layer;
        if (!own || (stays && state.held[other] != input))
            residents.push_back({ResidentKind::feature_map, *state.held[other], state.output(other)});
    }
}

}  // namespace

std::vector<Resident> residents_during(const TileState& state, NodeId layer, MemoryId input)
{
    const TileCaches& caches = state.tile.caches;
    const CacheSizes sizes = exact_cache_sizes(state.stack.graph, state.sizes, state.stack.whole);
    std::vector<Resident> residents;
    add_cache(residents,
              {ResidentKind::column_cache, caches.columns_from, caches.columns_to,
               sizes.columns + still_behind(state, layer, kColumns)},
              input, in_place(state, layer, kColumns));
    add_cache(residents,
              {ResidentKind::row_cache, caches.rows_from, caches.rows_to,
               sizes.rows - corners(caches, sizes.both) + still_behind(state, layer, kRows)},
              input, in_place(state, layer, kRows));
    add_weights(residents, state, layer);
    add_live_maps(residents, state, layer, input);
    return residents;
}

std::vector<Bits> taken_by(const std::vector<Resident>& residents, const Accelerator& accelerator)
{
    std::vector<Bits> taken(accelerator.memories().size());
    for (const Resident& resident : residents) taken[resident.memory] += resident.size;
    return taken;
}

}  // namespace plumbline::detail
