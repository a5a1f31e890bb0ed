// SPDX-License-Identifier: Apache-2.0
#include "options/planning_flags.hpp"

#include <charconv>
#include <cmath>
#include <string_view>

#include "options/flags.hpp"

namespace plumbline::cli {
namespace {

constexpr std::string_view kWeighted = "weighted:";
constexpr double kMostExponents = 10;  // together: energies and cycles below 10^25 stay finite

double exponent(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && std::isfinite(value) ? value : -1;
}

/// "weighted:0.7,0.3"; exponents of what is anything else are negative.
ObjectiveWeights parse_weights(std::string_view text)
{
    const auto comma = text.find(',');
    if (text.substr(0, kWeighted.size()) != kWeighted || comma == std::string_view::npos) return {-1, -1};
    return {exponent(text.substr(kWeighted.size(), comma - kWeighted.size())), exponent(text.substr(comma + 1))};
}

void set_objective(SearchOptions& search, const std::string& text)
{
    const auto objective = objective_named(text);
    if (objective && *objective != Objective::weighted) {
        search.objective = *objective;
        return;
    }
    search.objective = Objective::weighted;
    search.weights = parse_weights(text);
    const double together = search.weights.energy + search.weights.latency;
    if (search.weights.energy < 0 || search.weights.latency < 0 || together <= 0 || together > kMostExponents)
        throw CLI::ValidationError("--objective", "'" + text + "' is no objective, expected energy, latency, edp or " +
                                                      "exponents of at most 10 together such as weighted:0.7,0.3 "
                                                      "(energy^0.7 * latency^0.3)");
}

}  // namespace

CLI::Option* add_mapping(CLI::App& app, std::string& mapping, const std::string& help)
{
    return app.add_option("--mapping", mapping, help);
}

CLI::Option* add_cuts(CLI::App& app, std::string& cuts, const std::string& help, const std::string& example)
{
    return app.add_option("--cuts", cuts, help)->type_name(example)->capture_default_str();
}

CLI::Option* add_cut_alternatives(CLI::App& app, std::string& cuts)
{
    return add_cuts(app, cuts,
                    "Where stacks end: auto, none, each or a list of layers; alternatives are separated by ';'",
                    "auto;none;each;3,7");
}

CLI::Option* add_factors(CLI::App& app, SearchOptions& search)
{
    return add_non_negative(app, "--factors", search.factors,
                            "Temporal loop factors per layer at most (0: the exact search)")
        ->capture_default_str();
}

CLI::Option* add_objective(CLI::App& app, SearchOptions& search)
{
    return app
        .add_option_function<std::string>(
            "--objective", [&search](const std::string& text) { set_objective(search, text); }, "What is minimised")
        ->type_name("energy|latency|edp|weighted:0.7,0.3")
        ->default_str(std::string{name_of(search.objective)});
}

CLI::Option* add_capacity(CLI::App& app, CapacityPolicy& capacity)
{
    return add_choice(app, "--capacity", capacity, {CapacityPolicy::optimistic, CapacityPolicy::reserved},
                      capacity_policy_named, "Whether space that caches and weights take is kept free of tiles");
}

CLI::Option* add_estimator(CLI::App& app, Estimator& estimator)
{
    return add_choice(app, "--estimator", estimator, {Estimator::uniform, Estimator::refined}, estimator_named,
                      "Formulas that mappings are compared and costs predicted with (uniform: those of DeFiNES)");
}

CLI::Option* add_mapping_cache(CLI::App& app, std::string& file)
{
    return add_file(app, "--mapping-cache", file,
                    "Mapping problems that were solved in any run: look here first, and keep new ones", "FILE.db");
}

CLI::Option* add_threads(CLI::App& app, int& threads, const std::string& help)
{
    return add_non_negative(app, "--threads", threads, help);
}

std::vector<CLI::Option*> add_search_limits(CLI::App& app, SearchOptions& search)
{
    auto* steps = add_non_negative(app, "--search-steps", search.steps,
                                   "Steps at most of the exact search of a mapping (0: no limit)");
    auto* seconds =
        add_non_negative(app, "--search-seconds", search.seconds,
                         "Seconds at most of the exact search of a mapping (0: no limit); results may vary");
    steps->capture_default_str();
    seconds->capture_default_str();
    return {steps, seconds};
}

std::vector<CLI::Option*> add_search(CLI::App& app, PlanningFlags& flags)
{
    add_estimator(app, flags.search.estimator);
    std::vector<CLI::Option*> options = add_search_limits(app, flags.search);
    for (CLI::Option* option : {add_factors(app, flags.search), add_objective(app, flags.search),
                                add_capacity(app, flags.capacity), add_mapping_cache(app, flags.mapping_cache)})
        options.push_back(option);
    return options;
}

}  // namespace plumbline::cli
