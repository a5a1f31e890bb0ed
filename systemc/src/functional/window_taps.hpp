// SPDX-License-Identifier: Apache-2.0
// What one output reads, laid out so that neighbouring outputs read neighbouring numbers.
//
// The columns of a box are dealt out over `stride` lanes (column c is place c / stride of lane c % stride), so that a
// row of outputs reads, for each term of its sum, a contiguous row of int16: loops over outputs become vector code.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "plumbline/sim/layer_function.hpp"

namespace plumbline::sim {

/// A box of features as int16, its columns in lanes.
class LanedBox {
public:
    LanedBox(const FeatureValues& values, std::int64_t channels, PixelCount size, std::int64_t stride);

    const std::int16_t* data() const { return values_.data(); }
    std::ptrdiff_t channel_pitch() const { return row_pitch_ * rows_; }
    std::ptrdiff_t row_pitch() const { return row_pitch_; }
    /// From the first feature of a row to that in `column`.
    std::ptrdiff_t column(std::int64_t column) const { return column % stride_ * lane_ + column / stride_; }

private:
    std::int64_t stride_;
    std::int64_t rows_;
    std::ptrdiff_t lane_;
    std::ptrdiff_t row_pitch_;
    std::vector<std::int16_t> values_;
};

/// One term of a sum, relative to the first feature and weight of its output channel.
struct Tap {
    std::ptrdiff_t feature = 0;
    std::ptrdiff_t weight = 0;
};

/// Where an output channel's sums begin.
using ChannelStart = Tap;

struct TapTable {
    std::vector<ChannelStart> channels;  ///< per output channel
    std::vector<Tap> taps;               ///< the same for all of them
};

/// \param weights null for operators without
TapTable tap_table(const LayerFunction& function, const Layer& layer, const Operand& input, const Operand* weights,
                   const LanedBox& box);

}  // namespace plumbline::sim
