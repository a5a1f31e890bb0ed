// SPDX-License-Identifier: Apache-2.0
#include "commands/explore_command.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <utility>

#include "commands/explore_page.hpp"
#include "execution/explore_store.hpp"
#include "execution/output_file.hpp"
#include "execution/progress.hpp"
#include "inputs/descriptions.hpp"
#include "inputs/explore_space.hpp"
#include "inputs/schedule_source.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/validate/explore_report.hpp"

namespace plumbline::cli {
namespace {

/// One network on one accelerator.
struct Pair {
    std::string name;
    Accelerator accelerator;
    Workload workload;
    MappingRules rules;
    DesignSpace space;
    std::vector<DesignPoint> points;                    ///< of the space, then the references
    std::vector<std::optional<ExploredPoint>> results;  ///< parallel to `points`
};

Pair make_pair(const ExploreArguments& arguments, const std::string& accelerator_name, const std::string& workload_name)
{
    Accelerator accelerator = read_accelerator(accelerator_name, arguments.profile);
    Workload workload = io::read_workload(find_description(Description::workload, workload_name).string());
    MappingRules rules = io::read_mapping(find_mapping(arguments.mapping, accelerator_name).string(), accelerator);
    DesignSpace space = design_space(arguments, accelerator, workload, rules);
    std::vector<DesignPoint> points = space.points;
    for (const NamedPoint& reference : space.references) points.push_back(reference.point);
    const std::size_t size = points.size();
    return {accelerator_name + ' ' + workload_name,
            std::move(accelerator),
            std::move(workload),
            std::move(rules),
            std::move(space),
            std::move(points),
            std::vector<std::optional<ExploredPoint>>(size)};
}

/// FNV-1a: tells whether a file is the one that it was.
std::string fingerprint(const std::filesystem::path& path)
{
    std::ifstream file{path, std::ios::binary};
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (std::istreambuf_iterator<char> byte{file}, end; byte != end; ++byte)
        hash = (hash ^ static_cast<unsigned char>(*byte)) * 0x100000001b3U;
    char text[16];
    const auto end = std::to_chars(std::begin(text), std::end(text), hash, 16).ptr;
    return {text, end};
}

std::string exact(double value)
{
    char text[32];
    const auto end = std::to_chars(std::begin(text), std::end(text), value).ptr;
    return {text, end};
}

/// All that the cost of a point depends on, but for the point.
ExploreStore::Inputs inputs_of(const ExploreArguments& arguments)
{
    const SearchOptions& search = arguments.search;
    ExploreStore::Inputs inputs{{"version", PLUMBLINE_VERSION},
                                {"factors", std::to_string(search.factors)},
                                {"objective", std::string{name_of(search.objective)}},
                                {"estimator", std::string{name_of(search.estimator)}},
                                {"capacity", std::string{name_of(arguments.capacity)}}};
    if (search.objective == Objective::weighted)
        inputs["exponents"] = exact(search.weights.energy) + ',' + exact(search.weights.latency);
    for (const std::string& name : arguments.accelerators) {
        inputs["accelerator " + name] = fingerprint(find_description(Description::accelerator, name));
        inputs["mapping of " + name] = fingerprint(find_mapping(arguments.mapping, name));
    }
    if (!arguments.profile.empty()) inputs["profile"] = fingerprint(arguments.profile);
    for (const std::string& name : arguments.workloads)
        inputs["workload " + name] = fingerprint(find_description(Description::workload, name));
    return inputs;
}

void recall(Pair& pair, const ExploreStore& store)
{
    for (std::size_t i = 0; i < pair.points.size(); ++i)
        pair.results[i] = store.find({pair.accelerator, pair.name}, pair.points[i]);
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
    options.capacity = arguments.capacity;
    options.search = arguments.search;
    options.threads = arguments.threads;
    options.mappings = &mappings;
    options.finished = [&](const ExploreProgress& progress) {
        finished(progress.point);
        return true;
    };
    auto results = explore(pair.accelerator, pair.workload, pair.rules, points, options);
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
            if (store != nullptr) store->add({pair.accelerator, pair.name}, point);
            progress.update(++done, all);
        });
    }
}

/// \pre the pair is complete
validate::ExploredSpace explored_space(Pair&& pair)
{
    validate::ExploredSpace space{std::move(pair.accelerator), std::move(pair.workload), {}, {}};
    const std::size_t size = pair.space.points.size();
    for (std::size_t i = 0; i < size; ++i) space.points.push_back(std::move(*pair.results[i]));
    for (std::size_t i = size; i < pair.results.size(); ++i)
        space.references.push_back({pair.space.references[i - size].name, std::move(*pair.results[i])});
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

bool has_feasible_point(const validate::ExploredSpace& space)
{
    return std::any_of(space.points.begin(), space.points.end(),
                       [](const ExploredPoint& point) { return point.cost.feasible(); });
}

}  // namespace

ExitCode explore(const Context& context, const ExploreArguments& arguments)
{
    std::optional<validate::ExplorePageAssets> plot;
    if (!arguments.plot.empty()) plot = plot_assets();
    std::vector<Pair> pairs;
    for (const std::string& accelerator : arguments.accelerators)
        for (const std::string& workload : arguments.workloads)
            pairs.push_back(make_pair(arguments, accelerator, workload));
    std::optional<ExploreStore> store;
    if (!arguments.store.empty()) {
        store.emplace(arguments.store, inputs_of(arguments));
        for (Pair& pair : pairs) recall(pair, *store);
    }
    complete(context, pairs, arguments, store ? &*store : nullptr);
    validate::Exploration exploration{arguments.goal(), arguments.capacity, arguments.search.factors, {}};
    for (Pair& pair : pairs) exploration.spaces.push_back(explored_space(std::move(pair)));
    deliver(context, arguments.report, report(arguments, exploration));
    if (plot) write_file(arguments.plot, plot_page(arguments, exploration, *plot));
    const auto& spaces = exploration.spaces;
    if (std::any_of(spaces.begin(), spaces.end(), has_feasible_point)) return ExitCode::done;
    throw InfeasibleError("no point is feasible; the first: " + spaces.front().points.front().cost.reason());
}

}  // namespace plumbline::cli
