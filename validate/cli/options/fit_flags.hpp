// SPDX-License-Identifier: Apache-2.0
// Flags of fitting parameters: which, to what, and which schedules are held out to judge the fit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "plumbline/validate/calibrate.hpp"

namespace plumbline::cli {

/// What stands for a run while parameters are sought.
enum class PredictWith { model, machine };
std::string_view name_of(PredictWith value);

struct FitFlags {
    std::vector<std::string> parameters;  ///< by name; empty: all
    PredictWith predict_with = PredictWith::model;
    double confidence = 0.95;
    validate::HoldOut hold_out;
    double tolerance = -1;  ///< largest mean deviation of held-out totals; negative: any
};

CLI::Option* add_fit_share(CLI::App& app, validate::HoldOut& hold_out, const std::string& help);
CLI::Option* add_hold_out_seed(CLI::App& app, validate::HoldOut& hold_out);

void add_fit(CLI::App& app, FitFlags& flags);

}  // namespace plumbline::cli
