// SPDX-License-Identifier: Apache-2.0
// How far, and to which side, each prediction is off: a bar from zero for each, with its number.
#pragma once

#include <string>
#include <vector>

#include "html/charts/chart_parts.hpp"

namespace plumbline::validate {

struct DeviationBar {
    std::string row;         ///< unique
    std::size_t series = 0;  ///< index
    double deviation = 0;    ///< may be infinite: then the bar reaches the edge
    std::string tip;
};

/// \param tolerance drawn where the scale reaches that far
Json deviation_chart(const std::vector<DeviationBar>& bars, const ChartSeries& series, double tolerance);

}  // namespace plumbline::validate
