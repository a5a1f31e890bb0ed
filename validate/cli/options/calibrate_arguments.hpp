// SPDX-License-Identifier: Apache-2.0
// The command line of `plumbline calibrate` as values.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "options/explore_arguments.hpp"
#include "plumbline/validate/calibrate.hpp"

namespace plumbline::cli {

/// What stands for a run while parameters are sought.
enum class PredictWith { model, machine };
std::string_view name_of(PredictWith value);

struct CalibrateArguments {
    ExploreArguments schedules;  ///< one accelerator; which schedules of its design space; the profile to begin with
    std::string runs;            ///< a list of schedules and observations instead
    std::string truth;           ///< profile of the machine that is observed; empty: as described
    validate::ImportOptions import;
    std::vector<std::string> parameters;  ///< by name; empty: all
    validate::HoldOut hold_out;
    double confidence = 0.95;
    double tolerance = -1;  ///< largest mean deviation of held-out totals; negative: any
    PredictWith predict_with = PredictWith::model;
    sim::Fidelity fidelity = sim::Fidelity::transaction;
    int processes = 0;        ///< simulations at once; 0: one per core
    std::string store;        ///< of observed runs; empty: none
    std::string profile_out;  ///< empty: none
    ReportArguments report;
    std::string page;  ///< HTML; empty: none
};

void add(CLI::App& app, CalibrateArguments& arguments);

}  // namespace plumbline::cli
