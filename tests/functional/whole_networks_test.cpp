// SPDX-License-Identifier: Apache-2.0
// Whole networks, tile by tile on the machine and layer by layer in plain loops: every bit of the output is the same.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include <unistd.h>

#include "functional/networks.hpp"
#include "functional/two_heads.hpp"
#include "plumbline/sim/simulate.hpp"
#include "plumbline/sim/whole_network.hpp"
#include "plumbline/validate/reference_network.hpp"

namespace plumbline::test {
namespace {

struct Case {
    std::string network;
    std::string accelerator;
    OverlapMode mode;
    TileSize tile;
};

std::string text_of(const Case& each)
{
    std::string name = each.network + "_on_" + each.accelerator + '_' + std::string{name_of(each.mode)} + '_' +
                       std::to_string(each.tile.x) + 'x' + std::to_string(each.tile.y);
    for (char other : {'-', '/'}) std::replace(name.begin(), name.end(), other, '_');
    return name;
}

void PrintTo(const Case& each, std::ostream* out) { *out << text_of(each); }

/// Every map smaller by as many columns and rows.
Workload smaller(const Workload& workload, std::int64_t columns, std::int64_t rows)
{
    std::vector<Layer> layers = workload.layers();
    for (Layer& layer : layers) {
        layer.sizes[LoopDim::ox] -= columns;
        layer.sizes[LoopDim::oy] -= rows;
    }
    return {workload.name() + "_small", std::move(layers)};
}

void expect_equal_to_reference(const Setting& setting)
{
    const sim::NetworkData data = sim::random_data(setting.workload, 1);
    const sim::ComputedRun run = sim::simulate(setting.accelerator, setting.workload, setting.schedule, data);
    const auto expected = validate::reference_outputs(setting.workload, data);
    const std::vector<LayerId> layers = setting.workload.outputs();
    ASSERT_EQ(run.outputs.size(), layers.size());
    std::int64_t features = 0;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const Layer& layer = setting.workload.layer(layers[i]);
        const sim::MapShape shape = sim::output_shape(layer);
        ASSERT_EQ(run.outputs[i].size(), expected[i].size());
        const auto different = validate::first_difference(expected[i], run.outputs[i], shape);
        EXPECT_FALSE(different) << different->count << " features of '" << layer.name
                                << "' differ, the first in channel " << different->channel << ", row " << different->row
                                << ", column " << different->column;
        features += shape.features();
    }
    EXPECT_EQ(run.counters.outputs, features);
}

class WholeNetwork : public ::testing::TestWithParam<Case> {};

TEST_P(WholeNetwork, IsComputedBitForBit)
{
    const Case& each = GetParam();
    expect_equal_to_reference(planned(each.accelerator, network_named(each.network), each.mode, each.tile));
}

INSTANTIATE_TEST_SUITE_P(All, WholeNetwork,
                         ::testing::Values(Case{"fsrcnn", "meta_prototype_df", kCached, {60, 72}},
                                           Case{"fsrcnn", "tpu_like_df", kCached, {120, 27}},
                                           Case{"fsrcnn", "edge_tpu_like_df", kCached, {37, 101}},
                                           Case{"fsrcnn", "tpu_like_df", kColumns, {60, 72}},
                                           Case{"fsrcnn", "edge_tpu_like_df", kColumns, {120, 27}},
                                           Case{"fsrcnn", "meta_prototype_df", kColumns, {37, 101}},
                                           Case{"fsrcnn", "ascend_like_df", kRecompute, {60, 72}},
                                           Case{"fsrcnn", "meta_prototype_df", kRecompute, {120, 27}},
                                           Case{"fsrcnn", "tesla_npu_like_df", kRecompute, {37, 101}},
                                           Case{"mccnn", "meta_prototype_df", kCached, {94, 138}},
                                           Case{"defines/mobilenetv1", "meta_prototype_df", kCached, {4, 4}},
                                           Case{"defines/mobilenetv1", "edge_tpu_like", kColumns, {7, 7}},
                                           Case{"resnet18_full", "meta_prototype_df", kCached, {14, 14}},
                                           Case{"resnet18_full", "edge_tpu_like", kColumns, {14, 14}}),
                         [](const auto& test) { return text_of(test.param); });

TEST(ReducedDmcnnvd, IsComputedBitForBit)
{
    // 96 x 64 pixels of 768 x 512; as published, layer 15 reads ten columns more than there are.
    const Workload small = smaller(network_named("dmcnnvd"), 768 - 96, 512 - 64);
    expect_equal_to_reference(planned("tpu_like_df", small, kCached, {32, 16}));
}

/// A convolution, the largest (or mean) feature of each of its channels, and a fully connected layer.
Workload network_with_global(const std::string& pooling)
{
    return io::parse_workload(R"(- id: 0
  name: features
  operator_type: Conv
  equation: O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]
  dimension_relations: [ix=1*ox+1*fx, iy=1*oy+1*fy]
  loop_dims: [B, K, C, OY, OX, FY, FX]
  loop_sizes: [1, 16, 4, 12, 14, 3, 3]
  operand_precision: {O: 16, O_final: 8, W: 8, I: 8}
- id: 1
  name: pooled
  operator_type: Pooling
  pooling: )" + pooling + R"(
  equation: O[b][g][oy][ox]+=W[fx][fy]*I[b][g][iy][ix]
  dimension_relations: [ix=1*ox+1*fx, iy=1*oy+1*fy]
  loop_dims: [B, G, OY, OX, FX, FY]
  loop_sizes: [1, 16, 1, 1, 14, 12]
  operand_precision: {O: 16, O_final: 8, W: 0, I: 8}
  operand_source: {I: 0}
- id: 2
  name: classes
  operator_type: Conv
  equation: O[b][k][oy][ox]+=W[k][c]*I[b][c][oy][ox]
  loop_dims: [B, K, C, OY, OX]
  loop_sizes: [1, 10, 16, 1, 1]
  operand_precision: {O: 16, O_final: 8, W: 8, I: 8}
  operand_source: {I: 1}
)",
                              pooling + ".yaml");
}

TEST(TilesBeyondTheEdge, BringTheWeightsThatOthersLookFor)
{
    // The second layer reads 8 + 2 * 4 columns of a map of 8: its zeros make the first layer's stack 16 wide, from -4 on, and
    // the first tile of one column and row lies beside the map. It makes nothing, but later tiles look for its weights.
    const std::string layer = R"(
  operator_type: Conv
  equation: O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]
  loop_dims: [B, K, C, OY, OX, FY, FX]
  loop_sizes: [1, 4, 4, 8, 8, 3, 3]
  operand_precision: {O: 16, O_final: 8, W: 8, I: 8}
  )";
    const Workload padded = io::parse_workload(
        "- id: 0" + layer + "dimension_relations: [ix=1*ox+1*fx, iy=1*oy+1*fy]\n" + "- id: 1" + layer +
            "dimension_relations: [ix=1*ox+4*fx, iy=1*oy+4*fy]\n" + "  operand_source: {I: 0}\n",
        "padded.yaml");
    plumbline::Cuts each;
    each.kind = plumbline::Cuts::Kind::each;
    expect_equal_to_reference(planned("meta_prototype_df", padded, kRecompute, {5, 5}, each));
}

TEST(GlobalMaximumPooling, IsComputedBitForBit)
{
    expect_equal_to_reference(planned("meta_prototype_df", network_with_global("maximum"), kCached, {1, 1}));
}

TEST(GlobalMaximumPooling, IsNotTheAverage)
{
    const Workload maximum = network_with_global("maximum");
    const Workload average = network_with_global("average");
    const sim::NetworkData data = sim::random_data(maximum, 1);
    EXPECT_EQ(sim::compute_network(maximum, data), validate::reference_outputs(maximum, data));
    EXPECT_EQ(sim::compute_network(average, data), validate::reference_outputs(average, data));
    EXPECT_NE(sim::compute_network(maximum, data), sim::compute_network(average, data));
}

class TwoHeads : public ::testing::TestWithParam<const char*> {};

TEST_P(TwoHeads, AreComputedBitForBit) { expect_equal_to_reference(planned(GetParam(), two_heads(), kCached, {7, 5})); }

INSTANTIATE_TEST_SUITE_P(All, TwoHeads, ::testing::Values("meta_prototype_df", "tpu_like_df", "edge_tpu_like"));

TEST(TwoHeads, AreEachComputedWithoutAMachine)
{
    const Workload workload = two_heads();
    const sim::NetworkData data = sim::random_data(workload, 3);
    const std::vector<sim::FeatureValues> outputs = sim::compute_network(workload, data);
    ASSERT_EQ(outputs.size(), 2U);
    EXPECT_EQ(outputs[0].size(), 6U * 12 * 20);
    EXPECT_EQ(outputs[1].size(), 6U * 6 * 10);
    EXPECT_EQ(outputs, validate::reference_outputs(workload, data));
}

class WholeMaps : public ::testing::TestWithParam<const char*> {};

TEST_P(WholeMaps, AreComputedBitForBitWithoutAMachine)
{
    const Workload workload = network_named(GetParam());
    const sim::NetworkData data = sim::random_data(workload, 2);
    EXPECT_EQ(sim::compute_network(workload, data), validate::reference_outputs(workload, data));
}

INSTANTIATE_TEST_SUITE_P(All, WholeMaps, ::testing::Values("defines/mobilenetv1", "resnet18_full"));

std::string text_of(const sim::Counters& counters)
{
    std::string text = std::to_string(counters.cycles.count()) + " cycles";
    for (const sim::Traffic& each : counters.traffic) text += ' ' + std::to_string(each.granules);
    return text;
}

TEST(AMachineThatComputes, CountsWhatOneWithoutDataCounts)
{
    // One simulation a process: the machine without data runs in a child, and leaves its counters in a file.
    const Setting setting = planned("meta_prototype_df", smaller(network_named("fsrcnn"), 840, 468), kCached, {60, 36});
    const std::string path = ::testing::TempDir() + "plumbline_counters_" + std::to_string(::getpid());
    const auto count = [&] {
        std::ofstream{path} << text_of(sim::simulate(setting.accelerator, setting.workload, setting.schedule));
        std::_Exit(0);
    };
    EXPECT_EXIT(count(), ::testing::ExitedWithCode(0), "");
    std::string without_data;
    std::getline(std::ifstream{path}, without_data);
    std::remove(path.c_str());
    const sim::NetworkData data = sim::random_data(setting.workload, 1);
    const sim::ComputedRun run = sim::simulate(setting.accelerator, setting.workload, setting.schedule, data);
    EXPECT_EQ(text_of(run.counters), without_data);
    EXPECT_GT(run.counters.traffic.size(), 0U);
}

/// Single pixels, 2 apart, of a map that another layer reads in full, and a second time in full after that; 7 x 7 outputs of
/// both are added.
Workload network_with_projection()
{
    const auto conv = [](int id, int source, const std::string& more) {
        return "- id: " + std::to_string(id) + R"(
  operator_type: Conv
  equation: O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]
  loop_dims: [B, K, C, OY, OX, FY, FX]
  operand_precision: {O: 16, O_final: 8, W: 8, I: 8}
  operand_source: {I: )" +
               std::to_string(source) + "}\n" + more;
    };
    const std::string once = "  dimension_relations: [ix=1*ox+1*fx, iy=1*oy+1*fy]\n";
    const std::string twice = "  dimension_relations: [ix=2*ox+1*fx, iy=2*oy+1*fy]\n";
    return io::parse_workload(conv(0, 0, "  loop_sizes: [1, 4, 3, 15, 15, 1, 1]\n") + twice +
                                  conv(1, 0, "  loop_sizes: [1, 5, 4, 8, 8, 1, 1]\n") + twice +
                                  conv(2, 0, "  loop_sizes: [1, 5, 4, 7, 7, 3, 3]\n") + twice +
                                  conv(3, 1, "  loop_sizes: [1, 5, 5, 7, 7, 2, 2]\n") + once + R"(- id: 4
  operator_type: Add
  equation: O[b][g][oy][ox]=X[b][g][oy][ox]+Y[b][g][oy][ox]
  loop_dims: [B, G, OY, OX]
  loop_sizes: [1, 5, 7, 7]
  operand_precision: {O: 16, O_final: 8, X: 8, Y: 8}
  operand_source: {X: 2, Y: 3}
)",
                              "projection.yaml");
}

class WhatIsLeftOut : public ::testing::TestWithParam<Case> {};

TEST_P(WhatIsLeftOut, IsNotMissed)
{
    const Case& each = GetParam();
    plumbline::Cuts cuts;
    cuts.kind = plumbline::Cuts::Kind::each;
    const Setting setting = planned(each.accelerator, network_with_projection(), each.mode, each.tile, cuts);
    std::vector<std::int64_t> steps;
    for (const Stack& stack : setting.schedule.stacks)
        steps.push_back(std::get<CopyStep>(stack.classes[0].steps[0]).copies.at(0).region.row_step);
    // Layers 0 and 1 read single pixels 2 apart.
    EXPECT_EQ(steps, (std::vector<std::int64_t>{2, 2, 1, 1, 1}));
    expect_equal_to_reference(setting);
}

INSTANTIATE_TEST_SUITE_P(All, WhatIsLeftOut,
                         ::testing::Values(Case{"projection", "meta_prototype_df", kRecompute, {7, 7}},
                                           Case{"projection", "meta_prototype_df", kCached, {3, 4}},
                                           Case{"projection", "meta_prototype_df", kColumns, {4, 3}}),
                         [](const auto& test) { return text_of(test.param); });

}  // namespace
}  // namespace plumbline::test
