// SPDX-License-Identifier: Apache-2.0
// `plumbline validate --generated`: schedules that nobody chose, each planned and predicted in a worker process of its own,
// and run in two more, at either fidelity.
//
//     const validate::GeneratedRun run = generated_run(context, flags, comparison.simulation.fidelity);
#pragma once

#include "execution/context.hpp"
#include "options/batch_flags.hpp"
#include "plumbline/sim/fidelity.hpp"
#include "plumbline/validate/generated_summary.hpp"
#include "tasks/stored_tasks.hpp"

namespace plumbline::cli {

/// Each of them, in the order of their numbers. \pre the flags outlive the tasks
StoredTasks generated_tasks(const BatchFlags& flags, sim::Fidelity fidelity);

/// What such a task answers, in another rank of mpirun. \param text of the task
std::string generated_answer(const BatchFlags& flags, sim::Fidelity fidelity, const std::string& text);

/// In the order of their numbers, whatever the order in which they end.
/// \param fidelity that predictions are compared with \throws InputError
validate::GeneratedRun generated_run(const Context& context, const BatchFlags& flags, sim::Fidelity fidelity);

}  // namespace plumbline::cli
