// SPDX-License-Identifier: Apache-2.0
// A sweep by one process, or by all that mpirun began: the first deals out points, and computes as well as the others; it
// alone has the store, and knows the results.
//
//     compute(context, sweep, {pairs, planning, threads}, ranks);  // null: alone
#pragma once

#include <string>
#include <vector>

#include "execution/context.hpp"
#include "execution/ranks.hpp"
#include "sweep/sweep.hpp"

namespace plumbline::cli {

struct SweepWork {
    const std::vector<SweepPair>& pairs;
    const PlanningFlags& planning;
    int threads = 0;  ///< of each process; 0: one per core
};

/// Until nothing is missing. \param ranks null: alone; else the calling rank deals
/// \throws InputError also where another rank cannot go on
void compute(const Context& context, Sweep& sweep, const SweepWork& work, const Ranks* ranks);

/// Computes what it is told to, until there is no more. \pre the calling rank does not deal
void serve(const SweepWork& work, const Ranks& ranks);

/// Tells the rank that deals why this one cannot go on, and waits to be ended by it.
void give_up(const std::string& reason, const Ranks& ranks);

}  // namespace plumbline::cli
