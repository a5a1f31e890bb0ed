// SPDX-License-Identifier: Apache-2.0
#include "cost/layer/loop_elements.hpp"

#include <algorithm>
#include <numeric>

namespace plumbline::detail {

/// As `span` of workload.hpp, between whole numbers, too.
double LoopElements::exact_span(const SlidingAxis& axis, double positions, double window)
{
    const std::int64_t common = std::gcd(axis.stride, axis.dilation);
    // An element is read again so many positions on, so many places of the window back.
    const std::int64_t positions_on = axis.dilation / common;
    const std::int64_t window_back = axis.stride / common;
    const double repeated_positions = std::max(0.0, positions - static_cast<double>(positions_on));
    const double repeated_window = std::max(0.0, window - static_cast<double>(window_back));
    const double all = positions * window - repeated_positions * repeated_window;
    return axis.upsampling == 1 ? all : upsampled_span(axis, positions, window, all);
}

}  // namespace plumbline::detail
