// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "tiled_run.hpp"

namespace plumbline::gemmini {
namespace {

std::int64_t rounded_up(std::int64_t value, std::int64_t to) { return (value + to - 1) / to * to; }

/// MACs along each side of the array that a mapping was measured on.
std::int64_t array_of(const Mapping& mapping)
{
    constexpr std::int64_t kLeast = 4;
    constexpr std::int64_t kMost = 1024;
    std::int64_t side = kLeast;
    while (side < kMost && side < std::max(mapping.lanes_k, mapping.lanes_c)) side *= 2;
    return side;
}

/// Loops over what whole tiles do not cover: in the order of the mapping, and inside of them those that it has not.
std::vector<LoopOverTiles> loops_over_blocks(const Row& row, const Extents& tile)
{
    std::vector<Dim> order;
    for (const TileLoop& loop : row.mapping.loops) order.push_back(loop.dim);
    order.insert(order.end(), {Dim::k, Dim::c, Dim::p});
    std::vector<LoopOverTiles> loops;
    Extents seen;
    for (Dim dim : order) {
        if (std::exchange(seen[dim], 0) == 0) continue;
        const std::int64_t size = rounded_up(row.shape.sizes[dim], tile[dim]) / tile[dim];
        if (size > 1) loops.push_back({dim, static_cast<double>(size)});
    }
    return loops;
}

void map_product(const Row& row, TiledRun& run)
{
    for (Dim dim : {Dim::k, Dim::c, Dim::p}) {
        const std::int64_t blocks = std::max<std::int64_t>(run.tile[dim] / kArray, 1);
        run.tile[dim] = std::min(blocks * run.array, row.shape.sizes[dim]);
    }
    run.loops = loops_over_blocks(row, run.tile);
}

/// As many rows of outputs as columns, where the mapping runs over them.
void make_square(TiledRun& run)
{
    const std::int64_t columns = run.shape.sizes[Dim::p];
    std::int64_t& rows = run.shape.sizes[Dim::q];
    if (rows >= columns) return;
    const double more = static_cast<double>(columns) / static_cast<double>(rows);
    rows = columns;
    const auto over_rows = std::find_if(run.loops.rbegin(), run.loops.rend(),
                                        [](const LoopOverTiles& loop) { return loop.dim == Dim::q; });
    if (over_rows != run.loops.rend()) {
        over_rows->size *= more;
    } else {
        run.loops.insert(run.loops.begin(), {Dim::q, more});
    }
}

/// Tiles of a size along one dimension.
struct Piece {
    std::int64_t size = 1;
    double count = 1;
};

/// Those along P or Q: all alike, unless an even window has one place more than the map.
std::vector<Piece> pieces(const TiledRun& run, Dim position, Dim window, std::int64_t stride)
{
    const std::int64_t tile = run.tile[position];
    if (run.shape.sizes[window] % 2 != 0 || stride != 1) {
        double count = 1;
        for (const LoopOverTiles& loop : run.loops) count *= loop.dim == position ? loop.size : 1;
        return {{tile, count}};
    }
    const std::int64_t places = run.shape.sizes[position] + 1;
    std::vector<Piece> pieces;
    const std::int64_t whole = places / tile;
    if (whole > 0) pieces.push_back({tile, static_cast<double>(whole)});
    if (places % tile != 0) pieces.push_back({places % tile, 1});
    return pieces;
}

/// Tiles under a mapping. One of a kind is taken to follow one of its kind: others are rare.
void add_alike(TiledRun& run)
{
    double others = 1;
    for (const LoopOverTiles& loop : run.loops) others *= loop.dim == Dim::p || loop.dim == Dim::q ? 1 : loop.size;
    for (const Piece& along_p : pieces(run, Dim::p, Dim::r, run.shape.stride_p)) {
        for (const Piece& along_q : pieces(run, Dim::q, Dim::s, run.shape.stride_q)) {
            const std::size_t index = run.tiles.size();
            const double count = others * along_p.count * along_q.count;
            run.tiles.push_back(run.tile);
            run.tiles.back()[Dim::p] = along_p.size;
            run.tiles.back()[Dim::q] = along_q.size;
            run.counts.push_back(count);
            const double follow = index == 0 ? count - 1 : count;
            if (follow > 0) run.sequence.transitions.push_back({index, index, follow});
        }
    }
}

}  // namespace

TiledRun mapped_run(const Row& row)
{
    TiledRun run;
    run.shape = row.shape;
    run.tile = row.mapping.tile;
    run.array = array_of(row.mapping);
    if (row.shape.matrix_product()) {
        map_product(row, run);
    } else {
        for (const TileLoop& loop : row.mapping.loops) run.loops.push_back({loop.dim, static_cast<double>(loop.size)});
        make_square(run);
    }
    add_alike(run);
    return run;
}

}  // namespace plumbline::gemmini
