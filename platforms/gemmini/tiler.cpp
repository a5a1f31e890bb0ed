// SPDX-License-Identifier: Apache-2.0
#include "tiler.hpp"

#include <algorithm>

namespace plumbline::gemmini {
namespace {

constexpr std::int64_t kBlock = 16;
constexpr std::int64_t kScratchpadRows = 8192;  // half of 256 KiB in rows of 16 bytes
constexpr std::int64_t kAccumulatorRows = 512;  // half of 64 KiB in rows of 16 sums of 32 bits

// In the software's order, which decides between sides of equal length.
constexpr std::array<Dim, kDims> kOrder{Dim::n, Dim::q, Dim::p, Dim::k, Dim::r, Dim::s, Dim::c};

std::int64_t blocks(std::int64_t size) { return (size + kBlock - 1) / kBlock; }

bool fits(const Extents& tile, const Shape& shape)
{
    // The software estimates a window's reach generously: one stride past the last output.
    const std::int64_t rows = tile[Dim::q] * shape.stride_q + tile[Dim::r] - 1;
    const std::int64_t columns = tile[Dim::p] * shape.stride_p + tile[Dim::s] - 1;
    const std::int64_t inputs = blocks(tile[Dim::c]) * tile[Dim::n] * rows * columns;
    const std::int64_t weights = blocks(tile[Dim::k]) * tile[Dim::r] * tile[Dim::s] * tile[Dim::c];
    const std::int64_t sums = blocks(tile[Dim::k]) * tile[Dim::n] * tile[Dim::p] * tile[Dim::q];
    return inputs + weights <= kScratchpadRows && sums <= kAccumulatorRows;
}

Dim longest(const Extents& tile)
{
    Dim found = kOrder.front();
    std::int64_t length = 0;
    for (Dim dim : kOrder) {
        // Columns fill the rows of a block: they go below 16 last.
        if (dim == Dim::p && tile[Dim::p] <= kBlock && tile[Dim::q] > 1) continue;
        if (tile[dim] <= length) continue;
        length = tile[dim];
        found = dim;
    }
    return found;
}

void shrink(std::int64_t& side, bool channels)
{
    if (channels) {
        side = std::max<std::int64_t>((side - 1) / kBlock * kBlock, 1);
    } else {
        --side;
    }
}

struct Search {
    Extents tile;
    TilerSteps steps;
};

Search search(const Shape& shape)
{
    Search result{shape.sizes, {}};
    Extents& tile = result.tile;
    while (!fits(tile, shape)) {
        ++result.steps.shrinks;
        const Dim dim = longest(tile);
        shrink(tile[dim], dim == Dim::k || dim == Dim::c);
    }
    for (bool grown = true; grown;) {
        grown = false;
        ++result.steps.rounds;
        for (Dim dim : kOrder) {
            Extents longer = tile;
            if (++longer[dim] > shape.sizes[dim]) continue;
            if (!fits(longer, shape)) continue;
            tile = longer;
            grown = true;
        }
    }
    return result;
}

}  // namespace

TilerSteps tiler_steps(const Shape& shape) { return shape.matrix_product() ? TilerSteps{} : search(shape).steps; }

Extents searched_tile(const Shape& shape) { return search(shape).tile; }

}  // namespace plumbline::gemmini
