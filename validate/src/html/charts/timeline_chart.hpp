// SPDX-License-Identifier: Apache-2.0
// How busy each port was over time: a row for each, as high as it was busy; above them the steps, where there are any.
#pragma once

#include <string>
#include <vector>

#include "html/charts/chart_parts.hpp"
#include "plumbline/validate/port_timeline.hpp"

namespace plumbline::validate {

struct TimelineBand {
    std::string name;  ///< of a step
    sim::Span span;
};

/// \param rows names of ports, by index, which are left out where nothing ever moved
/// \param bands steps that ran in that time; none: no row of steps
Json timeline_chart(const BusyBins& bins, const std::vector<std::string>& rows, const std::vector<TimelineBand>& bands);

}  // namespace plumbline::validate
