// SPDX-License-Identifier: Apache-2.0
// Tasks in processes of their own, several at once: the SystemC kernel lives once per process, so each simulation needs one.
//
// A worker is a fork of this process: it sees what this one knew when the task began, and answers with a text. It has no files
// of this process open, so that it holds no lock of them, and it ends with this process, however that ends.
//
//     run_in_processes(schedules.size(), 0, [&](std::size_t i) { return simulate(schedules[i]); },
//                      [&](std::size_t i, const std::string& answer) { answers[i] = answer; });
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace plumbline::cli {

/// Told of a task, and of what came of it.
using OfTask = std::function<void(std::size_t, const std::string&)>;

/// \param processes at once at most; 0: one per core
/// \param work called in the worker; what it throws is thrown here as InputError with the same text
/// \param finished called here, in the order in which tasks end
/// \param lost called here with the reason why a task has no answer that is not the task's own: its worker was killed, or
/// memory was short. The other tasks go on. Empty: such a reason is thrown as InputError
/// \throws InputError; workers under way are stopped then
void run_in_processes(std::size_t tasks, int processes, const std::function<std::string(std::size_t)>& work,
                      const OfTask& finished, const OfTask& lost = {});

/// The number of a task that nobody has begun; nothing where there is none any more.
using NextTask = std::function<std::optional<std::size_t>()>;

/// The same, for tasks that others work on as well. \param meanwhile called every few milliseconds while there are workers
void run_in_processes(const NextTask& next, int processes, const std::function<std::string(std::size_t)>& work,
                      const OfTask& finished, const OfTask& lost, const std::function<void()>& meanwhile);

}  // namespace plumbline::cli
