// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>

#include "model/input_error.hpp"
#include "plumbline/io/yaml.hpp"
#include "test_data.hpp"

namespace plumbline::test {
namespace {

/// As it is read from what is written of it.
Workload read_back(const Workload& workload)
{
    return io::parse_workload(io::workload_text(workload), workload.name() + ".yaml");
}

TEST(WorkloadWriter, WritesEveryBuiltInNetworkAsItIsRead)
{
    int networks = 0;
    const std::string folder = std::string{kPlatformsFolder} + "/workloads";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".yaml") continue;
        const Workload workload = io::read_workload(entry.path().string());
        EXPECT_EQ(read_back(workload), workload) << entry.path();
        ++networks;
    }
    EXPECT_GE(networks, 5);
}

const std::string kPadded = R"(- id: 3
  name: "conv: 1 # 'odd'"
  operator_type: Conv
  equation: O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]
  dimension_relations: [ix=2*ox+1*fx, iy=1*oy+3*fy]
  loop_dims: [B, K, C, OY, OX, FY, FX]
  loop_sizes: [1, 8, 3, 10, 20, 3, 5]
  operand_precision: {O: 16, O_final: 8, W: 4, I: 8}
  operand_source: {W: 3, I: 3}
  pr_loop_dims: [IX, IY]
  pr_loop_sizes: [41, 14]
  padding: [[1, 1], [0, 2]]
- id: 4
  operator_type: Pooling
  pooling: average
  equation: O[b][g][oy][ox]+=W[]*I[b][g][oy][ox]
  loop_dims: [B, G, OY, OX]
  loop_sizes: [1, 8, 10, 20]
  operand_precision: {O: 16, O_final: 8, W: 0, I: 8}
  operand_source: {I: 3}
- id: 5
  operator_type: Mul
  equation: O[b][g][oy][ox]=X[b][g][oy][ox]*Y[b][g]
  loop_dims: [B, G, OY, OX]
  loop_sizes: [1, 8, 10, 20]
  operand_precision: {O: 16, O_final: 8, X: 8, Y: 8}
  operand_source: {X: 4}
)";

TEST(WorkloadWriter, WritesPaddingPoolingAndOddNames)
{
    const Workload workload = io::parse_workload(kPadded, "padded.yaml");
    EXPECT_EQ(workload.layer(3).name, "conv: 1 # 'odd'");
    EXPECT_EQ(read_back(workload), workload);
}

TEST(WorkloadWriter, RefusesWhatTheNotationCannotSay)
{
    const Workload workload = io::parse_workload(kPadded, "padded.yaml");
    std::vector<Layer> layers = workload.layers();
    layers[0].inputs[0].name = "weights";
    expect_input_error([&] { io::workload_text(Workload{"net", layers}); }, "layer 'conv: 1 # 'odd''", "not called W");
    layers = workload.layers();
    layers[2].operation = Operation::addition;
    expect_input_error([&] { io::workload_text(Workload{"net", layers}); }, "layer '5'", "another operation");
}

}  // namespace
}  // namespace plumbline::test
