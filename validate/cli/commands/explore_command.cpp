// SPDX-License-Identifier: Apache-2.0
#include "commands/explore_command.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "commands/page_notes.hpp"
#include "execution/deliver.hpp"
#include "execution/output_file.hpp"
#include "inputs/assets.hpp"
#include "inputs/explore_space.hpp"
#include "inputs/planning_inputs.hpp"
#include "options/flags.hpp"
#include "options/task_flags.hpp"
#include "plumbline/error.hpp"
#include "plumbline/optima.hpp"
#include "plumbline/validate/explore_page.hpp"
#include "plumbline/validate/explore_report.hpp"
#include "sweep/deal.hpp"
#include "sweep/explore_inputs.hpp"
#include "sweep/explore_store.hpp"
#include "sweep/sweep.hpp"
#include "tasks/by_ranks.hpp"

namespace plumbline::cli {
namespace {

DesignPoint reference(const PlanningInputs& inputs, Cuts::Kind kind)
{
    const Cuts cuts{kind, {}};
    return {whole_map(inputs.accelerator, inputs.workload, inputs.rules, cuts), OverlapMode::fully_cached, cuts};
}

SweepPair make_pair(const Context& context, const ExploreArguments& arguments, const std::string& accelerator,
                    const std::string& workload)
{
    const PlanningFlags& planning = arguments.planning;
    PlanningInputs inputs = read_planning_inputs(context, {accelerator, workload, planning.mapping, arguments.profile});
    PointSpace space{arguments.space, planning.cuts, inputs};
    if (arguments.single_layer) space.add(reference(inputs, Cuts::Kind::each));
    if (arguments.layer_by_layer) space.add(reference(inputs, Cuts::Kind::none));
    ExploreStore::SpaceNames names{explore_space_key(context, accelerator, planning.mapping, workload),
                                   inputs.accelerator.name(), inputs.workload.name()};
    return {std::move(names), std::move(inputs), std::move(space)};
}

std::vector<SweepPair> make_pairs(const Context& context, const ExploreArguments& arguments)
{
    std::vector<SweepPair> pairs;
    for (const std::string& accelerator : arguments.subjects.accelerators)
        for (const std::string& workload : arguments.subjects.workloads)
            pairs.push_back(make_pair(context, arguments, accelerator, workload));
    return pairs;
}

/// Results of one pair, parallel to its space.
using PairResults = std::vector<std::optional<ExploredPoint>>;

/// \pre all results are there
validate::ExploredSpace explored_space(const ExploreArguments& arguments, SweepPair&& pair, PairResults&& results)
{
    std::vector<std::string> names;
    if (arguments.single_layer) names.emplace_back("single-layer");
    if (arguments.layer_by_layer) names.emplace_back("layer-by-layer");
    const auto grid = static_cast<std::ptrdiff_t>(pair.space.grid());
    validate::ExploredSpace space{std::move(pair.inputs.accelerator), std::move(pair.inputs.workload), {}, {}};
    for (auto each = results.begin(); each != results.begin() + grid; ++each) space.points.push_back(std::move(**each));
    for (std::size_t i = 0; i < names.size(); ++i)
        space.references.push_back({names[i], std::move(*results[static_cast<std::size_t>(grid) + i])});
    return space;
}

std::string report(const ExploreArguments& arguments, const validate::Exploration& exploration)
{
    switch (arguments.report.format) {
        case Format::json: return validate::explore_json(exploration);
        case Format::csv: return validate::explore_csv(exploration);
        case Format::table: break;
    }
    return validate::explore_text(exploration, static_cast<std::size_t>(arguments.top));
}

std::string page_of(const ExploreArguments& arguments, const validate::Exploration& exploration,
                    const validate::ExplorePageAssets& assets)
{
    const PlanningFlags& planning = arguments.planning;
    validate::PageNotes notes =
        notes_of({{"estimator", std::string{name_of(planning.search.estimator)}}, {"cuts", planning.cuts}});
    if (!planning.mapping.empty()) notes.options.emplace_back("mapping", planning.mapping);
    return validate::explore_html(exploration, notes, assets);
}

bool has_feasible_point(const validate::ExploredSpace& space)
{
    return std::any_of(space.points.begin(), space.points.end(),
                       [](const ExploredPoint& point) { return point.cost.feasible(); });
}

/// Whether the store is filled, and nothing else is kept.
bool fills_only(const ExploreArguments& arguments) { return arguments.store_only || !arguments.shard.is_all(); }

void check_arguments(const ExploreArguments& arguments)
{
    check_outputs({arguments.report.file, arguments.plot}, {arguments.store, arguments.planning.mapping_cache});
    const bool no_report = fills_only(arguments);
    const char* const flag = arguments.store_only ? "--store-only" : "--shard";
    if (no_report && arguments.store.empty()) throw InputError(flag, "fills a store, expected --store as well");
    if (no_report && !arguments.plot.empty()) throw InputError(flag, "reports nothing, expected no --plot");
}

}  // namespace

void add(CLI::App& app, ExploreArguments& arguments)
{
    PlanningFlags& planning = arguments.planning;
    add_subjects(app, arguments.subjects);
    add_mapping(app, planning.mapping,
                "Mapping rules: file or built-in name (default: those of each accelerator's family)");
    add_profile(app, arguments.profile);
    add_design_space(app, arguments.space);
    add_cut_alternatives(app, planning.cuts);
    app.add_flag("--single-layer,!--no-single-layer", arguments.single_layer,
                 "Compare the best with each layer on its own, maps between them off chip (default)");
    app.add_flag("--layer-by-layer,!--no-layer-by-layer", arguments.layer_by_layer,
                 "Compare the best with layer by layer, maps between them as low as they fit (default)");
    add_search(app, planning);
    add_choice(app, "--view", arguments.view, {CostView::everything, CostView::dram_only, CostView::activations_only},
               cost_view_named, "Which part of the energy decides what is best");
    add_threads(app, arguments.threads, "Points that are planned at once (0: one per core)")->capture_default_str();
    add_store(app, arguments.store, "Keep finished points");
    app.add_flag("--store-only", arguments.store_only,
                 "Report nothing: fill the store, with as little memory for a million points as for one (see query)");
    add_shard(app, arguments.shard, "Explore this part of the points alone");
    add_file(app, "--plot", arguments.plot, "Also draw the results, into this HTML file", "FILE.html");
    add_non_negative(app, "--top", arguments.top, "Rows of the table (0: all)")->capture_default_str();
    add_period(app, arguments.period);
    add_report(app, arguments.report, {Format::table, Format::json, Format::csv});
}

namespace {

ExitCode explore_all(const Context& context, const ExploreArguments& arguments, std::vector<SweepPair>& pairs,
                     const SweepWork& work)
{
    std::optional<validate::ExplorePageAssets> plot;
    if (!arguments.plot.empty()) plot = explore_page_assets();
    const PlanningFlags& planning = arguments.planning;
    std::optional<ExploreStore> store;
    if (!arguments.store.empty())
        store.emplace(arguments.store, explore_inputs(context, arguments.subjects, arguments.profile, planning));
    std::vector<PairResults> results;
    PointResult keep;
    if (!fills_only(arguments)) {
        for (const SweepPair& pair : pairs) results.emplace_back(pair.space.size());
        keep = [&](SweepPoint point, const ExploredPoint& result) { results[point.pair][point.point] = result; };
    }
    Sweep sweep{pairs, arguments.shard, store ? &*store : nullptr, keep};
    compute(context, sweep, work);
    if (fills_only(arguments)) {
        const Sweep::Counts& counts = sweep.counts();
        const FilledStore filled{arguments.store, "point", counts.all, counts.known};
        deliver(context, arguments.report.file, text_of(filled, arguments.shard));
        return ExitCode::done;
    }
    const Goal goal{planning.search.objective, planning.search.weights, arguments.view};
    validate::Exploration exploration{goal, planning.capacity, planning.search.factors, {}, arguments.period};
    for (std::size_t i = 0; i < pairs.size(); ++i)
        exploration.spaces.push_back(explored_space(arguments, std::move(pairs[i]), std::move(results[i])));
    deliver(context, arguments.report.file, report(arguments, exploration));
    if (plot) write_file(arguments.plot, page_of(arguments, exploration, *plot));
    const auto& spaces = exploration.spaces;
    if (std::any_of(spaces.begin(), spaces.end(), has_feasible_point)) return ExitCode::done;
    throw InfeasibleError("no point is feasible; the first: " + spaces.front().points.front().cost.reason());
}

}  // namespace

ExitCode explore(const Context& context, const ExploreArguments& arguments)
{
    const auto ranks = Ranks::begun();
    const int threads = arguments.threads > 0 || !ranks ? arguments.threads : ranks->threads();
    std::vector<SweepPair> pairs;
    const SweepWork work{pairs, arguments.planning, threads};
    const auto deal = [&](const Context& dealing) {
        check_arguments(arguments);
        pairs = make_pairs(context, arguments);
        return explore_all(dealing, arguments, pairs, work);
    };
    return by_ranks(context, ranks.get(), deal, [&](const Ranks& all) {
        pairs = make_pairs(context, arguments);
        serve(work, all);
    });
}

}  // namespace plumbline::cli
