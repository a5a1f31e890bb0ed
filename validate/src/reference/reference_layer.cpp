// SPDX-License-Identifier: Apache-2.0
#include "reference/reference_layer.hpp"

#include <algorithm>
#include <limits>

namespace plumbline::validate {
namespace {

using Index = PerLoopDim<std::int64_t>;
using Sums = std::vector<std::int32_t>;

/// Number of an element among those that `dims` make, the last dimension innermost.
std::int64_t number_of(const DimSet& dims, std::initializer_list<LoopDim> order, const LoopSizes& sizes,
                       const Index& at)
{
    std::int64_t number = 0;
    for (LoopDim dim : order) {
        if (dims.contains(dim)) number = number * sizes[dim] + at[dim];
    }
    return number;
}

std::int64_t channel_of(const Operand& operand, const LoopSizes& sizes, const Index& at)
{
    return number_of(operand.relevant, {LoopDim::b, LoopDim::g, LoopDim::k, LoopDim::c}, sizes, at);
}

/// The channel of a map that lies beside others; none (-1) of channels that are another's.
std::int64_t concatenated_channel(const Operand& operand, const LoopSizes& sizes, const Index& at)
{
    const SlidingAxis& axis = *std::find_if(operand.sliding.begin(), operand.sliding.end(),
                                            [](const SlidingAxis& each) { return each.position == LoopDim::g; });
    const std::int64_t channel = at[axis.position] - axis.padding_before;
    if (channel < 0 || channel >= *axis.size) return -1;
    return channel_of(operand, sizes, at) * *axis.size + channel;
}

/// Where an operand is read along one axis: `stride * output + dilation * window - margin`. The margin is the padding. Of an
/// up-sampled map, each feature is found at several places; in a transposed convolution, at the first of them alone.
struct Place {
    std::int64_t stride = 1;
    std::int64_t offset = 0;
    bool edges = false;  ///< of the map: beyond, there are no features
    std::int64_t upsampling = 1;
    bool zeros_between = false;
    std::int64_t in_depth = 1;  ///< places that a feature's pixel holds as channels
    std::int64_t in_first = 0;  ///< of those, before the first place of the map in its first pixel
    std::int64_t places = 0;    ///< that the map has, where its pixels hold several

    /// Less than 0 where there is none.
    std::int64_t feature(std::int64_t output) const
    {
        const std::int64_t place = stride * output + offset;
        const bool between = zeros_between && place % upsampling != 0;
        if (place < 0 || between) return -1;
        if (in_depth == 1) return place / upsampling;
        return place < places ? (in_first + place) / in_depth : -1;
    }
    /// Which of the places in its pixel. \pre there is one
    std::int64_t phase(std::int64_t output) const { return (in_first + stride * output + offset) % in_depth; }
};

/// Without padding and sizes, a map lies in the centre of what its reader reads, or the other way round.
Place place_along(const Layer& layer, const Operand& operand, LoopDim position, std::int64_t map, const Index& at)
{
    std::int64_t stride = 1;
    std::int64_t reach = 0;
    std::int64_t tap = 0;
    for (const SlidingAxis& axis : operand.sliding) {
        if (axis.position != position) continue;
        stride = axis.stride;
        reach = axis.dilation * (layer.sizes[axis.window] - 1);
        tap = axis.dilation * at[axis.window];
        const bool transposed = layer.operation == Operation::transposed_convolution;
        if (axis.size)
            return {stride,
                    tap - axis.padding_before,
                    true,
                    axis.upsampling,
                    transposed,
                    axis.depth_to_space,
                    axis.depth_offset,
                    *axis.size};
    }
    const std::int64_t spare = map - (stride * (layer.sizes[position] - 1) + reach + 1);
    return {stride, tap + (spare >= 0 ? spare / 2 : -((1 - spare) / 2)), false};
}

/// Of the channels of a pixel that hold a channel's rows and columns, the first of a row.
std::int64_t stored_channel(std::int64_t channel, std::int64_t row_in_pixel, const Place& down, const Place& across)
{
    return (channel * down.in_depth + row_in_pixel) * across.in_depth;
}

/// Calls `visit(output column, feature)` for a row of outputs; features beyond its ends are 0.
template <class Visit>
void read_row(const WholeMap& map, std::int64_t channel, std::int64_t row, Place place, std::int64_t outputs,
              Visit visit)
{
    for (std::int64_t i = 0; i < outputs; ++i) {
        const std::int64_t column = place.feature(i);
        const bool there = column >= 0 && column < map.shape.columns;
        visit(i, there ? map.row(channel + place.phase(i), row)[column] : std::int16_t{0});
    }
}

/// Where the map has edges, what is not there is not the largest either.
void take_maximum(const WholeMap& map, std::int64_t channel, std::int64_t row, Place place, std::int64_t outputs,
                  std::int32_t* most)
{
    if (place.edges && (row < 0 || row >= map.shape.rows)) return;
    for (std::int64_t i = 0; i < outputs; ++i) {
        const std::int64_t column = place.feature(i);
        const bool there = row >= 0 && row < map.shape.rows && column >= 0 && column < map.shape.columns;
        if (there) most[i] = std::max<std::int32_t>(most[i], map.row(channel + place.phase(i), row)[column]);
        if (!there && !place.edges) most[i] = std::max<std::int32_t>(most[i], 0);
    }
}

/// Outputs from `first` to before `end`.
struct Outputs {
    std::int64_t first = 0;
    std::int64_t end = 0;
};

/// Of a row whose features are not up-sampled and lie in a channel: the outputs that find one inside of the map.
Outputs inside(const WholeMap& map, Place place, std::int64_t outputs)
{
    const std::int64_t first = place.offset < 0 ? (-place.offset + place.stride - 1) / place.stride : 0;
    const std::int64_t beyond = map.shape.columns - place.offset;
    const std::int64_t end = beyond > 0 ? (beyond + place.stride - 1) / place.stride : 0;
    return {first, std::min(end, outputs)};
}

void add_row(const WholeMap& map, std::int64_t channel, std::int64_t row, Place place, std::int16_t weight,
             std::int64_t outputs, std::int32_t* sums)
{
    if (row < 0 || row >= map.shape.rows) return;
    if (place.upsampling != 1 || place.in_depth != 1) {
        read_row(map, channel, row, place, outputs,
                 [&](std::int64_t i, std::int16_t feature) { sums[i] += std::int32_t{weight} * feature; });
        return;
    }
    const std::int16_t* features = map.row(channel, row);
    const Outputs found = inside(map, place, outputs);
    if (place.stride == 1) {
        features += place.offset;
        for (std::int64_t i = found.first; i < found.end; ++i) sums[i] += std::int32_t{weight} * features[i];
    } else {
        for (std::int64_t i = found.first; i < found.end; ++i)
            sums[i] += std::int32_t{weight} * features[place.stride * i + place.offset];
    }
}

template <class Visit>
void for_each_channel_and_tap(const LoopSizes& sizes, Visit visit)
{
    Index at{};
    for (at[LoopDim::b] = 0; at[LoopDim::b] < sizes[LoopDim::b]; ++at[LoopDim::b])
        for (at[LoopDim::g] = 0; at[LoopDim::g] < sizes[LoopDim::g]; ++at[LoopDim::g])
            for (at[LoopDim::k] = 0; at[LoopDim::k] < sizes[LoopDim::k]; ++at[LoopDim::k])
                for (at[LoopDim::c] = 0; at[LoopDim::c] < sizes[LoopDim::c]; ++at[LoopDim::c])
                    for (at[LoopDim::fy] = 0; at[LoopDim::fy] < sizes[LoopDim::fy]; ++at[LoopDim::fy])
                        for (at[LoopDim::fx] = 0; at[LoopDim::fx] < sizes[LoopDim::fx]; ++at[LoopDim::fx]) visit(at);
}

/// `multiplier / 2^shift` is at most `1 / sqrt(square)`, with eight significant bits.
struct Scale {
    std::int64_t multiplier = 1;
    int shift = 0;
};

Scale inverse_root(std::int64_t square)
{
    for (int shift = 1;; ++shift) {
        for (std::int64_t multiplier = 255; multiplier >= 128; --multiplier) {
            if (multiplier * multiplier <= (std::int64_t{1} << (2 * shift)) / square) return {multiplier, shift};
        }
    }
}

Scale scale_of(const Layer& layer)
{
    std::int64_t terms = layer.macs();
    for (LoopDim dim : kAllLoopDims) {
        if (layer.output.relevant.contains(dim)) terms /= layer.sizes[dim];
    }
    switch (layer.operation) {
        case Operation::convolution:
        case Operation::depthwise_convolution:
        case Operation::transposed_convolution:
        case Operation::matrix_product: return inverse_root(std::int64_t{74} * 74 * terms);
        case Operation::average_pooling: return inverse_root(terms * terms);
        case Operation::addition: return inverse_root(static_cast<std::int64_t>(layer.inputs.size()));
        case Operation::maximum_pooling:
        case Operation::concatenation:
        case Operation::other: break;
    }
    return {};
}

std::int16_t int8_of(std::int64_t sum, Scale scale)
{
    const std::int64_t divisor = std::int64_t{1} << scale.shift;
    const std::int64_t doubled = 2 * sum * scale.multiplier + divisor;
    const std::int64_t rounded =
        doubled >= 0 ? doubled / (2 * divisor) : -((-doubled + 2 * divisor - 1) / (2 * divisor));
    return static_cast<std::int16_t>(std::min<std::int64_t>(127, std::max<std::int64_t>(-128, rounded)));
}

struct Band {
    std::int64_t first = 0;  ///< row
    std::int64_t rows = 0;
};

/// Sums (or maxima) of the outputs of a few rows: channel by channel, row by row.
class BandOfOutputs {
public:
    BandOfOutputs(const Layer& layer, const std::vector<const WholeMap*>& inputs,
                  const std::vector<std::int8_t>& weights)
        : layer_{layer},
          inputs_{inputs},
          weights_{weights}
    {}

    void compute(Band band, Sums& sums) const
    {
        std::fill(sums.begin(), sums.end(), takes_maximum() ? std::numeric_limits<std::int32_t>::min() : 0);
        for_each_channel_and_tap(layer_.sizes, [&](const Index& at) {
            const std::int64_t channel = channel_of(layer_.output, layer_.sizes, at);
            std::int32_t* into = sums.data() + channel * band.rows * layer_.sizes[LoopDim::ox];
            for (std::size_t i = 0; i < inputs_.size(); ++i) {
                if (inputs_[i] != nullptr) take(layer_.inputs[i], *inputs_[i], at, band, into);
            }
        });
    }

private:
    void take(const Operand& operand, const WholeMap& map, const Index& at, Band band, std::int32_t* into) const
    {
        const std::int64_t outputs = layer_.sizes[LoopDim::ox];
        const std::int64_t channel = layer_.operation == Operation::concatenation
                                         ? concatenated_channel(operand, layer_.sizes, at)
                                         : channel_of(operand, layer_.sizes, at);
        if (channel < 0) return;
        const Place across = place_along(layer_, operand, LoopDim::ox, map.shape.columns, at);
        const Place down = place_along(layer_, operand, LoopDim::oy, map.shape.rows, at);
        const std::int16_t factor = weight(at);
        for (std::int64_t row = band.first; row < band.first + band.rows; ++row, into += outputs) {
            const std::int64_t from = down.feature(row);
            const std::int64_t first = stored_channel(channel, from < 0 ? 0 : down.phase(row), down, across);
            if (takes_maximum()) {
                take_maximum(map, first, from, across, outputs, into);
            } else {
                add_row(map, first, from, across, factor, outputs, into);
            }
        }
    }

    bool takes_maximum() const { return layer_.operation == Operation::maximum_pooling; }

    std::int16_t weight(const Index& at) const
    {
        if (!sums_products(layer_.operation)) return 1;
        const auto order = {LoopDim::b, LoopDim::g, LoopDim::k, LoopDim::c, LoopDim::fy, LoopDim::fx};
        return weights_[static_cast<std::size_t>(number_of(weights_of(layer_)->relevant, order, layer_.sizes, at))];
    }

    const Layer& layer_;
    const std::vector<const WholeMap*>& inputs_;
    const std::vector<std::int8_t>& weights_;
};

}  // namespace

WholeMap reference_layer(const Layer& layer, const std::vector<const WholeMap*>& inputs,
                         const std::vector<std::int8_t>& weights)
{
    WholeMap made{sim::output_shape(layer), {}};
    made.features.resize(static_cast<std::size_t>(made.shape.features()));
    const Scale scale = scale_of(layer);
    const BandOfOutputs outputs{layer, inputs, weights};
    constexpr std::int64_t kBandRows = 16;
    Sums sums;
    for (Band band; band.first < made.shape.rows; band.first += kBandRows) {
        band.rows = std::min(kBandRows, made.shape.rows - band.first);
        sums.resize(static_cast<std::size_t>(made.shape.channels * band.rows * made.shape.columns));
        outputs.compute(band, sums);
        auto from = sums.begin();
        for (std::int64_t channel = 0; channel < made.shape.channels; ++channel) {
            const auto size = band.rows * made.shape.columns;
            std::transform(from, from + size, made.row(channel, band.first),
                           [scale](std::int32_t sum) { return int8_of(sum, scale); });
            from += size;
        }
    }
    return made;
}

}  // namespace plumbline::validate
