// SPDX-License-Identifier: Apache-2.0
#include "exploration/bounds/shared_lanes.hpp"

#include <algorithm>

namespace plumbline::detail {
namespace {

/// Lanes along a window's position read elements of their own, unless some along the window meet them.
bool shares_elements(const Operand& operand, const MappingRule& rule, LoopDim dim)
{
    if (operand.relevant.contains(dim)) return false;
    const auto unrolled = [&](LoopDim other) {
        return std::any_of(rule.unrollings.begin(), rule.unrollings.end(),
                           [&](const Unrolling& each) { return each.dim == other; });
    };
    return std::all_of(operand.sliding.begin(), operand.sliding.end(), [&](const SlidingAxis& axis) {
        return (axis.position != dim || unrolled(axis.window)) && (axis.window != dim || unrolled(axis.position));
    });
}

}  // namespace

double most_lanes_sharing(const Operand& operand, const MappingRule& rule)
{
    double lanes = 1;
    for (const Unrolling& each : rule.unrollings)
        if (shares_elements(operand, rule, each.dim)) lanes *= static_cast<double>(each.size);
    return lanes;
}

}  // namespace plumbline::detail
