// SPDX-License-Identifier: Apache-2.0
#include "options/explore_arguments.hpp"

#include "options/flags.hpp"

namespace plumbline::cli {
namespace {

std::int64_t parse_extent(const std::string& text)
{
    const std::int64_t extent = positive(text);
    if (extent < 1) throw CLI::ValidationError("'" + text + "' is no size of a tile, expected whole numbers above 0");
    return extent;
}

void add_subject(CLI::App& app, ExploreArguments& arguments)
{
    app.add_option("--accelerator", arguments.accelerators, "Accelerators: files or built-in names")
        ->delimiter(',')
        ->required();
    app.add_option("--workload", arguments.workloads, "Networks: files or built-in names")->delimiter(',')->required();
    app.add_option("--mapping", arguments.mapping,
                   "Mapping rules: file or built-in name (default: those of each accelerator's family)");
}

void add_space(CLI::App& app, ExploreArguments& arguments)
{
    add_tiles(app, arguments.tiles);
    add_modes(app, arguments.modes);
    app.add_option("--cuts", arguments.cuts,
                   "Where stacks end: auto, none, each or a list of layers; alternatives are separated by ';'")
        ->type_name("auto;none;each;3,7")
        ->capture_default_str();
}

void add_references(CLI::App& app, ExploreArguments& arguments)
{
    app.add_flag("--single-layer,!--no-single-layer", arguments.single_layer,
                 "Compare the best with each layer on its own, maps between them off chip (default)");
    app.add_flag("--layer-by-layer,!--no-layer-by-layer", arguments.layer_by_layer,
                 "Compare the best with layer by layer, maps between them as low as they fit (default)");
}

}  // namespace

TileOption parse_tile_option(const std::string& text)
{
    if (text == "full") return {{}, true};
    return {parse_tile(text), false};
}

void add_tiles(CLI::App& app, TileArguments& tiles)
{
    auto* list = add_list(app, "--tiles", tiles.list, parse_tile_option,
                          "Tile sizes, columns x rows; full: the whole map (default: a ladder up to the whole map)")
                     ->type_name("60x72,16x8,full");
    auto* columns = add_list(app, "--tile-x", tiles.columns, parse_extent, "Columns of tiles, each with every --tile-y")
                        ->type_name("1,4,16")
                        ->excludes(list);
    auto* rows =
        add_list(app, "--tile-y", tiles.rows, parse_extent, "Rows of tiles")->type_name("1,4,18")->needs(columns);
    columns->needs(rows);
}

void add_modes(CLI::App& app, std::vector<OverlapMode>& modes)
{
    const auto assign = [&modes](const std::vector<std::string>& texts) {
        modes.clear();
        if (texts == std::vector<std::string>{"all"}) return;
        for (const std::string& text : texts) modes.push_back(parse_mode(text));
    };
    app.add_option_function<std::vector<std::string>>("--modes", assign, "Overlap modes")
        ->delimiter(',')
        ->type_name("all|fully-recompute,h-cached,fully-cached")
        ->default_str("all");
}

void add_design_space(CLI::App& app, ExploreArguments& arguments)
{
    add_subject(app, arguments);
    add_profile(app, arguments.profile);
    add_space(app, arguments);
}

void add(CLI::App& app, ExploreArguments& arguments)
{
    add_design_space(app, arguments);
    add_references(app, arguments);
    add_factors(app, arguments.search);
    add_objective(app, arguments.search);
    add_choice(app, "--view", arguments.view, {CostView::everything, CostView::dram_only, CostView::activations_only},
               cost_view_named, "Which part of the energy decides what is best");
    add_capacity(app, arguments.capacity);
    add_estimator(app, arguments.search.estimator);
    app.add_option("--threads", arguments.threads, "Points that are planned at once (0: one per core)")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    app.add_option("--store", arguments.store,
                   "Keep finished points in this file, and go on from it: an interrupted run loses none");
    app.add_option("--plot", arguments.plot, "Also draw the results, into this HTML file")->type_name("FILE.html");
    app.add_option("--top", arguments.top, "Rows of the table (0: all)")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    add_report(app, arguments.report, {Format::table, Format::json, Format::csv});
}

}  // namespace plumbline::cli
