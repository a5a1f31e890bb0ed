// SPDX-License-Identifier: Apache-2.0
// A sweep by one process, or by all that mpirun began: the first deals out points, and computes as well as the others; it
// alone has the store, and knows the results.
//
//     compute(context, sweep, {pairs, planning, threads});
#pragma once

#include <string>
#include <vector>

#include "execution/context.hpp"
#include "sweep/sweep.hpp"
#include "tasks/ranks.hpp"

namespace plumbline::cli {

struct SweepWork {
    const std::vector<SweepPair>& pairs;
    const PlanningFlags& planning;
    int threads = 0;  ///< of each process; 0: one per core
};

/// Until nothing is missing, with the ranks of the context. \throws InputError also where another rank cannot go on
void compute(const Context& context, Sweep& sweep, const SweepWork& work);

/// Computes what it is told to, until there is no more. \pre the calling rank does not deal
void serve(const SweepWork& work, const Ranks& ranks);

}  // namespace plumbline::cli
