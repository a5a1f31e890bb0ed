// SPDX-License-Identifier: Apache-2.0
// `plumbline simulate`: executes a schedule on the machine.
#pragma once

#include <CLI/CLI.hpp>

#include "execution/context.hpp"
#include "options/functional_flags.hpp"
#include "options/report_flags.hpp"
#include "options/schedule_flags.hpp"
#include "options/simulation_flags.hpp"
#include "plumbline/validate/report.hpp"

namespace plumbline::cli {

struct SimulateArguments {
    ScheduleFlags schedule;
    ReportFlags report;
    SimulationFlags simulation;
    FunctionalFlags functional;
    validate::Detail detail = validate::Detail::totals;  ///< of the table
};

void add(CLI::App& app, SimulateArguments& arguments);

/// Out of tolerance where the machine computed something else than the reference.
ExitCode simulate(const Context& context, const SimulateArguments& arguments);

}  // namespace plumbline::cli
