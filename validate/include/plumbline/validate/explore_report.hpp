// SPDX-License-Identifier: Apache-2.0
// Reports of an exploration: all points, the best of them, the Pareto front, and what optimising for a partial view of
// the cost would have chosen, at its true cost.
//
// An exploration covers spaces, one for each pair of accelerator and network; points compare within their space only.
// As a table (best first), as JSON ("plumbline/explore/1", points in the order of the space) and as CSV.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/explore.hpp"
#include "plumbline/optima.hpp"
#include "plumbline/sim/clock_options.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// A point outside the space that its points are compared with.
struct ExploreReference {
    std::string name;      ///< "single-layer", "layer-by-layer"
    ExploredPoint result;  ///< its cost, or why it is infeasible
};

/// All points of one pair of accelerator and network.
struct ExploredSpace {
    Accelerator accelerator;                   ///< as predicted, calibrated where a profile was given
    Workload workload;                         ///< the network
    std::vector<ExploredPoint> points;         ///< in the order of the sweep
    std::vector<ExploreReference> references;  ///< in the order in which tables list them
};

/// Spaces that were explored in the same way.
struct Exploration {
    Goal goal;                                           ///< what makes a point the best
    CapacityPolicy capacity = CapacityPolicy::reserved;  ///< when a schedule is infeasible
    int factors = 0;                                     ///< limit of the mapping search; 0: none
    std::vector<ExploredSpace> spaces;                   ///< each is reported by itself
    std::optional<sim::Period> period = {};              ///< of a cycle: reports say time and power, too
};

/// Tables per space: points (best first), infeasible ones, references, and what partial views would choose.
/// \param top rows per space at most; 0: all
std::string explore_text(const Exploration& exploration, std::size_t top);
/// Every point with its cost, in the order of the space, and a summary of each space. Infinite ratios are null.
std::string explore_json(const Exploration& exploration);
/// A header line, then a line per point; RFC 4180 but for plain line feeds. Where a period is known, time_ms and power_mw are the
/// last columns.
std::string explore_csv(const Exploration& exploration);

}  // namespace plumbline::validate
#pragma GCC visibility pop
