// SPDX-License-Identifier: Apache-2.0
// Inputs of a concatenation take turns: what one does not reach, the other does.
//
// Six channels and six more of one pixel, one after the other on one MAC. Every iteration reads one channel of one of them.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "validate/cli/foreign/foreign_files.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;

constexpr const char* kJoin = R"(
- id: 0
  name: join
  operator_type: Concat
  equation: O[b][g][oy][ox]=X[b][gx][oy][ox]+Y[b][gy][oy][ox]
  dimension_relations: [gx=1*g+1*fx, gy=1*g+1*fx]
  loop_dims: [B, G, OY, OX, FX]
  loop_sizes: [1, 12, 1, 1, 1]
  operand_precision: {O: 8, O_final: 8, X: 8, Y: 8}
  operand_source: {X: 0, Y: 0}
  pr_loop_dims: [GX, GY]
  pr_loop_sizes: [6, 6]
  padding: [[0, 6], [6, 0]]
)";

constexpr const char* kJoinRules = R"(
- name: default
  spatial_mapping: {D1: ['FX, 1']}
  memory_operand_links: {O: O, X: I1, Y: I1}
)";

constexpr const char* kArray = R"(
name: joining
operational_array: {unit_energy: 1, unit_area: 0, dimensions: [D1], sizes: [1], rereads_inputs: true}
memories:
)";

/// Everything in one memory, with one port.
constexpr const char* kOnePort = R"(
  dram:
    {size: 1000000, r_cost: 1, w_cost: 1, area: 0, latency: 1, operands: [I1, I2, O], served_dimensions: [D1],
     ports: [{name: rw, type: read_write, bandwidth_min: 8, bandwidth_max: 8,
              allocation: ['I1, tl', 'I1, fh', 'I2, tl', 'I2, fh', 'O, tl', 'O, th', 'O, fl', 'O, fh']}]}
)";

/// Inputs pass through a register, at half the speed at which the MAC reads them.
constexpr const char* kRegisterOfInputs = R"(
  reg:
    {size: 16, r_cost: 1, w_cost: 1, area: 0, latency: 1, operands: [I1], served_dimensions: [D1],
     ports: [{name: r, type: read, bandwidth_min: 8, bandwidth_max: 8, allocation: ['I1, tl']},
             {name: w, type: write, bandwidth_min: 4, bandwidth_max: 4, allocation: ['I1, fh']}]}
  dram:
    {size: 1000000, r_cost: 1, w_cost: 1, area: 0, latency: 1, operands: [I1, I2, O], served_dimensions: [D1],
     ports: [{name: r, type: read, bandwidth_min: 8, bandwidth_max: 8, allocation: ['I1, tl', 'I2, tl', 'O, tl', 'O, th']},
             {name: w, type: write, bandwidth_min: 8, bandwidth_max: 8, allocation: ['O, fl', 'O, fh', 'I1, fh', 'I2, fh']}]}
)";

class Concatenations : public testing::Test {
protected:
    std::int64_t cycles_of_computing(const char* memories) const
    {
        const CommandResult result =
            plumbline({"evaluate", "--accelerator", folder.add("hw.yaml", std::string{kArray} + memories), "--workload",
                       folder.add("net.yaml", kJoin), "--mapping", folder.add("map.yaml", kJoinRules), "--tile", "full",
                       "--format", "json"});
        EXPECT_EQ(result.exit_code, 0) << result.err;
        const auto layer = nlohmann::json::parse(result.out, nullptr, false)["layers"][0];
        return layer["temporal_cycles"].get<std::int64_t>() + layer["stall_cycles"].get<std::int64_t>();
    }

    Folder folder;
};

TEST_F(Concatenations, ReadOneInputInAnIteration)
{
    // A channel is read and written by the one port: 2 slots in each of 12 iterations.
    EXPECT_EQ(cycles_of_computing(kOnePort), 12 * 2);
}

TEST_F(Concatenations, FillForOneInputAtATime)
{
    // Eleven channels come after the first one, in 2 cycles each, beside iterations of one: each is waited for, a cycle long.
    EXPECT_EQ(cycles_of_computing(kRegisterOfInputs), 12 + 11);
}

}  // namespace
}  // namespace plumbline
