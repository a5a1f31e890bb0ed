// SPDX-License-Identifier: Apache-2.0
// Cycles of each step by phase, end to end: the predicted bar above the simulated one.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "html/charts/chart_parts.hpp"
#include "plumbline/units.hpp"

namespace plumbline::validate {

/// One bar.
struct PhaseBar {
    std::string step;  ///< unique to the step
    std::string side;  ///< "predicted", "simulated"
    std::vector<std::pair<std::string, Cycles>> phases;

    Cycles all() const;
};

/// \param phases all that bars have
/// \pre bars of two sides
Json phase_chart(const std::vector<PhaseBar>& bars, const ChartSeries& phases);

}  // namespace plumbline::validate
