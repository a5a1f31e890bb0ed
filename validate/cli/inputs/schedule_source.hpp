// SPDX-License-Identifier: Apache-2.0
// From the command line to a schedule: reads the descriptions, then plans a schedule or reads one.
#pragma once

#include "execution/context.hpp"
#include "options/arguments.hpp"
#include "plumbline/accelerator.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/validate/report.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::cli {

struct ScheduledNetwork {
    Accelerator accelerator;
    Workload workload;
    Schedule schedule;

    validate::Subject subject() const { return {accelerator, workload, schedule}; }
};

/// Also writes the schedule where that was asked for.
/// \throws InputError, InfeasibleError
ScheduledNetwork scheduled_network(const Context& context, const ScheduleArguments& arguments);

/// Writes a report, its newline included, to its file or to standard output. \throws InputError
void deliver(const Context& context, const ReportArguments& arguments, const std::string& report);

}  // namespace plumbline::cli
