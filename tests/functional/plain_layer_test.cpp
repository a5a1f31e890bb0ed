// SPDX-License-Identifier: Apache-2.0
// The plain loops against oneDNN, in f32 on numbers for which f32 is exact; and everything else against the plain loops:
// the arithmetic of the machine, and the reference that the command compares with.
#include <gtest/gtest.h>

#include <dnnl.hpp>
#include <unordered_map>

#include "plain_layer.hpp"
#include "plumbline/error.hpp"
#include "plumbline/sim/layer_function.hpp"
#include "plumbline/validate/reference_network.hpp"
#include "systemc/small_machine.hpp"

namespace plumbline::test {
namespace {

using small::Sizes;
using dims = dnnl::memory::dims;
using dnnl::memory;

constexpr LoopDim kB = LoopDim::b;
constexpr LoopDim kG = LoopDim::g;
constexpr LoopDim kK = LoopDim::k;
constexpr LoopDim kC = LoopDim::c;
constexpr LoopDim kY = LoopDim::oy;
constexpr LoopDim kX = LoopDim::ox;
constexpr LoopDim kFy = LoopDim::fy;
constexpr LoopDim kFx = LoopDim::fx;
constexpr Operation kMaximum = Operation::maximum_pooling;
constexpr Operation kAverage = Operation::average_pooling;

/// Groups of channels, one channel each (depthwise) or more.
Layer grouped(const Sizes& sizes, std::int64_t stride)
{
    Layer layer = small::convolution(sizes, 0, stride);
    if (layer.sizes[kC] == 1) layer.operation = Operation::depthwise_convolution;
    layer.output.relevant.insert(kG);
    for (Operand& input : layer.inputs) input.relevant.insert(kG);
    return layer;
}

/// Elements of a row times a matrix: of two vectors per pixel.
Layer matrix_product(const Sizes& sizes)
{
    Layer layer = small::convolution(sizes);
    layer.operator_type = "Gemm";
    layer.operation = Operation::matrix_product;
    layer.inputs[1].sliding = {};
    layer.inputs[1].relevant.insert(kX);
    return layer;
}

Layer pooling(Operation operation, const Sizes& sizes, std::int64_t stride = 1)
{
    Layer layer = small::convolution(sizes, 0, stride);
    layer.operator_type = "Pooling";
    layer.operation = operation;
    layer.output.relevant = {};
    layer.inputs[0].relevant = {};
    layer.inputs[1].relevant = {};
    for (LoopDim dim : {kB, kG, kY, kX}) layer.output.relevant.insert(dim);
    for (LoopDim dim : {kFy, kFx}) layer.inputs[0].relevant.insert(dim);
    for (LoopDim dim : {kB, kG}) layer.inputs[1].relevant.insert(dim);
    layer.inputs[0].precision = Bits{0};
    return layer;
}

Layer addition(const Sizes& sizes)
{
    Layer layer = pooling(kMaximum, sizes);
    layer.operator_type = "Add";
    layer.operation = Operation::addition;
    layer.inputs[1].relevant = layer.output.relevant;
    layer.inputs[1].sliding = {};
    layer.inputs[1].name = "X";
    layer.inputs[0] = layer.inputs[1];
    layer.inputs[0].name = "Y";
    return layer;
}

struct Kind {
    const char* name;
    Layer layer;
};
void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

std::vector<Kind> kinds()
{
    return {
        {"Convolution3x3", small::convolution({{kK, 5}, {kC, 3}, {kY, 6}, {kX, 9}, {kFy, 3}, {kFx, 3}})},
        {"Convolution7x7Stride2", small::convolution({{kK, 4}, {kC, 3}, {kY, 5}, {kX, 7}, {kFy, 7}, {kFx, 7}}, 0, 2)},
        {"Convolution3x5", small::convolution({{kK, 2}, {kC, 6}, {kY, 4}, {kX, 300}, {kFy, 3}, {kFx, 5}})},
        {"Convolution3x3Dilation2",
         small::convolution({{kK, 3}, {kC, 2}, {kY, 6}, {kX, 5}, {kFy, 3}, {kFx, 3}}, 0, 1, 2)},
        {"Convolution3x3Stride3Dilation2",
         small::convolution({{kK, 3}, {kC, 2}, {kY, 4}, {kX, 6}, {kFy, 3}, {kFx, 3}}, 0, 3, 2)},
        {"Convolution1x1Stride2", small::convolution({{kK, 8}, {kC, 5}, {kY, 7}, {kX, 7}}, 0, 2)},
        {"Pointwise", small::convolution({{kK, 8}, {kC, 5}, {kY, 7}, {kX, 9}})},
        {"BatchOfThree", small::convolution({{kB, 3}, {kK, 2}, {kC, 3}, {kY, 4}, {kX, 4}, {kFy, 3}, {kFx, 3}})},
        {"FullyConnected", small::convolution({{kK, 10}, {kC, 70}})},
        {"Depthwise", grouped({{kG, 6}, {kY, 5}, {kX, 8}, {kFy, 3}, {kFx, 3}}, 1)},
        {"DepthwiseStride2", grouped({{kG, 6}, {kY, 5}, {kX, 8}, {kFy, 3}, {kFx, 3}}, 2)},
        {"Grouped", grouped({{kG, 2}, {kK, 3}, {kC, 4}, {kY, 5}, {kX, 6}, {kFy, 3}, {kFx, 3}}, 1)},
        {"MatrixProduct", matrix_product({{kK, 7}, {kC, 12}, {kX, 5}})},
        {"Maximum3x3Stride2", pooling(kMaximum, {{kG, 4}, {kY, 6}, {kX, 7}, {kFy, 3}, {kFx, 3}}, 2)},
        {"GlobalMaximumOf7x7", pooling(kMaximum, {{kG, 9}, {kFy, 7}, {kFx, 7}})},
        {"Average2x3Stride2", pooling(kAverage, {{kG, 4}, {kY, 6}, {kX, 7}, {kFy, 2}, {kFx, 3}}, 2)},
        {"GlobalAverageOf7x7", pooling(kAverage, {{kG, 9}, {kFy, 7}, {kFx, 7}})},
        {"Addition", addition({{kG, 4}, {kY, 6}, {kX, 7}})}};
}

PlainMap random_map(const sim::MapShape& shape, std::uint64_t seed)
{
    PlainMap map{shape.channels, shape.rows, shape.columns, {}};
    std::uint64_t state = seed;
    for (std::int64_t i = 0; i < shape.features(); ++i) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        map.values.push_back(static_cast<std::int8_t>(static_cast<int>(state >> 56) - 128));
    }
    return map;
}

class LayerKind : public ::testing::TestWithParam<Kind> {
protected:
    LayerKind()
    {
        const sim::LayerFunction function = sim::function_of(layer_);
        for (std::size_t i = 0; i < layer_.inputs.size(); ++i) {
            const Operand& input = layer_.inputs[i];
            const sim::MapShape shape{sim::channels_of(input, layer_.sizes), function.rows.extent(layer_.sizes[kY]),
                                      function.columns.extent(layer_.sizes[kX])};
            inputs_.push_back(input.constant ? PlainMap{} : random_map(shape, i + 1));
        }
        weights_ = random_map({sim::weight_count(layer_), 1, 1}, 99).values;
    }

    const PlainMap& input() const { return inputs_.back(); }

    const Layer layer_ = GetParam().layer;
    std::vector<PlainMap> inputs_;
    std::vector<std::int8_t> weights_;
};

/// oneDNN, on the CPU.
class Engine {
public:
    memory filled(const dims& shape, memory::format_tag tag, const std::vector<std::int8_t>& values)
    {
        memory filled = empty(shape, tag);
        std::copy(values.begin(), values.end(), static_cast<float*>(filled.get_data_handle()));
        return filled;
    }
    memory empty(const dims& shape, memory::format_tag tag)
    {
        return {memory::desc{shape, memory::data_type::f32, tag}, engine_};
    }
    void run(const dnnl::primitive& primitive, const std::unordered_map<int, memory>& arguments)
    {
        primitive.execute(stream_, arguments);
        stream_.wait();
    }
    const dnnl::engine& engine() const { return engine_; }

private:
    dnnl::engine engine_{dnnl::engine::kind::cpu, 0};
    dnnl::stream stream_{engine_};
};

std::vector<std::int32_t> whole_numbers(const memory& values, std::size_t count, double factor = 1)
{
    const auto* from = static_cast<const float*>(values.get_data_handle());
    std::vector<std::int32_t> numbers;
    for (std::size_t i = 0; i < count; ++i)
        numbers.push_back(static_cast<std::int32_t>(std::lround(static_cast<double>(from[i]) * factor)));
    return numbers;
}

struct Shapes {
    dims input;
    dims output;
    dims weights;  ///< group, output channel, input channel, row, column
    dims strides;
    dims dilates;  ///< oneDNN counts what is left out
};

Shapes shapes_of(const Layer& layer, const PlainMap& input)
{
    const LoopSizes& n = layer.sizes;
    const SlidingAxis axis = layer.inputs.back().sliding.empty() ? SlidingAxis{} : layer.inputs.back().sliding.front();
    return {{n[kB], input.channels / n[kB], input.rows, input.columns},
            {n[kB], n[kG] * n[kK], n[kY], n[kX]},
            {n[kG], n[kK], n[kC], n[kFy], n[kFx]},
            {axis.stride, axis.stride},
            {axis.dilation - 1, axis.dilation - 1}};
}

std::vector<std::int32_t> onednn_convolution(const Layer& layer, const PlainMap& input,
                                             const std::vector<std::int8_t>& weights)
{
    Engine cpu;
    const Shapes shapes = shapes_of(layer, input);
    const memory from = cpu.filled(shapes.input, memory::format_tag::nchw, input.values);
    const memory by = cpu.filled(shapes.weights, memory::format_tag::goihw, weights);
    const memory to = cpu.empty(shapes.output, memory::format_tag::nchw);
    const dnnl::convolution_forward::desc what{dnnl::prop_kind::forward_inference,
                                               dnnl::algorithm::convolution_direct,
                                               from.get_desc(),
                                               by.get_desc(),
                                               to.get_desc(),
                                               shapes.strides,
                                               shapes.dilates,
                                               {0, 0},
                                               {0, 0}};
    cpu.run(dnnl::convolution_forward{{what, cpu.engine()}},
            {{DNNL_ARG_SRC, from}, {DNNL_ARG_WEIGHTS, by}, {DNNL_ARG_DST, to}});
    return whole_numbers(to, to.get_desc().get_size() / sizeof(float));
}

std::vector<std::int32_t> onednn_pooling(const Layer& layer, const PlainMap& input, bool maximum)
{
    Engine cpu;
    const Shapes shapes = shapes_of(layer, input);
    const memory from = cpu.filled(shapes.input, memory::format_tag::nchw, input.values);
    const memory to = cpu.empty(shapes.output, memory::format_tag::nchw);
    const dims window{layer.sizes[kFy], layer.sizes[kFx]};
    const dnnl::pooling_forward::desc what{
        dnnl::prop_kind::forward_inference,
        maximum ? dnnl::algorithm::pooling_max : dnnl::algorithm::pooling_avg_exclude_padding,
        from.get_desc(),
        to.get_desc(),
        shapes.strides,
        window,
        {0, 0},
        {0, 0}};
    cpu.run(dnnl::pooling_forward{{what, cpu.engine()}}, {{DNNL_ARG_SRC, from}, {DNNL_ARG_DST, to}});
    const double terms = maximum ? 1 : static_cast<double>(window[0] * window[1]);
    return whole_numbers(to, to.get_desc().get_size() / sizeof(float), terms);
}

std::vector<std::int32_t> onednn_addition(const Layer& layer, const PlainMap& x, const PlainMap& y)
{
    Engine cpu;
    const Shapes shapes = shapes_of(layer, x);
    const memory first = cpu.filled(shapes.input, memory::format_tag::nchw, x.values);
    const memory second = cpu.filled(shapes.input, memory::format_tag::nchw, y.values);
    const memory to = cpu.empty(shapes.output, memory::format_tag::nchw);
    const dnnl::binary::desc what{dnnl::algorithm::binary_add, first.get_desc(), second.get_desc(), to.get_desc()};
    cpu.run(dnnl::binary{{what, cpu.engine()}},
            {{DNNL_ARG_SRC_0, first}, {DNNL_ARG_SRC_1, second}, {DNNL_ARG_DST, to}});
    return whole_numbers(to, to.get_desc().get_size() / sizeof(float));
}

std::vector<std::int32_t> onednn_sums(const Layer& layer, const std::vector<PlainMap>& inputs,
                                      const std::vector<std::int8_t>& weights)
{
    if (layer.operation == Operation::addition) return onednn_addition(layer, inputs[0], inputs[1]);
    if (sums_products(layer.operation)) return onednn_convolution(layer, inputs.back(), weights);
    return onednn_pooling(layer, inputs.back(), layer.operation == Operation::maximum_pooling);
}

TEST_P(LayerKind, InPlainLoopsSumsWhatOneDnnSums)
{
    const auto sums = plain_sums(layer_, inputs_, weights_);
    // f32 has 24 bits: below that, whole numbers stay exact.
    for (std::int32_t sum : sums) ASSERT_LT(std::abs(sum), 1 << 24);
    EXPECT_EQ(sums, onednn_sums(layer_, inputs_, weights_));
}

TEST_P(LayerKind, OfTheMachineMakesTheFeaturesOfPlainLoops)
{
    std::vector<sim::FeatureValues> maps;
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
        if (!layer_.inputs[i].constant) maps.push_back(inputs_[i].values);
    }
    const auto made =
        sim::compute(sim::function_of(layer_), layer_, maps, weights_, {layer_.sizes[kY], layer_.sizes[kX]});
    EXPECT_EQ(made, plain_layer(layer_, inputs_, weights_).values);
}

TEST_P(LayerKind, OfTheReferenceMakesTheFeaturesOfPlainLoops)
{
    sim::NetworkData data{{}, {{layer_.id, weights_}}};
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
        if (layer_.inputs[i].constant) continue;
        if (data.input.empty())
            data.input = inputs_[i].values;
        else
            data.further_inputs.push_back(inputs_[i].values);
    }
    EXPECT_EQ(validate::reference_output(Workload{"one", {layer_}}, data),
              plain_layer(layer_, inputs_, weights_).values);
}

INSTANTIATE_TEST_SUITE_P(All, LayerKind, ::testing::ValuesIn(kinds()),
                         [](const auto& test) { return std::string{test.param.name}; });

/// Two layers, of which the second reads a map of 8 x 8.
void expect_same_network(std::int64_t outputs)
{
    const Layer first = small::convolution({{kK, 3}, {kC, 2}, {kY, 8}, {kX, 8}, {kFy, 3}, {kFx, 3}}, 0);
    Layer second = small::convolution({{kK, 2}, {kC, 3}, {kY, outputs}, {kX, outputs}, {kFy, 3}, {kFx, 3}}, 1);
    second.inputs[1].source = 0;
    const Workload network{"two", {first, second}};
    const sim::NetworkData data = sim::random_data(network, 7);
    const PlainMap input{2, 10, 10, data.input};
    const PlainMap middle = plain_layer(first, {{}, input}, data.weights.at(0));
    EXPECT_EQ(validate::reference_output(network, data), plain_layer(second, {{}, middle}, data.weights.at(1)).values);
}

TEST(TheReference, ReadsTheMiddleOfALargerMap)
{
    expect_same_network(4);  // reads 6 of 8
    expect_same_network(3);  // reads 5 of 8: no exact middle
}

TEST(TheReference, ReadsZerosAroundASmallerMap)
{
    expect_same_network(8);  // reads 10 of 8
    expect_same_network(9);  // reads 11 of 8
}

TEST(RandomData, OfASeedIsTheSameOnAnyPlatform)
{
    const Workload network{"one", {small::convolution({{kK, 2}, {kC, 2}, {kY, 8}, {kX, 8}})}};
    EXPECT_EQ(sim::random_data(network, 3).input, sim::random_data(network, 3).input);
    EXPECT_NE(sim::random_data(network, 3).input, sim::random_data(network, 4).input);
    EXPECT_EQ(sim::random_data(network, 3).weights.at(0).size(), 4U);
}

TEST(FunctionOf, AnAdditionThatWasBuiltAsAConvolutionNamesTheOperation)
{
    // A layer is a convolution until it says otherwise; the operands of this one are two maps.
    Layer sum = small::convolution({{kK, 4}, {kY, 2}, {kX, 2}});
    sum.name = "skip";
    sum.operator_type = "Add";
    sum.inputs = {sum.output, sum.output};
    sum.inputs[0].name = "X";
    sum.inputs[1].name = "Y";
    for (Operand& input : sum.inputs) input.precision = Bits{8};
    try {
        (void)sim::function_of(sum);
        FAIL() << "a convolution without weights";
    } catch (const InputError& error) {
        EXPECT_EQ(error.where().field, "layers.skip.operation");
        EXPECT_EQ(error.problem(), "is 'convolution', expected 'addition', which the operands of 'Add' imply");
    }
    sum.operation = implied_operation(sum);
    EXPECT_EQ(sim::function_of(sum).operation, Operation::addition);
}

}  // namespace
}  // namespace plumbline::test
