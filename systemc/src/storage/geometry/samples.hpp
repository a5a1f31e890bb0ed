// SPDX-License-Identifier: Apache-2.0
// Where on a map do the rows and columns lie that a stack reads of it?
//
// Where all windows step over the same rows, copies may leave these out (`row_step` of a region). What is left are the map's
// samples, numbered from 0 on: for the stack the map consists of them alone, and boxes count samples. Off-chip memory, and
// other stacks, have the whole map.
//
//     Samples samples{{2, 0}, {2, 1}};   // even columns, odd rows
//     samples.within({{0, 5}, {0, 5}});  // columns 0, 2, 4 and rows 1, 3: {{0, 3}, {0, 2}}
#pragma once

#include "plumbline/sim/feature_box.hpp"
#include "plumbline/sim/feature_values.hpp"

namespace plumbline::sim {

/// Columns, or rows.
struct SampledAxis {
    std::int64_t step = 1;   ///< from one sample to the next
    std::int64_t first = 0;  ///< where sample 0 lies, less than the step

    std::int64_t place(std::int64_t sample) const { return first + step * sample; }
    /// Samples among some places. \pre none of them is negative
    Interval within(Interval places) const;
    /// Places from the first to the last of some samples.
    Interval span(Interval samples) const;
};

/// Of a map.
struct Samples {
    SampledAxis columns;
    SampledAxis rows;

    /// Whether nothing is left out.
    bool all() const { return columns.step == 1 && rows.step == 1; }
    FeatureBox within(const FeatureBox& places) const;
    FeatureBox span(const FeatureBox& samples) const;
    /// Values of a box of samples. \param values of all of its span, channel by channel
    FeatureValues pick(const FeatureValues& values, std::int64_t channels, const FeatureBox& samples) const;
};

}  // namespace plumbline::sim
