// SPDX-License-Identifier: Apache-2.0
#include "options/fit_flags.hpp"

#include <optional>

#include "options/flags.hpp"

namespace plumbline::cli {
namespace {

using Kind = validate::HoldOut::Kind;

std::optional<PredictWith> predict_with_named(std::string_view name)
{
    if (name == "model") return PredictWith::model;
    if (name == "machine") return PredictWith::machine;
    return std::nullopt;
}

void add_hold_out(CLI::App& app, FitFlags& flags)
{
    validate::HoldOut& hold_out = flags.hold_out;
    auto* share = add_fit_share(app, hold_out, "Share of the schedules that is fitted to; the others judge the fit");
    const auto fold = [&hold_out](std::size_t count) {
        hold_out.kind = Kind::folds;
        hold_out.folds = count;
    };
    auto* folds = app.add_option_function<std::size_t>(
                         "--folds", fold, "Fit to all, and judge each schedule by a fit to those of other folds")
                      ->transform(number<std::size_t>(0))
                      ->excludes(share);
    auto* nothing = app.add_flag_callback(
                           "--hold-out-nothing", [&hold_out] { hold_out.kind = Kind::nothing; },
                           "Fit to all schedules: there is no accuracy to report then")
                        ->excludes(share)
                        ->excludes(folds);
    add_hold_out_seed(app, hold_out);
    add_non_negative(app, "--tolerance", flags.tolerance,
                     "Largest mean deviation of the cycles of held-out schedules; exit 1 beyond")
        ->excludes(nothing);
}

}  // namespace

std::string_view name_of(PredictWith value) { return value == PredictWith::model ? "model" : "machine"; }

CLI::Option* add_fit_share(CLI::App& app, validate::HoldOut& hold_out, const std::string& help)
{
    return app.add_option("--fit-share", hold_out.fitted_share, help)
        ->transform(number(0.0, 1.0, "FLOAT in [0 - 1]"))
        ->capture_default_str();
}

CLI::Option* add_hold_out_seed(CLI::App& app, validate::HoldOut& hold_out)
{
    return app.add_option("--seed", hold_out.seed, "Decides which schedules are held out")
        ->transform(number<decltype(hold_out.seed)>(0))
        ->capture_default_str();
}

void add_fit(CLI::App& app, FitFlags& flags)
{
    app.add_option("--parameters", flags.parameters,
                   "What is fitted, the first preferred where two do the same (default: all)")
        ->delimiter(',')
        ->type_name("top.efficiency,steps.dispatch,memories.dram.access_latency");
    add_choice(app, "--predict-with", flags.predict_with, {PredictWith::model, PredictWith::machine},
               predict_with_named, "What the parameters are to make true");
    app.add_option("--confidence", flags.confidence, "Of the intervals of parameters")
        ->transform(number(0.5, 0.999, "FLOAT in [0.5 - 0.999]"))
        ->capture_default_str();
    add_hold_out(app, flags);
}

}  // namespace plumbline::cli
