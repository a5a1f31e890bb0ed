// SPDX-License-Identifier: Apache-2.0
// Reports of an optimisation: the stacks of the best schedule with their tiles and modes, the Pareto front, and how much better
// that is than one tile and mode for all stacks.
//
// As tables, as JSON ("plumbline/optimize/1"), which has all stacks of all networks, and as CSV.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plumbline/explore.hpp"
#include "plumbline/mapping_cache.hpp"
#include "plumbline/optimize.hpp"
#include "plumbline/sim/clock_options.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// One network on one accelerator.
struct OptimizedNetwork {
    std::string accelerator;      ///< its name
    Workload workload;            ///< the network
    Outcome<Optimization> found;  ///< the best schedule, or the front; or why there is none
    std::optional<ExploredPoint>
        best_uniform;  ///< the best of one tile and mode for all stacks; none where nobody asked, or none is feasible
    std::size_t uniform_points = 0;          ///< how many of these were compared
    std::optional<SearchProof> search = {};  ///< of exact searches, for all choices that were planned
};

/// Networks that were optimised in the same way.
struct OptimizationReport {
    SearchOptions search;                                ///< its objective is what was minimised
    CapacityPolicy capacity = CapacityPolicy::reserved;  ///< when a schedule is infeasible
    Optima optima = Optima::best;                        ///< what was asked for
    std::vector<OptimizedNetwork> networks;              ///< each is reported by itself
    std::optional<sim::Period> period = {};              ///< of a cycle: reports say time and power, too
};

/// The stacks of a network, or its front; where there are several networks, a table of their best schedules instead.
std::string optimize_text(const OptimizationReport& report);
/// Everything, in the order of the networks.
std::string optimize_json(const OptimizationReport& report);
/// A line for each schedule (several of a front) with the best uniform choice beside it, or for a network that has none. Columns:
/// accelerator, workload, stacks, energy_pj, latency_cycles, uniform_mode, uniform_tile_x, uniform_tile_y, uniform_cut_rule,
/// uniform_energy_pj, uniform_latency_cycles, infeasible (the reason); where a period is known, time_ms and power_mw of the schedule.
std::string optimize_csv(const OptimizationReport& report);

}  // namespace plumbline::validate
#pragma GCC visibility pop
