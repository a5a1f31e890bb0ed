// SPDX-License-Identifier: Apache-2.0
#include "plumbline/workload.hpp"

#include <gtest/gtest.h>

#include <set>

#include "model/input_error.hpp"
#include "model/tiny.hpp"

namespace plumbline::test {
namespace {

std::size_t distinct_values(const SlidingAxis& axis, std::int64_t positions, std::int64_t window)
{
    std::set<std::int64_t> values;
    for (std::int64_t a = 0; a < positions; ++a) {
        for (std::int64_t b = 0; b < window; ++b) values.insert(axis.stride * a + axis.dilation * b);
    }
    return values.size();
}

TEST(Span, CountsTheDistinctValues)
{
    for (std::int64_t stride = 1; stride <= 6; ++stride) {
        for (std::int64_t dilation = 1; dilation <= 6; ++dilation) {
            const SlidingAxis axis{"IX", LoopDim::ox, stride, LoopDim::fx, dilation};
            for (std::int64_t positions = 1; positions <= 9; ++positions) {
                for (std::int64_t window = 1; window <= 9; ++window) {
                    ASSERT_EQ(static_cast<std::size_t>(span(axis, positions, window)),
                              distinct_values(axis, positions, window))
                        << stride << ' ' << dilation << ' ' << positions << ' ' << window;
                }
            }
        }
    }
}

TEST(Span, OfNeighbourWindowsOverlaps)
{
    // Two 3-wide windows one apart cover 4 pixels, two apart cover 5, four apart leave a gap and cover 6.
    const auto of_stride = [](std::int64_t stride) { return SlidingAxis{"IX", LoopDim::ox, stride, LoopDim::fx, 1}; };
    EXPECT_EQ(span(of_stride(1), 2, 3), 4);
    EXPECT_EQ(span(of_stride(2), 2, 3), 5);
    EXPECT_EQ(span(of_stride(4), 2, 3), 6);
}

TEST(Elements, OfATileIncludeItsHalo)
{
    const Layer layer = conv3x3();
    EXPECT_EQ(elements(layer.output, layer.sizes), 2 * 4 * 6);
    EXPECT_EQ(elements(layer.inputs[0], layer.sizes), 2 * 3 * 3);
    EXPECT_EQ(elements(layer.inputs[1], layer.sizes), 6 * 8);
    EXPECT_EQ(columns(layer.inputs[1], layer.sizes), 8);
    EXPECT_EQ(rows(layer.inputs[1], layer.sizes), 6);
    EXPECT_EQ(columns(layer.output, layer.sizes), 6);
    EXPECT_EQ(columns(layer.inputs[0], layer.sizes), 1);
}

Layer chained(LayerId id, const std::vector<LayerId>& sources)
{
    Layer layer = pointwise();
    layer.id = id;
    layer.name = "layer " + std::to_string(id);
    const Operand input = layer.inputs[1];
    layer.inputs.resize(1);
    for (LayerId source : sources) {
        layer.inputs.push_back(input);
        layer.inputs.back().name = "I" + std::to_string(source);
        layer.inputs.back().source = source;
    }
    if (sources.empty()) {
        layer.inputs.push_back(input);
        layer.inputs.back().source.reset();
    }
    return layer;
}

std::vector<LayerId> ids(const Workload& workload)
{
    std::vector<LayerId> found;
    for (const Layer& layer : workload.layers()) found.push_back(layer.id);
    return found;
}

TEST(Workload, SortsTopologicallyAndKeepsTiesInOrder)
{
    EXPECT_EQ(ids({"net", {chained(3, {1, 2}), chained(2, {0}), chained(1, {0}), chained(0, {})}}),
              (std::vector<LayerId>{0, 2, 1, 3}));
    EXPECT_EQ(ids({"net", {chained(5, {}), chained(4, {}), chained(6, {})}}), (std::vector<LayerId>{5, 4, 6}));
}

TEST(Workload, KnowsConsumersAndOutputs)
{
    const Workload net{"net", {chained(0, {}), chained(1, {0}), chained(2, {0}), chained(3, {1})}};
    EXPECT_EQ(net.consumers(0), (std::vector<LayerId>{1, 2}));
    EXPECT_EQ(net.outputs(), (std::vector<LayerId>{2, 3}));
    EXPECT_EQ(net.layer(3).name, "layer 3");
    EXPECT_EQ(net.find(9), nullptr);
    expect_input_error([&] { net.layer(9); }, "layer", "no layer 9");
}

TEST(Workload, NamesTheLayersOfACycle)
{
    expect_input_error(
        [] {
            Workload("net", {chained(0, {}), chained(1, {0, 3}), chained(2, {1}), chained(3, {2})});
        },
        "layers[1].operand_source", "layer 1, layer 2, layer 3");
    expect_input_error([] { Workload("net", {chained(0, {0})}); }, "layers[0].operand_source", "cycle: layer 0;");
}

TEST(Workload, RefusesSourcesThatDoNotExist)
{
    expect_input_error(
        [] {
            Workload("net", {chained(0, {}), chained(1, {7})});
        },
        "layers[1].operand_source.I7", "no layer 7");
}

TEST(Workload, RefusesIdsAndNamesGivenTwice)
{
    expect_input_error([] { Workload("net", {chained(0, {}), chained(0, {})}); }, "layers[1].id", "id 0");
    Layer twin = chained(1, {});
    twin.name = "layer 0";
    expect_input_error([&] { Workload("net", {chained(0, {}), twin}); }, "layers[1].name", "'layer 0'");
    expect_input_error([] { Workload("net", {}); }, "layers", "is empty");
}

template <class Change>
void expect_workload_refused(Change change, const std::string& field, const std::string& part)
{
    Layer layer = conv3x3();
    change(layer);
    expect_input_error([&] { Workload("net", {layer}); }, field, part);
}

TEST(Workload, RefusesSizesAndPrecisionsThatAreNotPositive)
{
    expect_workload_refused([](Layer& l) { l.sizes[LoopDim::k] = -2; }, "layers[0].loop_sizes", "K is -2");
    expect_workload_refused([](Layer& l) { l.sizes = LoopSizes::filled(1'000'000); }, "layers[0].loop_sizes", "2^50");
    expect_workload_refused([](Layer& l) { l.inputs[1].precision = Bits{0}; }, "layers[0].operand_precision.I", "is 0");
    expect_workload_refused([](Layer& l) { l.final_precision = Bits{0}; }, "layers[0].operand_precision.O_final",
                            "is 0");
}

TEST(Workload, RefusesOperandsThatContradictThemselves)
{
    expect_workload_refused([](Layer& l) { l.inputs[1].name = "W"; }, "layers[0].equation", "occurs twice");
    expect_workload_refused([](Layer& l) { l.inputs[0].source = 3; }, "layers[0].operand_source.W", "constant");
    expect_workload_refused([](Layer& l) { l.inputs[1].relevant.insert(LoopDim::fx); }, "layers[0].dimension_relations",
                            "FX");
    expect_workload_refused([](Layer& l) { l.inputs[1].sliding[0].stride = 0; }, "layers[0].dimension_relations", "IY");
    expect_workload_refused([](Layer& l) { l.sizes[LoopDim::g] = 4; }, "layers[0].loop_dims", "no operand uses it");
    expect_workload_refused([](Layer& l) { l.inputs.clear(); }, "layers[0].equation", "no inputs");
    expect_workload_refused(
        [](Layer& l) { std::swap(l.output.relevant, l.inputs[1].relevant), l.output.sliding = l.inputs[1].sliding; },
        "layers[0].equation", "the output slides along IY");
}

}  // namespace
}  // namespace plumbline::test
