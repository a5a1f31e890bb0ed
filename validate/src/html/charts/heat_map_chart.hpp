// SPDX-License-Identifier: Apache-2.0
// Energy or latency over the tile grid: columns of tiles to the right, rows upwards, a map for each overlap mode and
// alternative of cuts, one colour scale for all.
#pragma once

#include "html/charts/chart_parts.hpp"
#include "report/explore/explore_findings.hpp"

namespace plumbline::validate {

enum class Quantity { energy, latency };

/// \pre a point of the space is feasible
Json heat_map_chart(const ExploredSpace& space, const Findings& findings, Quantity quantity);

}  // namespace plumbline::validate
