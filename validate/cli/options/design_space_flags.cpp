// SPDX-License-Identifier: Apache-2.0
#include "options/design_space_flags.hpp"

#include <charconv>

#include "options/flags.hpp"

namespace plumbline::cli {
namespace {

constexpr std::int64_t kMostExtent = std::int64_t{1} << 31;  // pixels, as of maps

std::int64_t parse_extent(const std::string& flag, const std::string& text)
{
    std::int64_t extent = 0;
    const char* const last = text.data() + text.size();
    const auto [end, error] = std::from_chars(text.data(), last, extent);
    if (error != std::errc{} || end != last || extent < 1 || extent > kMostExtent)
        throw CLI::ValidationError(flag,
                                   "'" + text + "' is no size of a tile, expected whole numbers from 1 to 2147483648");
    return extent;
}

TileSize parse_tile(const std::string& flag, const std::string& text)
{
    const auto tile = tile_size_named(text);
    if (tile && tile->x <= kMostExtent && tile->y <= kMostExtent) return *tile;
    throw CLI::ValidationError(flag, "'" + text + "' is no tile, expected columns x rows such as 60x72, or full");
}

}  // namespace

TileOption parse_tile_option(const std::string& flag, const std::string& text)
{
    if (text == "full") return {{}, true};
    return {parse_tile(flag, text), false};
}

OverlapMode parse_mode(const std::string& flag, const std::string& text)
{
    if (const auto mode = overlap_mode_named(text)) return *mode;
    throw CLI::ValidationError(flag,
                               "'" + text + "' is no overlap mode, expected fully-recompute, h-cached or fully-cached");
}

CLI::Option* add_modes(CLI::App& app, std::vector<OverlapMode>& modes)
{
    const auto assign = [&modes](const std::vector<std::string>& texts) {
        modes.clear();
        if (texts == std::vector<std::string>{"all"}) return;
        for (const std::string& text : texts) modes.push_back(parse_mode("--modes", text));
    };
    return app.add_option_function<std::vector<std::string>>("--modes", assign, "Overlap modes")
        ->delimiter(',')
        ->type_name("all|fully-recompute,h-cached,fully-cached")
        ->default_str("all");
}

void add_design_space(CLI::App& app, DesignSpaceFlags& flags)
{
    TileSpace& tiles = flags.tiles;
    auto* list = add_list(app, "--tiles", tiles.list, parse_tile_option,
                          "Tile sizes, columns x rows; full: the whole map (default: a ladder up to the whole map)")
                     ->type_name("60x72,16x8,full");
    auto* columns = add_list(app, "--tile-x", tiles.columns, parse_extent, "Columns of tiles, each with every --tile-y")
                        ->type_name("1,4,16")
                        ->excludes(list);
    auto* rows =
        add_list(app, "--tile-y", tiles.rows, parse_extent, "Rows of tiles")->type_name("1,4,18")->needs(columns);
    columns->needs(rows);
    add_modes(app, flags.modes);
}

}  // namespace plumbline::cli
