// SPDX-License-Identifier: Apache-2.0
// Reports of an exploration: all points, the best of them, the Pareto front, and what optimising for a partial view of
// the cost would have chosen, at its true cost.
//
// An exploration covers spaces, one for each pair of accelerator and network; points compare within their space only.
// As a table (best first), as JSON ("plumbline/explore/1", points in the order of the space) and as CSV.
#pragma once

#include <string>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/explore.hpp"
#include "plumbline/optima.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// A point outside the space that its points are compared with.
struct ExploreReference {
    std::string name;  ///< "single-layer", "layer-by-layer"
    ExploredPoint result;
};

struct ExploredSpace {
    Accelerator accelerator;
    Workload workload;
    std::vector<ExploredPoint> points;
    std::vector<ExploreReference> references;
};

struct Exploration {
    Goal goal;
    CapacityPolicy capacity = CapacityPolicy::reserved;
    int factors = 0;  ///< limit of the mapping search
    std::vector<ExploredSpace> spaces;
};

/// \param top rows per space at most; 0: all
std::string explore_text(const Exploration& exploration, std::size_t top);
std::string explore_json(const Exploration& exploration);
/// A header line, then a line per point; RFC 4180 but for plain line feeds.
std::string explore_csv(const Exploration& exploration);

}  // namespace plumbline::validate
#pragma GCC visibility pop
