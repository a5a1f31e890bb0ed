// SPDX-License-Identifier: Apache-2.0
// Energy against latency of all feasible points and references, the Pareto front as a line.
#pragma once

#include "html/charts/chart_parts.hpp"
#include "report/explore/explore_findings.hpp"

namespace plumbline::validate {

/// \pre a point of the space is feasible
Json pareto_chart(const ExploredSpace& space, const Findings& findings);

}  // namespace plumbline::validate
