// SPDX-License-Identifier: Apache-2.0
// From the command line to a schedule: reads the descriptions, then plans a schedule or reads one. And what it is predicted
// to cost.
#pragma once

#include <optional>
#include <string>

#include "execution/context.hpp"
#include "options/schedule_flags.hpp"
#include "plumbline/accelerator.hpp"
#include "plumbline/cost.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/validate/report.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::cli {

struct ScheduledNetwork {
    Accelerator accelerator;
    Workload workload;
    Schedule schedule;
    std::optional<SearchProof> search = {};  ///< of an exact search
    std::optional<sim::Period> period = {};  ///< of a cycle, where it is known

    validate::Subject subject() const { return {accelerator, workload, schedule, search, period}; }
};

/// Also writes the schedule where that was asked for.
/// \throws InputError, InfeasibleError
ScheduledNetwork scheduled_network(const Context& context, const ScheduleFlags& flags);

/// Where a schedule was read: a step that reads what no copy brings costs nothing that could be predicted. Planned by the
/// `optimistic` policy it may. \param file empty: it was planned \throws InputError as a simulation would
void refuse_unfit(const ScheduledNetwork& network, const std::string& file);

/// By the estimator that was asked for.
ScheduleCost prediction(const ScheduledNetwork& network, const ScheduleFlags& flags);

}  // namespace plumbline::cli
