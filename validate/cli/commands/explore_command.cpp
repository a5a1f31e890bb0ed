// SPDX-License-Identifier: Apache-2.0
#include "commands/explore_command.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "commands/explore_store.hpp"
#include "commands/page_notes.hpp"
#include "execution/deliver.hpp"
#include "execution/output_file.hpp"
#include "execution/progress.hpp"
#include "inputs/assets.hpp"
#include "inputs/explore_space.hpp"
#include "inputs/planning_inputs.hpp"
#include "options/flags.hpp"
#include "options/task_flags.hpp"
#include "plumbline/optima.hpp"
#include "plumbline/validate/explore_page.hpp"
#include "plumbline/validate/explore_report.hpp"

namespace plumbline::cli {
namespace {

/// One network on one accelerator.
struct Pair {
    std::string name;
    std::string key;  ///< in a store
    PlanningInputs inputs;
    std::size_t size = 0;                                    ///< of the space
    std::vector<std::string> references = {};                ///< names of what its best is compared with
    std::vector<DesignPoint> points = {};                    ///< of the space, then the references
    std::vector<std::optional<ExploredPoint>> results = {};  ///< parallel to `points`
};

void add_reference(Pair& pair, const char* name, Cuts::Kind kind)
{
    const auto& [accelerator, workload, rules] = pair.inputs;
    const Cuts cuts{kind, {}};
    pair.points.push_back({whole_map(accelerator, workload, rules, cuts), OverlapMode::fully_cached, cuts});
    pair.references.emplace_back(name);
}

Pair make_pair(const Context& context, const ExploreArguments& arguments, const std::string& accelerator,
               const std::string& workload)
{
    const PlanningFlags& planning = arguments.planning;
    Pair pair{accelerator + ' ' + workload, explore_space_key(context, accelerator, planning.mapping, workload),
              read_planning_inputs(context, {accelerator, workload, planning.mapping, arguments.profile})};
    pair.points = design_space(arguments.space, planning.cuts, pair.inputs);
    pair.size = pair.points.size();
    if (arguments.single_layer) add_reference(pair, "single-layer", Cuts::Kind::each);
    if (arguments.layer_by_layer) add_reference(pair, "layer-by-layer", Cuts::Kind::none);
    pair.results.resize(pair.points.size());
    return pair;
}

void recall(Pair& pair, const ExploreStore& store)
{
    for (std::size_t i = 0; i < pair.points.size(); ++i)
        pair.results[i] = store.find({pair.inputs.accelerator, pair.key}, pair.points[i]);
}

std::vector<std::size_t> missing(const Pair& pair)
{
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < pair.results.size(); ++i)
        if (!pair.results[i]) indices.push_back(i);
    return indices;
}

/// Computes what the store did not know. \param finished is told of each point
void complete(const Context& context, Pair& pair, const ExploreArguments& arguments,
              const std::function<void(const ExploredPoint&)>& finished)
{
    const std::vector<std::size_t> indices = missing(pair);
    std::vector<DesignPoint> points;
    points.reserve(indices.size());
    for (std::size_t i : indices) points.push_back(pair.points[i]);
    MappingCache mappings;
    ExploreOptions options;
    options.capacity = arguments.planning.capacity;
    options.search = arguments.planning.search;
    options.threads = arguments.threads;
    options.mappings = &mappings;
    options.finished = [&](const ExploreProgress& progress) {
        finished(progress.point);
        return true;
    };
    auto results = explore(pair.inputs.accelerator, pair.inputs.workload, pair.inputs.rules, points, options);
    for (std::size_t i = 0; i < indices.size(); ++i) pair.results[indices[i]] = std::move(results[i]);
    context.log->info("{}: {} points computed, {} from the store; {} mapping problems searched, {} met again",
                      pair.name, indices.size(), pair.points.size() - indices.size(), mappings.searched(),
                      mappings.reused());
}

void complete(const Context& context, std::vector<Pair>& pairs, const ExploreArguments& arguments, ExploreStore* store)
{
    std::int64_t all = 0;
    std::int64_t done = 0;
    for (const Pair& pair : pairs) all += static_cast<std::int64_t>(missing(pair).size());
    Progress progress{context, "exploring", "point"};
    for (Pair& pair : pairs) {
        complete(context, pair, arguments, [&](const ExploredPoint& point) {
            if (store != nullptr) store->add({pair.inputs.accelerator, pair.key}, point);
            progress.update(++done, all);
        });
    }
}

/// \pre the pair is complete
validate::ExploredSpace explored_space(Pair&& pair)
{
    validate::ExploredSpace space{std::move(pair.inputs.accelerator), std::move(pair.inputs.workload), {}, {}};
    for (std::size_t i = 0; i < pair.size; ++i) space.points.push_back(std::move(*pair.results[i]));
    for (std::size_t i = pair.size; i < pair.results.size(); ++i)
        space.references.push_back({pair.references[i - pair.size], std::move(*pair.results[i])});
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
    add_factors(app, planning.search);
    add_objective(app, planning.search);
    add_choice(app, "--view", arguments.view, {CostView::everything, CostView::dram_only, CostView::activations_only},
               cost_view_named, "Which part of the energy decides what is best");
    add_capacity(app, planning.capacity);
    add_estimator(app, planning.search.estimator);
    add_threads(app, arguments.threads, "Points that are planned at once (0: one per core)")->capture_default_str();
    add_store(app, arguments.store, "Keep finished points");
    add_file(app, "--plot", arguments.plot, "Also draw the results, into this HTML file", "FILE.html");
    add_non_negative(app, "--top", arguments.top, "Rows of the table (0: all)")->capture_default_str();
    add_report(app, arguments.report, {Format::table, Format::json, Format::csv});
}

ExitCode explore(const Context& context, const ExploreArguments& arguments)
{
    std::optional<validate::ExplorePageAssets> plot;
    check_outputs({arguments.report.file, arguments.plot}, arguments.store);
    if (!arguments.plot.empty()) plot = explore_page_assets();
    const PlanningFlags& planning = arguments.planning;
    std::vector<Pair> pairs;
    for (const std::string& accelerator : arguments.subjects.accelerators)
        for (const std::string& workload : arguments.subjects.workloads)
            pairs.push_back(make_pair(context, arguments, accelerator, workload));
    std::optional<ExploreStore> store;
    if (!arguments.store.empty()) {
        store.emplace(arguments.store, explore_inputs(context, arguments.subjects, arguments.profile, planning));
        for (Pair& pair : pairs) recall(pair, *store);
    }
    complete(context, pairs, arguments, store ? &*store : nullptr);
    const Goal goal{planning.search.objective, planning.search.weights, arguments.view};
    validate::Exploration exploration{goal, planning.capacity, planning.search.factors, {}};
    for (Pair& pair : pairs) exploration.spaces.push_back(explored_space(std::move(pair)));
    deliver(context, arguments.report.file, report(arguments, exploration));
    if (plot) write_file(arguments.plot, page_of(arguments, exploration, *plot));
    const auto& spaces = exploration.spaces;
    if (std::any_of(spaces.begin(), spaces.end(), has_feasible_point)) return ExitCode::done;
    throw InfeasibleError("no point is feasible; the first: " + spaces.front().points.front().cost.reason());
}

}  // namespace plumbline::cli
