// SPDX-License-Identifier: Apache-2.0
// The command line of `plumbline explore` as values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "options/arguments.hpp"
#include "plumbline/cost_summary.hpp"
#include "plumbline/optima.hpp"

namespace plumbline::cli {

/// A tile size, or the whole map of whatever network it is for.
struct TileOption {
    TileSize size;
    bool whole_map = false;
};

/// Which tile sizes: a list, or every column count with every row count; neither: a ladder that fits the network.
struct TileArguments {
    std::vector<TileOption> list;
    std::vector<std::int64_t> columns;
    std::vector<std::int64_t> rows;
};

struct ExploreArguments {
    std::vector<std::string> accelerators;  ///< built-in names or paths, as the next
    std::vector<std::string> workloads;
    std::string profile;  ///< path of a calibration of the only accelerator; empty: none
    std::string mapping;  ///< of all accelerators; empty: that of each one's family
    TileArguments tiles;
    std::vector<OverlapMode> modes;  ///< empty: all
    std::string cuts = "auto";       ///< alternatives, to be understood with the workload at hand (explore_space.hpp)
    bool single_layer = true;        ///< whether the best is compared with it
    bool layer_by_layer = true;
    SearchOptions search;
    CapacityPolicy capacity = CapacityPolicy::reserved;
    CostView view = CostView::everything;
    int threads = 0;
    std::int64_t top = 20;  ///< rows of the table; 0: all
    std::string store;      ///< empty: none
    std::string plot;       ///< likewise
    ReportArguments report;

    Goal goal() const { return {search.objective, search.weights, view}; }
};

/// "60x72", or "full" for the whole map. \throws CLI::ValidationError
TileOption parse_tile_option(const std::string& text);

void add_tiles(CLI::App& app, TileArguments& tiles);
void add_modes(CLI::App& app, std::vector<OverlapMode>& modes);
/// Of which networks on which accelerators, and which schedules of theirs.
void add_design_space(CLI::App& app, ExploreArguments& arguments);
void add(CLI::App& app, ExploreArguments& arguments);

}  // namespace plumbline::cli
