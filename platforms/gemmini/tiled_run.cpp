// SPDX-License-Identifier: Apache-2.0
#include "tiled_run.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "mapping_text.hpp"

namespace plumbline::gemmini {
namespace {

std::int64_t rounded_up(std::int64_t value, std::int64_t to) { return (value + to - 1) / to * to; }

/// Loops over what whole tiles do not cover, in the order of the mapping.
std::vector<LoopOverTiles> loops_over_blocks(const Row& row, const Extents& tile)
{
    std::vector<LoopOverTiles> loops;
    Extents seen;
    for (const TileLoop& loop : row.mapping.loops) {
        if (std::exchange(seen[loop.dim], 0) == 0) continue;
        const std::int64_t size = rounded_up(row.shape.sizes[loop.dim], tile[loop.dim]) / tile[loop.dim];
        if (size > 1) loops.push_back({loop.dim, static_cast<double>(size)});
    }
    return loops;
}

/// More rows of outputs, outside of all other loops.
void make_square(TiledRun& run)
{
    const std::int64_t columns = run.shape.sizes[Dim::p];
    std::int64_t& rows = run.shape.sizes[Dim::q];
    if (run.shape.matrix_product() || rows >= columns) return;
    run.loops.push_back({Dim::q, static_cast<double>(columns) / static_cast<double>(rows)});
    rows = columns;
}

/// Sizes along a dimension, of one tile after another.
std::vector<std::int64_t> cut(std::int64_t whole, std::int64_t tile)
{
    std::vector<std::int64_t> sizes(static_cast<std::size_t>(whole / tile), tile);
    if (whole % tile != 0) sizes.push_back(whole % tile);
    return sizes;
}

/// Counts tiles and what follows what.
class SequenceBuilder {
public:
    void add(const Extents& tile)
    {
        const auto [place, fresh] = indices_.emplace(tile, run_.tiles.size());
        if (fresh) {
            run_.tiles.push_back(tile);
            run_.counts.push_back(0);
        }
        const std::size_t index = place->second;
        ++run_.counts[index];
        if (any_) ++follows_[{run_.sequence.last, index}];
        if (!any_) run_.sequence.first = index;
        run_.sequence.last = index;
        any_ = true;
    }

    void finish(TiledRun& run) const
    {
        run.tiles = run_.tiles;
        run.counts = run_.counts;
        run.sequence = run_.sequence;
        for (const auto& [pair, count] : follows_) run.sequence.transitions.push_back({pair.first, pair.second, count});
    }

private:
    TiledRun run_;
    std::map<Extents, std::size_t> indices_;
    std::map<std::pair<std::size_t, std::size_t>, double> follows_;
    bool any_ = false;
};

constexpr std::array<Dim, kDims> kOwnOrder{Dim::n, Dim::p, Dim::q, Dim::k, Dim::r, Dim::s, Dim::c};

void add_tiles(const std::array<std::vector<std::int64_t>, kDims>& cuts, SequenceBuilder& builder)
{
    std::array<std::size_t, kDims> at{};
    while (true) {
        Extents tile;
        for (std::size_t i = 0; i < kDims; ++i) tile[kOwnOrder[i]] = cuts[i][at[i]];
        builder.add(tile);
        std::size_t i = kDims;
        while (i > 0 && ++at[i - 1] == cuts[i - 1].size()) at[--i] = 0;
        if (i == 0) return;
    }
}

}  // namespace

double TiledRun::tile_count() const { return std::accumulate(counts.begin(), counts.end(), 0.0); }

TiledRun mapped_run(const Row& row)
{
    TiledRun run;
    run.shape = row.shape;
    run.tile = row.mapping.tile;
    make_square(run);
    if (row.shape.matrix_product()) {
        for (Dim dim : {Dim::k, Dim::c, Dim::p}) {
            run.tile[dim] = rounded_up(std::min(run.tile[dim], row.shape.sizes[dim]), kArray);
        }
        run.loops = loops_over_blocks(row, run.tile);
    } else {
        for (const TileLoop& loop : row.mapping.loops) run.loops.push_back({loop.dim, static_cast<double>(loop.size)});
        run.lanes_k = std::min(row.mapping.lanes_k, kArray);
        run.lanes_c = std::min(row.mapping.lanes_c, kArray);
    }
    double tiles = 1;
    for (const LoopOverTiles& loop : run.loops) tiles *= loop.size;
    run.tiles = {run.tile};
    run.counts = {tiles};
    if (tiles > 1) run.sequence.transitions = {{0, 0, tiles - 1}};
    return run;
}

TiledRun own_run(const Row& row)
{
    TiledRun run;
    run.shape = row.shape;
    run.tile = *row.own_tile;
    run.own_tiling = true;
    std::array<std::vector<std::int64_t>, kDims> cuts;
    for (std::size_t i = 0; i < kDims; ++i) {
        const Dim dim = kOwnOrder[i];
        cuts[i] = cut(row.shape.sizes[dim], run.tile[dim]);
        if (cuts[i].size() == 1) continue;
        run.loops.push_back({dim, static_cast<double>(row.shape.sizes[dim]) / static_cast<double>(run.tile[dim])});
    }
    SequenceBuilder builder;
    add_tiles(cuts, builder);
    builder.finish(run);
    return run;
}

}  // namespace plumbline::gemmini
