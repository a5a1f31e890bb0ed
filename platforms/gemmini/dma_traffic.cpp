// SPDX-License-Identifier: Apache-2.0
#include "dma_traffic.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "mapping_text.hpp"

namespace plumbline::gemmini {
namespace {

constexpr std::int64_t kLineBytes = 64;

using Span = std::array<double, kDims>;  // sizes of several tiles together

double& of(Span& span, Dim dim) { return span[static_cast<std::size_t>(dim)]; }
double of(const Span& span, Dim dim) { return span[static_cast<std::size_t>(dim)]; }

/// Input pixels along an axis from the first that windows read to the last.
double reach(double outputs, double stride, double window) { return (outputs - 1) * stride + window; }

/// What `rows` of `channels` bytes touch, of maps whose rows have `all` channels.
struct Footprint {
    double lines = 0;
    double sets_share = 1;
};

Footprint footprint(double rows, double channels, std::int64_t all, std::int64_t sets)
{
    const auto line = static_cast<double>(kLineBytes);
    const auto row_lines = static_cast<double>(all) / line;
    if (channels >= static_cast<double>(all) || all < kLineBytes) return {rows * row_lines, 1};
    if (all % kLineBytes != 0) return {rows * std::min(channels / line + 1, row_lines), 1};
    const double touched = std::max(std::ceil(channels / line), 1.0);
    const auto apart = static_cast<double>(std::gcd(all / kLineBytes, sets));
    return {rows * std::min(touched, row_lines), std::min(1.0, touched / apart)};
}

std::array<Footprint, 3> footprints(const Shape& shape, const Span& span, std::int64_t sets)
{
    const auto whole = [&](Dim dim) { return static_cast<double>(shape.sizes[dim]); };
    const auto axis = [&](Dim position, Dim window, std::int64_t stride) {
        const auto step = static_cast<double>(stride);
        return std::min(reach(of(span, position), step, of(span, window)), reach(whole(position), step, whole(window)));
    };
    const double pixels =
        axis(Dim::p, Dim::r, shape.stride_p) * axis(Dim::q, Dim::s, shape.stride_q) * of(span, Dim::n);
    const double taps = of(span, Dim::r) * of(span, Dim::s) * of(span, Dim::c);
    const double outputs = of(span, Dim::p) * of(span, Dim::q) * of(span, Dim::n);
    return {footprint(taps, of(span, Dim::k), shape.sizes[Dim::k], sets),
            footprint(pixels, of(span, Dim::c), shape.sizes[Dim::c], sets),
            footprint(outputs, of(span, Dim::k), shape.sizes[Dim::k], sets)};
}

bool indexes_outputs(Dim dim) { return dim == Dim::n || dim == Dim::k || dim == Dim::p || dim == Dim::q; }

}  // namespace

RowTraffic row_traffic(double bytes, std::int64_t row)
{
    const double rows = bytes / static_cast<double>(row);
    return {rows * static_cast<double>(divide_up(row, kLineBytes)),
            rows * static_cast<double>(divide_up(row, kWordBytes))};
}

double gaps_fetched(const Shape& shape, const Extents& tile)
{
    const auto axis = [&](Dim position, Dim window, std::int64_t stride) {
        const std::int64_t all = (tile[position] - 1) * stride + tile[window];
        const std::int64_t read = stride > tile[window] ? tile[position] * tile[window] : all;
        return static_cast<double>(all) / static_cast<double>(read);
    };
    return axis(Dim::p, Dim::r, shape.stride_p) * axis(Dim::q, Dim::s, shape.stride_q);
}

double unfinished_sums(const TiledRun& run)
{
    double visits = 1;
    double tiles = 1;
    bool changes = false;
    for (auto loop = run.loops.rbegin(); loop != run.loops.rend(); ++loop) {
        changes = changes || indexes_outputs(loop->dim);
        if (changes) visits *= loop->size;
        if (indexes_outputs(loop->dim)) tiles *= loop->size;
    }
    const auto rows = static_cast<double>(run.tile[Dim::n] * run.tile[Dim::p] * run.tile[Dim::q] *
                                          divide_up(run.tile[Dim::k], kArray));
    return (visits - tiles) * rows;
}

CacheMisses cache_misses(const TiledRun& run, const SharedCache& cache, std::int64_t ways)
{
    const std::int64_t sets = cache.capacity.count() / cache.line.count() / ways;
    Span span;
    for (Dim dim : kAllDims) of(span, dim) = static_cast<double>(run.tile[dim]);
    std::vector<CachedOperand> operands(3);
    double finished = 1 / run.tiles_per_sum();
    const auto add = [&] {
        auto each = footprints(run.shape, span, sets);
        each.back().lines *= finished;
        for (std::size_t i = 0; i < each.size(); ++i) {
            operands[i].lines.push_back(each[i].lines);
            operands[i].sets_share.push_back(each[i].sets_share);
        }
    };
    add();
    std::vector<double> loops;
    for (auto loop = run.loops.rbegin(); loop != run.loops.rend(); ++loop) {
        loops.push_back(loop->size);
        of(span, loop->dim) *= loop->size;
        if (!indexes_outputs(loop->dim)) finished *= loop->size;
        add();
    }
    const std::vector<double> misses = expected_misses(cache, loops, operands, CacheState::repeated);
    return {misses[1], misses[0], misses[2]};
}

}  // namespace plumbline::gemmini
