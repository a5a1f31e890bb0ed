// SPDX-License-Identifier: Apache-2.0
// Where the energy goes: a bar for each memory, stacked by operand, of the best point and of the references.
#pragma once

#include "html/charts/chart_parts.hpp"
#include "report/explore/explore_findings.hpp"

namespace plumbline::validate {

/// \pre a point of the space is feasible
Json breakdown_chart(const ExploredSpace& space, const Findings& findings);

}  // namespace plumbline::validate
