// SPDX-License-Identifier: Apache-2.0
// `plumbline evaluate`: what the model predicts of a schedule.
#pragma once

#include <CLI/CLI.hpp>

#include "execution/context.hpp"
#include "options/report_flags.hpp"
#include "options/schedule_flags.hpp"

namespace plumbline::cli {

struct EvaluateArguments {
    ScheduleFlags schedule;
    ReportFlags report;
};

void add(CLI::App& app, EvaluateArguments& arguments);

ExitCode evaluate(const Context& context, const EvaluateArguments& arguments);

}  // namespace plumbline::cli
