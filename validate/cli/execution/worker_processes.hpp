// SPDX-License-Identifier: Apache-2.0
// Tasks in processes of their own, several at once: the SystemC kernel lives once per process, so each simulation needs one.
//
// A worker is a fork of this process: it sees what this one knew when the task began, and answers with a text. Who is
// interrupted takes the workers along (they are in its process group).
//
//     run_in_processes(schedules.size(), 0, [&](std::size_t i) { return simulate(schedules[i]); },
//                      [&](std::size_t i, const std::string& answer) { answers[i] = answer; });
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace plumbline::cli {

/// \param processes at once at most; 0: one per core
/// \param work called in the worker; what it throws is thrown here as InputError with the same text
/// \param finished called here, in the order in which tasks end
/// \throws InputError also where a worker ends without an answer; the others are stopped then
void run_in_processes(std::size_t tasks, int processes, const std::function<std::string(std::size_t)>& work,
                      const std::function<void(std::size_t, const std::string&)>& finished);

}  // namespace plumbline::cli
