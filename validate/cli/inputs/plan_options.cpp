// SPDX-License-Identifier: Apache-2.0
#include "inputs/plan_options.hpp"

#include <algorithm>
#include <string>

#include "plumbline/error.hpp"
#include "plumbline/io/cuts_text.hpp"

namespace plumbline::cli {
namespace {

/// Element `index` of a list, or its only one.
template <class Value>
const Value& for_stack(const std::vector<Value>& list, std::size_t index)
{
    return list.size() == 1 ? list.front() : list[index];
}

}  // namespace

Cuts cuts_of(const PlanningFlags& flags, const Workload& workload)
{
    return io::parse_cuts(flags.cuts, workload, "--cuts");
}

std::vector<TileSize> tile_sizes(const std::vector<TileOption>& tiles, const std::function<TileSize()>& whole)
{
    std::vector<TileSize> sizes;
    sizes.reserve(tiles.size());
    for (const TileOption& tile : tiles) sizes.push_back(tile.whole_map ? whole() : tile.size);
    return sizes;
}

std::vector<StackChoice> stack_choices(const std::vector<TileSize>& tiles, std::vector<OverlapMode> modes)
{
    if (modes.empty()) modes.push_back(OverlapMode::fully_cached);
    const std::size_t stacks = std::max(tiles.size(), modes.size());
    if (tiles.empty() || (tiles.size() > 1 && modes.size() > 1 && tiles.size() != modes.size()))
        throw InputError("--mode", std::to_string(modes.size()) + " modes for " + std::to_string(tiles.size()) +
                                       " tiles, expected one for all or as many");
    std::vector<StackChoice> choices;
    for (std::size_t i = 0; i < stacks; ++i) choices.push_back({for_stack(tiles, i), for_stack(modes, i)});
    return choices;
}

PlanOptions plan_options(const PlanningFlags& flags)
{
    PlanOptions options;
    options.capacity = flags.capacity;
    options.search = flags.search;
    return options;
}

PlanOptions plan_options(const PlanningFlags& flags, const DesignPoint& point, MappingCache& mappings)
{
    PlanOptions options = plan_options(flags);
    options.stacks = {{point.tile, point.mode}};
    options.cuts = point.cuts;
    options.mappings = &mappings;
    return options;
}

}  // namespace plumbline::cli
