// SPDX-License-Identifier: Apache-2.0
#include "options/task_flags.hpp"

#include "options/flags.hpp"

namespace plumbline::cli {

void add_store(CLI::App& app, std::string& store, const std::string& keep)
{
    app.add_option("--store", store, keep + " in this file, and go on from it: an interrupted run loses none");
}

void add_processes(CLI::App& app, int& processes, const std::string& simulations)
{
    add_non_negative(app, "--processes", processes, simulations + " at once (0: one per core)");
}

}  // namespace plumbline::cli
