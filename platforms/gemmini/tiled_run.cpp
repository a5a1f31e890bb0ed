// SPDX-License-Identifier: Apache-2.0
#include "tiled_run.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "mapping_text.hpp"

namespace plumbline::gemmini {
namespace {

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

double TiledRun::tiles_per_sum() const
{
    double count = 1;
    for (const LoopOverTiles& loop : loops) {
        if (loop.dim == Dim::c || loop.dim == Dim::r || loop.dim == Dim::s) count *= loop.size;
    }
    return count;
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
