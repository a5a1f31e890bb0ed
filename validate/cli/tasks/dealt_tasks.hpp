// SPDX-License-Identifier: Apache-2.0
// Tasks in worker processes of all ranks of mpirun, on one machine or on many. The first rank deals them out one by one, and has
// as many done itself as another.
//
//     run_dealt(&ranks, processes, {missing, work, text, finished, lost, failed});            // the first
//     serve_dealt(ranks, processes, [&](const std::string& text) { return line_of(text); });  // the others
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "tasks/ranks.hpp"
#include "tasks/worker_processes.hpp"

namespace plumbline::cli {

struct DealtTasks {
    const std::vector<std::size_t>& tasks;         ///< numbers
    std::function<std::string(std::size_t)> work;  ///< called in a worker of this rank
    std::function<std::string(std::size_t)> text;  ///< of a task, from which another rank knows what to do
    OfTask finished;                               ///< called here with each answer
    OfTask lost;                                   ///< called here with the reason why there is none
    OfTask failed;                                 ///< called here with what is wrong with the task; throws
};

/// \param ranks null: all is done here \throws InputError also where another rank cannot go on
void run_dealt(const Ranks* ranks, int processes, const DealtTasks& tasks);

/// Works until there is no more. \param work called in a worker; what it throws as InputError the first rank is told
void serve_dealt(const Ranks& ranks, int processes, const std::function<std::string(const std::string&)>& work);

/// Sends the others home. \pre the calling rank deals, and has dealt nothing
void deal_nothing(const Ranks& ranks);

}  // namespace plumbline::cli
