// SPDX-License-Identifier: Apache-2.0
#include "inputs/explore_space.hpp"

#include <algorithm>
#include <cassert>

#include "inputs/plan_options.hpp"
#include "plumbline/io/cuts_text.hpp"

namespace plumbline::cli {
namespace {

constexpr std::int64_t kLadderStep = 4;

std::vector<TileSize> product(const std::vector<std::int64_t>& columns, const std::vector<std::int64_t>& rows)
{
    std::vector<TileSize> tiles;
    for (std::int64_t x : columns)
        for (std::int64_t y : rows) tiles.push_back({x, y});
    return tiles;
}

}  // namespace

std::vector<TileSize> tiles_for(const TileSpace& space, TileSize map)
{
    if (!space.columns.empty()) return product(space.columns, space.rows);
    if (space.list.empty()) return product(ladder(map.x), ladder(map.y));
    return tile_sizes(space.list, [map] { return map; });
}

std::vector<std::int64_t> ladder(std::int64_t map)
{
    std::vector<std::int64_t> sizes{map};
    for (std::int64_t parts = kLadderStep; sizes.back() > 1; parts *= kLadderStep)
        sizes.push_back(divide_up(map, parts));
    std::reverse(sizes.begin(), sizes.end());
    return sizes;
}

std::vector<OverlapMode> modes_of(const std::vector<OverlapMode>& given)
{
    return given.empty() ? std::vector<OverlapMode>{kAllOverlapModes.begin(), kAllOverlapModes.end()} : given;
}

PointSpace::PointSpace(const DesignSpaceFlags& flags, const std::string& cuts, const PlanningInputs& inputs)
    : modes_{modes_of(flags.modes)}
{
    for (const Cuts& each : io::parse_cut_alternatives(cuts, inputs.workload, "--cuts")) {
        const TileSize map = whole_map(inputs.accelerator, inputs.workload, inputs.rules, each);
        blocks_.push_back({each, tiles_for(flags.tiles, map)});
        grid_ += blocks_.back().tiles.size() * modes_.size();
    }
}

DesignPoint PointSpace::operator[](std::size_t index) const
{
    assert(index < size());
    if (index >= grid_) return more_[index - grid_];
    auto block = blocks_.begin();
    for (; index >= block->tiles.size() * modes_.size(); ++block) index -= block->tiles.size() * modes_.size();
    return {block->tiles[index % block->tiles.size()], modes_[index / block->tiles.size()], block->cuts};
}

}  // namespace plumbline::cli
