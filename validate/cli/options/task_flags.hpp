// SPDX-License-Identifier: Apache-2.0
// Flags of commands that simulate many schedules: how many at once, which part of them, and where finished ones are kept.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "tasks/shard.hpp"

namespace plumbline::cli {

struct TaskFlags {
    std::string store;  ///< path; empty: none
    int processes = 0;  ///< simulations at once; 0: one per core
    Shard shard;        ///< all, but where a store is filled and nothing else asked for
};

/// \param keep the beginning of the help: "Keep finished simulations"
void add_store(CLI::App& app, std::string& store, const std::string& keep);
/// \param simulations the beginning of the help: "Simulations"
void add_processes(CLI::App& app, int& processes, const std::string& simulations);
/// \param part the beginning of the help: "Explore this part of the points alone"
CLI::Option* add_shard(CLI::App& app, Shard& shard, const std::string& part);

}  // namespace plumbline::cli
