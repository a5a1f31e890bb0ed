// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cassert>
#include <limits>

#include "functional/channels_read.hpp"
#include "functional/product_sums.hpp"
#include "functional/window_taps.hpp"
#include "plumbline/sim/layer_function.hpp"

namespace plumbline::sim {
namespace {

constexpr std::int64_t kBlock = 256;  // columns whose sums stay in the nearest cache

/// Sums of products for a block of outputs.
class ProductSums {
public:
    ProductSums(const TapTable& table, const FeatureValues& weights)
        : table_{&table},
          weights_(weights.begin(), weights.end())
    {}

    void operator()(const ChannelStart& start, const std::int16_t* features, std::int32_t* sums,
                    std::int64_t count) const
    {
        std::fill_n(sums, count, 0);
        const std::int16_t* first = features + start.feature;
        const std::int16_t* weights = weights_.data() + start.weight;
        for (std::size_t i = 0; i < table_->taps.size(); i += kTermsAtOnce) {
            add_products(sums, terms(i, first, weights), count);
        }
    }

private:
    Terms terms(std::size_t begin, const std::int16_t* first, const std::int16_t* weights) const
    {
        Terms terms{};
        for (std::size_t i = 0; i < kTermsAtOnce; ++i) {
            const bool there = begin + i < table_->taps.size();
            const Tap& tap = table_->taps[there ? begin + i : begin];
            terms.features[i] = first + tap.feature;
            terms.weights[i] = there ? weights[tap.weight] : std::int16_t{0};
        }
        return terms;
    }

    const TapTable* table_;
    std::vector<std::int16_t> weights_;
};

/// Largest features for a block of outputs.
class Maxima {
public:
    explicit Maxima(const TapTable& table) : table_{&table} {}

    void operator()(const ChannelStart& start, const std::int16_t* features, std::int32_t* sums,
                    std::int64_t count) const
    {
        std::fill_n(sums, count, std::numeric_limits<std::int32_t>::min());
        for (const Tap& tap : table_->taps) {
            const std::int16_t* each = features + start.feature + tap.feature;
            for (std::int64_t i = 0; i < count; ++i) sums[i] = std::max<std::int32_t>(sums[i], each[i]);
        }
    }

private:
    const TapTable* table_;
};

void requantise(const Requantisation& scale, const std::int32_t* sums, std::int8_t* features, std::int64_t count)
{
    for (std::int64_t i = 0; i < count; ++i) features[i] = scale(sums[i]);
}

/// Row by row, in blocks of columns, all channels of a block.
template <class Sums>
FeatureValues slide(const LayerFunction& function, const TapTable& table, const LanedBox& box, PixelCount outputs,
                    const Sums& sums_of)
{
    const auto channels = static_cast<std::int64_t>(table.channels.size());
    FeatureValues made(static_cast<std::size_t>(channels * outputs.rows * outputs.columns));
    std::array<std::int32_t, kBlock> sums{};
    for (std::int64_t row = 0; row < outputs.rows; ++row) {
        for (std::int64_t begin = 0; begin < outputs.columns; begin += kBlock) {
            const std::int64_t count = std::min(kBlock, outputs.columns - begin);
            const std::int16_t* features = box.data() + row * function.rows.stride * box.row_pitch() + begin;
            for (std::int64_t channel = 0; channel < channels; ++channel) {
                sums_of(table.channels[static_cast<std::size_t>(channel)], features, sums.data(), count);
                const std::int64_t first = (channel * outputs.rows + row) * outputs.columns + begin;
                requantise(function.scale, sums.data(), made.data() + first, count);
            }
        }
    }
    return made;
}

FeatureValues add(const LayerFunction& function, const std::vector<FeatureValues>& inputs)
{
    FeatureValues made(inputs.front().size());
    for (std::size_t i = 0; i < made.size(); ++i) {
        std::int32_t sum = 0;
        for (const FeatureValues& input : inputs) sum += input[i];
        made[i] = function.scale(sum);
    }
    return made;
}

/// Of each batch the channels of one map after those of another.
FeatureValues concatenate(const Layer& layer, const std::vector<FeatureValues>& inputs, PixelCount outputs)
{
    FeatureValues made;
    const std::int64_t pixels = outputs.rows * outputs.columns;
    for (std::int64_t batch = 0; batch < layer.sizes[LoopDim::b]; ++batch)
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            const SlidingAxis& axis = *axis_along(layer.inputs[i], LoopDim::g);
            const ChannelsRead read = channels_read(axis, layer.sizes[LoopDim::g]);
            const std::int64_t maps_before = layer.inputs[i].relevant.contains(LoopDim::b) ? batch : 0;
            const auto from = inputs[i].begin() + (maps_before * *axis.size + read.first) * pixels;
            made.insert(made.end(), from, from + read.count * pixels);
        }
    return made;
}

const Operand& feature_map_of(const Layer& layer)
{
    return *std::find_if(layer.inputs.begin(), layer.inputs.end(), [](const Operand& each) { return !each.constant; });
}

/// Where windows are single pixels side by side, rows follow each other like the columns of one long row.
bool is_pointwise(const LayerFunction& function)
{
    const auto single = [](const Window& each) { return each.size == 1 && each.stride == 1; };
    return single(function.columns) && single(function.rows);
}

}  // namespace

FeatureValues compute(const LayerFunction& function, const Layer& layer, const std::vector<FeatureValues>& inputs,
                      const FeatureValues& weights, PixelCount outputs)
{
    if (function.operation == Operation::addition) return add(function, inputs);
    if (function.operation == Operation::concatenation) return concatenate(layer, inputs, outputs);
    if (is_pointwise(function)) outputs = {1, outputs.rows * outputs.columns};
    const PixelCount window{function.rows.extent(outputs.rows), function.columns.extent(outputs.columns)};
    const Operand& input = feature_map_of(layer);
    const std::int64_t channels = channels_of(input, layer.sizes);
    assert(inputs.size() == 1);
    assert(inputs.front().size() == static_cast<std::size_t>(channels * window.rows * window.columns));
    const LanedBox box{inputs.front(), channels, window, function.columns.stride};
    const TapTable table = tap_table(function, layer, input, multiplied_weights(layer), box);
    if (sums_products(function.operation)) return slide(function, table, box, outputs, ProductSums{table, weights});
    if (function.operation == Operation::maximum_pooling) return slide(function, table, box, outputs, Maxima{table});
    return slide(function, table, box, outputs, ProductSums{table, FeatureValues{1}});
}

}  // namespace plumbline::sim
