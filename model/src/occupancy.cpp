// SPDX-License-Identifier: Apache-2.0
#include "occupancy.hpp"

#include <algorithm>

namespace plumbline::detail {
namespace {

/// Overlap of the layer's inputs along one axis (&Extent::x: columns), as long as the tile along the other.
Bits own_overlap(const TileState& state, NodeId layer, std::int64_t Extent::*axis)
{
    Bits total{};
    for (std::size_t edge = 0; edge < state.node(layer).inputs.size(); ++edge) {
        const InputTile& input = state.sizes[layer].inputs[edge];
        const Bits whole = input_bits(state.stack.graph, state.sizes, layer, edge);
        total += Bits{whole.count() / input.size.*axis * input.overlap.*axis};
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

void add_weights(std::vector<Resident>& residents, const TileState& state, NodeId layer)
{
    if (!state.stack.weights) return;
    const Bits others = weight_bits(state.stack.graph) - weight_bits(*state.node(layer).layer);
    if (others > Bits{}) residents.push_back({ResidentKind::weights, *state.stack.weights, others});
}

/// Maps that `layer` or one after it still reads, but its own inputs.
void add_live_maps(std::vector<Resident>& residents, const TileState& state, NodeId layer)
{
    const auto& inputs = state.node(layer).inputs;
    for (NodeId other = 0; other < layer; ++other) {
        const auto& readers = state.node(other).consumers;
        const bool own =
            std::any_of(inputs.begin(), inputs.end(), [&](const StackEdge& edge) { return edge.source == other; });
        if (!own && !readers.empty() && readers.back() >= layer && state.held[other])
            residents.push_back({ResidentKind::feature_map, *state.held[other], state.output(other)});
    }
}

}  // namespace

std::vector<Resident> residents_during(const TileState& state, NodeId layer, MemoryId input)
{
    const TileCaches& caches = state.tile.caches;
    const CacheSizes sizes = cache_sizes(state.stack.graph, state.sizes, state.stack.whole);
    std::vector<Resident> residents;
    add_cache(residents, {ResidentKind::column_cache, caches.columns_from, caches.columns_to, sizes.columns}, input,
              own_overlap(state, layer, &Extent::x));
    add_cache(residents,
              {ResidentKind::row_cache, caches.rows_from, caches.rows_to, sizes.rows - corners(caches, sizes.both)},
              input, own_overlap(state, layer, &Extent::y));
    add_weights(residents, state, layer);
    add_live_maps(residents, state, layer);
    return residents;
}

std::vector<Bits> taken_by(const std::vector<Resident>& residents, const Accelerator& accelerator)
{
    std::vector<Bits> taken(accelerator.memories().size());
    for (const Resident& resident : residents) taken[resident.memory] += resident.size;
    return taken;
}

}  // namespace plumbline::detail
