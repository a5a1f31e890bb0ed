// SPDX-License-Identifier: Apache-2.0
// Flags that say which schedules of a network are looked at: every tile size in every overlap mode.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "plumbline/schedule.hpp"

namespace plumbline::cli {

/// A tile size, or the whole map of whatever network it is for.
struct TileOption {
    TileSize size;
    bool whole_map = false;
};

/// Which tile sizes: a list, or every column count with every row count; neither: a ladder that fits the network.
struct TileSpace {
    std::vector<TileOption> list;
    std::vector<std::int64_t> columns;
    std::vector<std::int64_t> rows;
};

struct DesignSpaceFlags {
    TileSpace tiles;
    std::vector<OverlapMode> modes;  ///< empty: all
};

/// "60x72" (columns, rows), or "full" for the whole map. \throws CLI::ValidationError naming the flag
TileOption parse_tile_option(const std::string& flag, const std::string& text);
/// "fully-cached", … \throws CLI::ValidationError naming the flag
OverlapMode parse_mode(const std::string& flag, const std::string& text);

/// `--modes`; "all" is an empty list.
CLI::Option* add_modes(CLI::App& app, std::vector<OverlapMode>& modes);

void add_design_space(CLI::App& app, DesignSpaceFlags& flags);

}  // namespace plumbline::cli
