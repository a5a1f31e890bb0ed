// SPDX-License-Identifier: Apache-2.0
// Which schedules does `plumbline validate` look at where there are many, and what comes of each?
//
// Planned now, the points of a design space for each network on each accelerator; or read from a list. What all have in common
// is said by the flags of one comparison, with the names of accelerators and networks separated by commas.
//
//     const BatchRuns runs = batch_runs(context, comparison, batch);
//     for (const auto& schedule : validated(context, comparison, batch.tasks, runs)) …
#pragma once

#include <string>
#include <vector>

#include "execution/context.hpp"
#include "options/batch_flags.hpp"
#include "options/comparison_flags.hpp"
#include "plumbline/accelerator.hpp"
#include "plumbline/error.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/validate/batch.hpp"
#include "plumbline/workload.hpp"
#include "tasks/stored_tasks.hpp"

namespace plumbline::cli {

template <class Description>
struct Named {
    std::string name;  ///< as asked for
    Description description;
};

struct BatchRun {
    std::size_t accelerator = 0;
    std::size_t network = 0;
    std::string name;  ///< unique within accelerator and network
    Outcome<Schedule> schedule;
    std::vector<std::string> observations;  ///< files; none: to be simulated
};

struct BatchRuns {
    std::vector<Named<Accelerator>> accelerators;
    std::vector<Named<Workload>> networks;
    std::vector<BatchRun> runs;  ///< by accelerator, then by network

    const Accelerator& accelerator_of(const BatchRun& run) const { return accelerators[run.accelerator].description; }
    const Workload& workload_of(const BatchRun& run) const { return networks[run.network].description; }
};

/// Accelerators and networks alone, no runs. \throws InputError
BatchRuns batch_subjects(const Context& context, const SubjectFlags& subject);

/// \throws InputError
BatchRuns batch_runs(const Context& context, const ComparisonFlags& comparison, const BatchFlags& batch);

/// Of each that is feasible, in their order: predicted by both estimators, simulated and compared. \pre all outlive the tasks
StoredTasks comparison_tasks(const ComparisonFlags& comparison, const TaskFlags& flags, const BatchRuns& runs);

/// What such a task answers, in another rank of mpirun. \param subjects no runs \param text of the task
std::string comparison_answer(const ComparisonFlags& comparison, const BatchRuns& subjects, const std::string& text);

/// Each predicted by both estimators, simulated in a worker process and compared; in the order of the runs.
/// \throws InputError
std::vector<validate::ValidatedSchedule> validated(const Context& context, const ComparisonFlags& comparison,
                                                   const TaskFlags& flags, const BatchRuns& runs);

}  // namespace plumbline::cli
