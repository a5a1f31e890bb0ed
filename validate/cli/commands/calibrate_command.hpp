// SPDX-License-Identifier: Apache-2.0
// `plumbline calibrate`: fits a profile to observed runs, and says how far off it is on others.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "execution/context.hpp"
#include "options/fit_flags.hpp"
#include "options/report_flags.hpp"
#include "runs/calibrate_runs.hpp"

namespace plumbline::cli {

struct CalibrateArguments {
    ObservedSchedules schedules;
    std::string profile;  ///< path of the one to begin with; empty: the accelerator as described
    FitFlags fit;
    std::string profile_out;  ///< empty: none
    ReportFlags report;
    std::string page;  ///< HTML; empty: none
};

void add(CLI::App& app, CalibrateArguments& arguments);

ExitCode calibrate(const Context& context, const CalibrateArguments& arguments);

}  // namespace plumbline::cli
