// SPDX-License-Identifier: Apache-2.0
// How many predictions are how far off: deviations counted in classes of equal width, for one or two predictors.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "html/charts/chart_parts.hpp"
#include "plumbline/validate/table.hpp"

namespace plumbline::validate {

struct Residuals {
    std::string series;              ///< "before calibration"
    std::vector<double> deviations;  ///< may be infinite: those have no class
};

struct Histogram {
    double width = 0.01;     ///< of a class
    std::int64_t first = 0;  ///< class i is from (first + i) * width on, up to the next
    std::vector<std::string> series;
    std::vector<std::vector<std::size_t>> counts;  ///< by series, class
    std::size_t infinite = 0;

    std::size_t classes() const { return counts.empty() ? 0 : counts.front().size(); }
    /// Where class `index` begins.
    double edge(std::size_t index) const
    {
        return static_cast<double>(first + static_cast<std::int64_t>(index)) * width;
    }
};

/// Classes as narrow as 1, 2 or 5 times a power of ten can be, where there are to be some twenty at most.
Histogram histogram_of(const std::vector<Residuals>& residuals);

Json histogram_chart(const Histogram& histogram, const std::string& what);
/// Classes that are not empty.
Table histogram_table(const Histogram& histogram);

}  // namespace plumbline::validate
