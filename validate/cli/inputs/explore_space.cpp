// SPDX-License-Identifier: Apache-2.0
#include "inputs/explore_space.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include "options/planning.hpp"
#include "plumbline/error.hpp"

namespace plumbline::cli {
namespace {

constexpr std::array<OverlapMode, 3> kAllModes{OverlapMode::fully_recompute, OverlapMode::h_cached,
                                               OverlapMode::fully_cached};
constexpr std::int64_t kLadderStep = 4;

std::vector<std::string> split(const std::string& text, char separator)
{
    std::vector<std::string> parts;
    std::istringstream all{text};
    for (std::string part; std::getline(all, part, separator);) parts.push_back(part);
    return parts;
}

bool is_keyword(const std::string& text) { return text == "auto" || text == "none" || text == "each"; }

std::vector<TileSize> product(const std::vector<std::int64_t>& columns, const std::vector<std::int64_t>& rows)
{
    std::vector<TileSize> tiles;
    for (std::int64_t x : columns)
        for (std::int64_t y : rows) tiles.push_back({x, y});
    return tiles;
}

std::vector<TileSize> tiles_for(const TileArguments& arguments, TileSize map)
{
    if (!arguments.columns.empty()) return product(arguments.columns, arguments.rows);
    if (arguments.list.empty()) return product(ladder(map.x), ladder(map.y));
    std::vector<TileSize> tiles;
    for (const TileOption& option : arguments.list) tiles.push_back(option.whole_map ? map : option.size);
    return tiles;
}

}  // namespace

std::vector<Cuts> parse_cut_alternatives(const std::string& text, const Workload& workload)
{
    std::vector<Cuts> alternatives;
    for (const std::string& alternative : split(text, ';')) {
        std::string layers;
        for (const std::string& part : split(alternative, ',')) {
            if (is_keyword(part))
                alternatives.push_back(parse_cuts(part, workload));
            else
                layers += (layers.empty() ? "" : ",") + part;
        }
        if (!layers.empty()) alternatives.push_back(parse_cuts(layers, workload));
    }
    if (alternatives.empty())
        throw InputError("--cuts", "'" + text + "' names no cuts, expected for example auto;none;3,7");
    return alternatives;
}

std::vector<std::int64_t> ladder(std::int64_t map)
{
    std::vector<std::int64_t> sizes{map};
    for (std::int64_t parts = kLadderStep; sizes.back() > 1; parts *= kLadderStep)
        sizes.push_back(divide_up(map, parts));
    std::reverse(sizes.begin(), sizes.end());
    return sizes;
}

DesignSpace design_space(const ExploreArguments& arguments, const Accelerator& accelerator, const Workload& workload,
                         const MappingRules& rules)
{
    std::vector<OverlapMode> modes = arguments.modes;
    if (modes.empty()) modes.assign(kAllModes.begin(), kAllModes.end());
    DesignSpace space;
    for (const Cuts& cuts : parse_cut_alternatives(arguments.cuts, workload)) {
        const auto tiles = tiles_for(arguments.tiles, whole_map(accelerator, workload, rules, cuts));
        for (OverlapMode mode : modes)
            for (TileSize tile : tiles) space.points.push_back({tile, mode, cuts});
    }
    const auto add_reference = [&](const char* name, Cuts::Kind kind) {
        const Cuts cuts{kind, {}};
        const TileSize map = whole_map(accelerator, workload, rules, cuts);
        space.references.push_back({name, {map, OverlapMode::fully_cached, cuts}});
    };
    if (arguments.single_layer) add_reference("single-layer", Cuts::Kind::each);
    if (arguments.layer_by_layer) add_reference("layer-by-layer", Cuts::Kind::none);
    return space;
}

}  // namespace plumbline::cli
