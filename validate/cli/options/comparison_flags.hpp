// SPDX-License-Identifier: Apache-2.0
// Flags of a comparison: of which schedule, what is compared, by which tolerances, and how it is reported.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "options/import_flags.hpp"
#include "options/report_flags.hpp"
#include "options/schedule_flags.hpp"
#include "options/simulation_flags.hpp"
#include "plumbline/validate/comparison.hpp"

namespace plumbline::cli {

struct ComparisonFlags {
    ScheduleFlags schedule;
    ReportFlags report;
    SimulationFlags simulation;
    ImportFlags import;
    std::string page;  ///< HTML; empty: none
    validate::Tolerances tolerances;
};

void add_comparison(CLI::App& app, ComparisonFlags& flags);

}  // namespace plumbline::cli
