// SPDX-License-Identifier: Apache-2.0
// One layer on whole feature maps, in plain loops.
#pragma once

#include <cstdint>
#include <vector>

#include "plumbline/sim/network_data.hpp"

namespace plumbline::validate {

/// A feature map in memory: channel by channel, row by row.
struct WholeMap {
    sim::MapShape shape;
    std::vector<std::int16_t> features;

    const std::int16_t* row(std::int64_t channel, std::int64_t row) const
    {
        return features.data() + (channel * shape.rows + row) * shape.columns;
    }
    std::int16_t* row(std::int64_t channel, std::int64_t row)
    {
        return features.data() + (channel * shape.rows + row) * shape.columns;
    }
};

/// \param inputs one per operand of the layer, null for constants
WholeMap reference_layer(const Layer& layer, const std::vector<const WholeMap*>& inputs,
                         const std::vector<std::int8_t>& weights);

}  // namespace plumbline::validate
