// SPDX-License-Identifier: Apache-2.0
// The charts of a verdict: which of its numbers each shows, and how it is to be read.
#pragma once

#include <string>
#include <vector>

#include "html/charts/histogram_chart.hpp"
#include "html/html_parts.hpp"
#include "plumbline/validate/validate_page.hpp"

namespace plumbline::validate {

/// Words of each memory, operand and direction. \pre there are any
Figure access_scatter(const Subject& subject, const ValidatedRun& run);
Figure access_deviation_bars(const Subject& subject, const ValidatedRun& run);
/// Cycles of each layer and copy. \pre there are any
Figure cycle_scatter(const Subject& subject, const ValidatedRun& run);
Figure cycle_phases(const Subject& subject, const ValidatedRun& run);

/// Of cycles of steps; before the profile, where there is one, and now.
std::vector<Residuals> residuals_of(const ValidatedRun& run);
Figure residual_histogram(const Histogram& histogram);

/// Of the whole run, and of a tile. \pre something listened
Figure run_timeline(const Subject& subject, const ValidatedRun& run);
Figure tile_timeline(const Subject& subject, const ValidatedRun& run);
/// The steps of that tile, and how busy each port was meanwhile.
Table tile_step_table(const Subject& subject, const TileTimeline& tile);
Table tile_port_table(const Subject& subject, const TileTimeline& tile);

}  // namespace plumbline::validate
