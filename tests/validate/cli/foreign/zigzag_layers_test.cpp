// SPDX-License-Identifier: Apache-2.0
// Single layers of ResNet18 on ZigZag's own hardware files with a register beside each MAC. Energies are those that ZigZag 3.8.5
// finds, each layer alone, with at most four loop factors. It drops fractions of words, so energies agree to 1e-4.
#include <nlohmann/json.hpp>

#include "validate/cli/foreign/foreign_files.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;

/// eyeriss_like of ZigZag 3.8.5, 14 x 12 MACs. 64 channels are unrolled by 12.8, which moves in words of whole channels.
constexpr const char* kEyeriss = R"(
name: eyeriss_like
memories:
  rf_64B_A:
    {size: 512, r_cost: 1.0, w_cost: 1.5, area: 0.3, latency: 1, operands: [I1], served_dimensions: [], ports: [
      {name: r_port_1, type: read, bandwidth_min: 8, bandwidth_max: 8, allocation: ['I1, tl']},
      {name: w_port_1, type: write, bandwidth_min: 8, bandwidth_max: 8, allocation: ['I1, fh']}]}
  rf_64B_W:
    {size: 512, r_cost: 1.0, w_cost: 1.5, area: 0.3, latency: 1, operands: [I2], served_dimensions: [], ports: [
      {name: r_port_1, type: read, bandwidth_min: 8, bandwidth_max: 8, allocation: ['I2, tl']},
      {name: w_port_1, type: write, bandwidth_min: 8, bandwidth_max: 8, allocation: ['I2, fh']}]}
  rf_16B:
    {size: 128, r_cost: 1.5, w_cost: 2.0, area: 0.95, latency: 1, operands: [O], served_dimensions: [], ports: [
      {name: r_port_1, type: read, bandwidth_min: 24, bandwidth_max: 24, allocation: ['O, tl', 'O, th']},
      {name: w_port_1, type: write, bandwidth_min: 24, bandwidth_max: 24, allocation: ['O, fh', 'O, fl']}]}
  sram_8KB:
    {size: 65536, r_cost: 10.0, w_cost: 15.0, area: 3, latency: 1, operands: [O], served_dimensions: [D1, D2], ports: [
      {name: rw_port_1, type: read_write, bandwidth_min: 128, bandwidth_max: 128,
       allocation: ['O, fh', 'O, tl', 'O, fl', 'O, th']}]}
  sram_64KB:
    {size: 524288, r_cost: 20, w_cost: 25, area: 6, latency: 1, operands: [I2], served_dimensions: [D1, D2], ports: [
      {name: r_port_1, type: read, bandwidth_min: 128, bandwidth_max: 128, allocation: ['I2, tl']},
      {name: w_port_1, type: write, bandwidth_min: 128, bandwidth_max: 128, allocation: ['I2, fh']}]}
  sram_1M:
    {size: 8388608, r_cost: 100, w_cost: 130, area: 25, latency: 1, operands: [I1, O], served_dimensions: [D1, D2], ports: [
      {name: rw_port_1, type: read_write, bandwidth_min: 384, bandwidth_max: 384,
       allocation: ['I1, fh', 'I1, tl', 'O, fh', 'O, tl', 'O, fl', 'O, th']}]}
  dram:
    {size: 10000000000, r_cost: 1000, w_cost: 1000, area: 0, latency: 1, operands: [I1, I2, O], served_dimensions: [D1, D2],
     ports: [{name: rw_port_1, type: read_write, bandwidth_min: 64, bandwidth_max: 64,
              allocation: ['I1, fh', 'I1, tl', 'I2, fh', 'I2, tl', 'O, fh', 'O, tl', 'O, fl', 'O, th']}]}
operational_array: {unit_energy: 0.5, unit_area: 0.1, dimensions: [D1, D2], sizes: [14, 12]}
)";

/// generic_array_cacti of ZigZag 3.8.5, 256 x 256 MACs; words of the shared memory are 256 times as wide as they need be.
constexpr const char* kGenericArray = R"(
name: generic_array
memories:
  rf_I:
    {size: 1024, r_cost: 0.095, w_cost: 0.095, area: 0, latency: 1, operands: [I1], served_dimensions: [], ports: [
      {name: r_port_1, type: read, bandwidth_min: 16, bandwidth_max: 16, allocation: ['I1, tl']},
      {name: w_port_1, type: write, bandwidth_min: 16, bandwidth_max: 16, allocation: ['I1, fh']}]}
  rf_W:
    {size: 1024, r_cost: 0.095, w_cost: 0.095, area: 0, latency: 1, operands: [I2], served_dimensions: [], ports: [
      {name: r_port_1, type: read, bandwidth_min: 16, bandwidth_max: 16, allocation: ['I2, tl']},
      {name: w_port_1, type: write, bandwidth_min: 16, bandwidth_max: 16, allocation: ['I2, fh']}]}
  rf_O:
    {size: 1024, r_cost: 0.095, w_cost: 0.095, area: 0, latency: 1, operands: [O], served_dimensions: [], ports: [
      {name: r_port_1, type: read, bandwidth_min: 32, bandwidth_max: 32, allocation: ['O, tl']},
      {name: r_port_2, type: read, bandwidth_min: 32, bandwidth_max: 32, allocation: ['O, th']},
      {name: w_port_1, type: write, bandwidth_min: 32, bandwidth_max: 32, allocation: ['O, fh']},
      {name: w_port_2, type: write, bandwidth_min: 32, bandwidth_max: 32, allocation: ['O, fl']}]}
  sram_32MB:
    {size: 268435456, r_cost: 416.16, w_cost: 378.4, area: 0, latency: 1, operands: [I1, I2, O], served_dimensions: [D1, D2],
     ports: [
      {name: r_port_1, type: read, bandwidth_min: 64, bandwidth_max: 16384, allocation: ['I1, tl', 'O, tl', 'O, th']},
      {name: r_port_2, type: read, bandwidth_min: 64, bandwidth_max: 16384, allocation: ['I2, tl', 'O, tl', 'O, th']},
      {name: w_port_1, type: write, bandwidth_min: 64, bandwidth_max: 16384, allocation: ['I1, fh', 'O, fh', 'O, fl']},
      {name: w_port_2, type: write, bandwidth_min: 64, bandwidth_max: 16384, allocation: ['I2, fh', 'O, fh', 'O, fl']}]}
  dram:
    {size: 10000000000, r_cost: 700, w_cost: 750, area: 0, latency: 10, operands: [I1, I2, O], served_dimensions: [D1, D2],
     ports: [{name: rw_port_1, type: read_write, bandwidth_min: 64, bandwidth_max: 2048,
              allocation: ['I1, fh', 'I1, tl', 'I2, fh', 'I2, tl', 'O, fh', 'O, tl', 'O, fl', 'O, th']}]}
operational_array: {unit_energy: 0.04, unit_area: 1, dimensions: [D1, D2], sizes: [256, 256]}
)";

constexpr const char* kDefaultRules = R"(
- name: default
  spatial_mapping: {D1: ['K, 32'], D2: ['C, 32']}
  memory_operand_links: {O: O, W: I2, I: I1}
)";

/// A layer of ZigZag's resnet18.yaml, alone.
std::string layer(int channels, int inputs, int size, int window, int stride)
{
    const auto text = [](int number) { return std::to_string(number); };
    return R"(
- id: 0
  operator_type: Conv
  equation: O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]
  dimension_relations: [ix=)" +
           text(stride) + "*ox+1*fx, iy=" + text(stride) + R"(*oy+1*fy]
  loop_dims: [B, K, C, OY, OX, FY, FX]
  loop_sizes: [1, )" +
           text(channels) + ", " + text(inputs) + ", " + text(size) + ", " + text(size) + ", " + text(window) + ", " +
           text(window) + R"(]
  operand_precision: {W: 8, I: 8, O: 16, O_final: 8}
  operand_source: {W: 0, I: 0}
)";
}

constexpr const char* kPooling = R"(
- id: 1
  operator_type: Pooling
  equation: O[b][g][oy][ox]+=W[fx][fy]*I[b][g][iy][ix]
  dimension_relations: [ix=2*ox+1*fx, iy=2*oy+1*fy]
  loop_dims: [B, G, OY, OX, FX, FY]
  loop_sizes: [1, 64, 56, 56, 3, 3]
  operand_precision: {I: 8, W: 0, O: 16, O_final: 8}
  operand_source: {I: 1, W: 1}
)";

struct Case {
    const char* name;
    const char* hardware;
    std::string network;
    double energy;  ///< pJ, by ZigZag 3.8.5
};

class ZigZagLayers : public testing::TestWithParam<Case> {};

TEST_P(ZigZagLayers, CostWhatZigZagFinds)
{
    Folder folder;
    const CommandResult result =
        plumbline({"evaluate", "--accelerator", folder.add("hw.yaml", GetParam().hardware), "--mapping",
                   folder.add("map.yaml", kDefaultRules), "--workload", folder.add("net.yaml", GetParam().network),
                   "--tile", "full", "--cuts", "each", "--estimator", "uniform", "--factors", "4", "--format", "json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const double energy = json::parse(result.out)["energy_pj"].get<double>();
    EXPECT_NEAR(energy / GetParam().energy, 1, 1e-4) << energy;
}

std::string name_of(const testing::TestParamInfo<Case>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(
    ResNet18, ZigZagLayers,
    ::testing::Values(Case{"EyerissConv1", kEyeriss, layer(64, 3, 112, 7, 2), 922526792.0},
                      Case{"EyerissPooling", kEyeriss, kPooling, 165666220.0},
                      Case{"EyerissConv2", kEyeriss, layer(64, 64, 56, 3, 1), 747812940.0},
                      Case{"GenericArrayConv1", kGenericArray, layer(64, 3, 112, 7, 2), 50472926.4},
                      Case{"GenericArrayPooling", kGenericArray, kPooling, 3963477.28},
                      Case{"GenericArrayConv2", kGenericArray, layer(64, 64, 56, 3, 1), 41480826.4}),
    name_of);

}  // namespace
}  // namespace plumbline
