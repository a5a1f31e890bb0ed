// SPDX-License-Identifier: Apache-2.0
#include "options/flags.hpp"

#include <charconv>
#include <cmath>

namespace plumbline::cli {
namespace {

constexpr std::string_view kWeighted = "weighted:";

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
    if (search.weights.energy < 0 || search.weights.latency < 0 || search.weights.energy + search.weights.latency <= 0)
        throw CLI::ValidationError("--objective", "'" + text + "' is no objective, expected energy, latency, edp or " +
                                                      "exponents such as weighted:0.7,0.3 (energy^0.7 * latency^0.3)");
}

std::string_view name_of(Format format)
{
    switch (format) {
        case Format::table: return "table";
        case Format::json: return "json";
        case Format::csv: break;
    }
    return "csv";
}

std::optional<Format> format_named(std::string_view name)
{
    for (Format format : {Format::table, Format::json, Format::csv})
        if (name == name_of(format)) return format;
    return std::nullopt;
}

}  // namespace

CLI::Option* add_profile(CLI::App& app, std::string& profile)
{
    return app
        .add_option("--profile", profile, "What calibration found the accelerator to be (YAML): model and machine")
        ->type_name("FILE");
}

CLI::Option* add_factors(CLI::App& app, SearchOptions& search)
{
    return app.add_option("--factors", search.factors, "Temporal loop factors per layer at most (0: no limit)")
        ->check(CLI::NonNegativeNumber)
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
                      "Formulas to predict with");
}

void add_fidelity(CLI::App& app, sim::Fidelity& fidelity)
{
    add_choice(app, "--fidelity", fidelity, {sim::Fidelity::cycle, sim::Fidelity::transaction}, sim::fidelity_named,
               "How ports are shared: word by word in turn, or by rates");
}

void add_report(CLI::App& app, ReportArguments& arguments, std::initializer_list<Format> formats)
{
    std::vector<std::string> names;
    for (Format format : formats) names.emplace_back(name_of(format));
    const auto set_format = [&arguments](const std::string& name) { arguments.format = *format_named(name); };
    app.add_option_function<std::string>("--format", set_format, "How results are written")
        ->check(CLI::IsMember(names))
        ->default_str("table");
    app.add_option("-o,--output", arguments.file, "Write results to this file (default: standard output)");
}

std::int64_t positive(std::string_view digits)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc{} && end == digits.data() + digits.size() ? value : 0;
}

}  // namespace plumbline::cli
