// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

namespace plumbline::detail {

/// Rounded to 40 bits (1e-12): energies are sums of the same accesses in another order, and equal ones are ties.
inline double comparable(double value)
{
    int exponent = 0;
    const double mantissa = std::frexp(value, &exponent);
    return std::ldexp(std::nearbyint(std::ldexp(mantissa, 40)), exponent - 40);
}

}  // namespace plumbline::detail
