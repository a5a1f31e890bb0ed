// SPDX-License-Identifier: Apache-2.0
// Which channels of a map does a layer copy that lays maps beside each other?
//
// Output channel `g` is channel `g - padding_before` of the map, where the map has that one: all of a map between others, a
// part where the padding is below zero.
#pragma once

#include <algorithm>
#include <cstdint>

#include "plumbline/workload.hpp"

namespace plumbline::sim {

/// The axis along `position`; null where the operand has none.
inline const SlidingAxis* axis_along(const Operand& input, LoopDim position)
{
    const auto found = std::find_if(input.sliding.begin(), input.sliding.end(),
                                    [position](const SlidingAxis& axis) { return axis.position == position; });
    return found == input.sliding.end() ? nullptr : &*found;
}

struct ChannelsRead {
    std::int64_t first = 0;
    std::int64_t count = 0;
};

/// \param outputs channels of the layer \pre the axis has a size
inline ChannelsRead channels_read(const SlidingAxis& axis, std::int64_t outputs)
{
    const std::int64_t first = std::max<std::int64_t>(0, -axis.padding_before);
    const std::int64_t end = std::min(*axis.size, outputs - axis.padding_before);
    return {first, std::max<std::int64_t>(0, end - first)};
}

}  // namespace plumbline::sim
