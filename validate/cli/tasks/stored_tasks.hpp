// SPDX-License-Identifier: Apache-2.0
// What many simulations come to: each in a worker process of its own, finished ones kept in a store.
//
//     answers_of(context, {"calibrate", names, keys, [&](std::size_t i) { return to_line(simulated(runs[i])); }, 0, "runs.jsonl"});
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "execution/context.hpp"
#include "tasks/shard.hpp"

namespace plumbline::cli {

struct StoredTasks {
    std::string kind;                                   ///< of store: the command's name
    std::vector<std::string> names;                     ///< a task each, as messages call it
    std::vector<std::string> keys;                      ///< parallel: fingerprints of all that its answer depends on
    std::function<std::string(std::size_t)> work;       ///< called in a worker; answers with a line of JSON
    int processes = 0;                                  ///< at once at most; 0: one per core
    std::string store;                                  ///< path; empty: none
    Shard shard;                                        ///< of tasks that a store is filled with
    std::function<std::string(std::size_t)> text = {};  ///< from which another rank knows what the task is
};

/// By task, whatever the order in which they end. Where the context has ranks, these are dealt what is missing.
/// \throws InputError, also what a worker throws, naming the task; and once the others have ended where one was killed or had too little memory,
/// which no store keeps
std::vector<std::string> answers_of(const Context& context, const StoredTasks& tasks);

/// Those of the shard, into the store alone. \return what the command says of it, a line
/// \pre there is a store \throws InputError as above
std::string fill_store(const Context& context, const StoredTasks& tasks);

}  // namespace plumbline::cli
