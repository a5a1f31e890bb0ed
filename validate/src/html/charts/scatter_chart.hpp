// SPDX-License-Identifier: Apache-2.0
// Predicted against simulated values on one logarithmic scale: where all is well, on the line of identity.
#pragma once

#include <string>
#include <vector>

#include "html/charts/chart_parts.hpp"

namespace plumbline::validate {

struct ScatterPoint {
    std::size_t series = 0;  ///< index
    double predicted = 0;
    double simulated = 0;
    bool within = true;  ///< its tolerance
    std::string tip;
};

struct ScatterTexts {
    std::string description;
    std::string predicted;  ///< titles of axes
    std::string simulated;
};

/// Whatever is none at all lies at the edge, as a logarithmic scale has no place for it.
/// \pre five series at most
/// \param tolerance drawn beside the identity; 0: not drawn
Json scatter_chart(const std::vector<ScatterPoint>& points, const ScatterTexts& texts, const ChartSeries& series,
                   double tolerance);

}  // namespace plumbline::validate
