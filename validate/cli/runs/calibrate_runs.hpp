// SPDX-License-Identifier: Apache-2.0
// Which schedules does `plumbline calibrate` look at, and what was observed of each?
//
// Planned now, one per point of a design space that is feasible and does something new (a tile as large as the map does the
// same in every mode), and simulated in worker processes; or listed in a CSV with
// a schedule (JSON) a row and the files of what was observed of it, separated by ';', paths relative to the list:
//
//     schedule,observations,workload
//     small_tiles.json,small_tiles.csv,fsrcnn
#pragma once

#include <string>
#include <vector>

#include "execution/context.hpp"
#include "options/design_space_flags.hpp"
#include "options/observed_flags.hpp"
#include "options/planning_flags.hpp"
#include "options/subject_flags.hpp"
#include "plumbline/accelerator.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/validate/quantities.hpp"
#include "plumbline/workload.hpp"
#include "tasks/stored_tasks.hpp"

namespace plumbline::cli {

/// Which schedules, and who observes them.
struct ObservedSchedules {
    SubjectListFlags subjects;  ///< one accelerator
    DesignSpaceFlags space;
    PlanningFlags planning;  ///< cuts: alternatives
    ObservedFlags observed;

    const std::string& accelerator() const { return subjects.accelerators.front(); }
};

struct CalibrationNetwork {
    std::string name;  ///< as asked for: schedules of it are a stratum
    Workload workload;
};

struct CalibrationRun {
    std::string name;  ///< unique
    std::size_t network = 0;
    Schedule schedule;
    std::vector<std::string> observations;  ///< files; none: to be simulated
};

struct CalibrationRuns {
    std::vector<CalibrationNetwork> networks;
    std::vector<CalibrationRun> runs;

    const Workload& workload_of(const CalibrationRun& run) const { return networks[run.network].workload; }
    const CalibrationRun& named(const std::string& name) const;
};

/// Of networks alone, no runs. \throws InputError
CalibrationRuns calibration_networks(const Context& context, const ObservedSchedules& schedules);

/// \throws InputError; InfeasibleError where no point is feasible
CalibrationRuns calibration_runs(const Context& context, const ObservedSchedules& schedules,
                                 const Accelerator& described);

/// Every tile, or one of each class.
enum class Tiles { all, of_each_class };

/// The machine of `accelerator` runs it; once in a process.
validate::Quantities simulated(const CalibrationRuns& runs, const CalibrationRun& run, const Accelerator& accelerator,
                               sim::Fidelity fidelity, Tiles tiles);

/// Each simulated by the machine of `truth`. \pre all outlive the tasks
StoredTasks observation_tasks(const ObservedSchedules& schedules, const CalibrationRuns& runs,
                              const Accelerator& truth);

/// What such a task answers, in another rank of mpirun. \param text of the task
std::string observation_answer(const ObservedSchedules& schedules, const CalibrationRuns& networks,
                               const Accelerator& truth, const std::string& text);

/// Of each run, from files or simulated by the machine of `truth`. \throws InputError
std::vector<validate::Quantities> observed(const Context& context, const ObservedSchedules& schedules,
                                           const CalibrationRuns& runs, const Accelerator& truth);

}  // namespace plumbline::cli
