// SPDX-License-Identifier: Apache-2.0
// Which schedules does `plumbline validate` look at where there are many, and what comes of each?
#pragma once

#include <string>
#include <vector>

#include "execution/context.hpp"
#include "options/validate_batch_arguments.hpp"
#include "plumbline/accelerator.hpp"
#include "plumbline/error.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/validate/batch.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::cli {

template <class Description>
struct Named {
    std::string name;  ///< as asked for
    Description description;
};

struct SetRun {
    std::size_t accelerator = 0;
    std::size_t network = 0;
    std::string name;  ///< unique within accelerator and network
    Outcome<Schedule> schedule;
    std::vector<std::string> observations;  ///< files; none: to be simulated
};

struct SetRuns {
    std::vector<Named<Accelerator>> accelerators;
    std::vector<Named<Workload>> networks;
    std::vector<SetRun> runs;  ///< by accelerator, then by network

    const Accelerator& accelerator_of(const SetRun& run) const { return accelerators[run.accelerator].description; }
    const Workload& workload_of(const SetRun& run) const { return networks[run.network].description; }
};

/// Planned now, or read from the list. \throws InputError
SetRuns set_runs(const Context& context, const ValidateSetArguments& arguments);

/// In the order of the runs. \throws InputError
std::vector<validate::ValidatedSchedule> validated(const Context& context, const ValidateSetArguments& arguments,
                                                   const SetRuns& runs);

}  // namespace plumbline::cli
