// SPDX-License-Identifier: Apache-2.0
// Flags that say how schedules are planned, whatever their tiles: mapping rules, cuts, the search for mappings, capacity.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "plumbline/mapper.hpp"
#include "plumbline/schedule.hpp"

namespace plumbline::cli {

struct PlanningFlags {
    std::string mapping;        ///< built-in name or path; empty: the rules of the accelerator's family
    std::string cuts = "auto";  ///< to be understood with the workload at hand (plumbline/io/cuts_text.hpp)
    SearchOptions search;
    CapacityPolicy capacity = CapacityPolicy::reserved;
    std::string mapping_cache;  ///< SQLite file of mapping problems that were solved; empty: none
};

CLI::Option* add_mapping(CLI::App& app, std::string& mapping, const std::string& help);
/// \param example what the help shows instead of a type
CLI::Option* add_cuts(CLI::App& app, std::string& cuts, const std::string& help, const std::string& example);
/// Several ways to cut, each a schedule of its own.
CLI::Option* add_cut_alternatives(CLI::App& app, std::string& cuts);
CLI::Option* add_factors(CLI::App& app, SearchOptions& search);
CLI::Option* add_objective(CLI::App& app, SearchOptions& search);
CLI::Option* add_capacity(CLI::App& app, CapacityPolicy& capacity);
CLI::Option* add_estimator(CLI::App& app, Estimator& estimator);
CLI::Option* add_mapping_cache(CLI::App& app, std::string& file);
CLI::Option* add_threads(CLI::App& app, int& threads, const std::string& help);

/// Factors with the limits of the exact search, objective, capacity and cache, which are returned as flags of planning alone; and the
/// estimator, which also predicts.
std::vector<CLI::Option*> add_search(CLI::App& app, PlanningFlags& flags);

}  // namespace plumbline::cli
