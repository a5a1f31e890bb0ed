// SPDX-License-Identifier: Apache-2.0
// A machine, mapping rules and layers as others write them (ZigZag v3's standard forms), and the command called with them.
#pragma once

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "validate/cli/folder.hpp"

namespace plumbline::test {

/// 4 x 4 MACs; weights have a buffer of their own, activations and outputs share one.
inline constexpr const char* kMachine = R"(
name: small
memories:
  reg_o:
    size: 16
    r_cost: 0.1
    w_cost: 0.1
    area: 0
    latency: 1
    operands: [O]
    ports:
    - {name: r1, type: read, bandwidth_min: 16, bandwidth_max: 16, allocation: ['O, tl']}
    - {name: r2, type: read, bandwidth_min: 16, bandwidth_max: 16, allocation: ['O, th']}
    - {name: w1, type: write, bandwidth_min: 16, bandwidth_max: 16, allocation: ['O, fh']}
    - {name: w2, type: write, bandwidth_min: 16, bandwidth_max: 16, allocation: ['O, fl']}
    served_dimensions: [D2]
  buf_w:
    size: 65536
    r_cost: 5
    w_cost: 5
    area: 0
    latency: 1
    operands: [I2]
    ports:
    - {name: r, type: read, bandwidth_min: 8, bandwidth_max: 128, allocation: ['I2, tl']}
    - {name: w, type: write, bandwidth_min: 8, bandwidth_max: 128, allocation: ['I2, fh']}
    served_dimensions: [D1, D2]
  act:
    size: 65536
    r_cost: 10
    w_cost: 10
    area: 0
    latency: 1
    operands: [I1, O]
    ports:
    - {name: r, type: read, bandwidth_min: 8, bandwidth_max: 64, allocation: ['I1, tl', 'O, tl', 'O, th']}
    - {name: w, type: write, bandwidth_min: 8, bandwidth_max: 64, allocation: ['I1, fh', 'O, fh', 'O, fl']}
    served_dimensions: [D1, D2]
  dram:
    size: 10000000000
    r_cost: 700
    w_cost: 750
    area: 0
    latency: 1
    operands: [I1, I2, O]
    ports:
    - name: rw
      type: read_write
      bandwidth_min: 8
      bandwidth_max: 64
      allocation: ['I1, tl', 'I2, tl', 'O, tl', 'O, th', 'I1, fh', 'I2, fh', 'O, fh', 'O, fl']
    served_dimensions: [D1, D2]
operational_array:
  unit_energy: 1.0
  unit_area: 1
  dimensions: [D1, D2]
  sizes: [4, 4]
)";

inline constexpr const char* kRules = R"(
- name: default
  spatial_mapping: {D1: ['K, 4'], D2: ['C, 4']}
  memory_operand_links: {O: O, W: I2, I: I1}
- name: Add
  spatial_mapping: {D1: ['G, 4']}
  memory_operand_links: {O: O, W: I2, I: I1}
- name: Sum
  spatial_mapping: {D1: ['G, 4']}
  memory_operand_links: {O: O, X: I1, Y: I1}
)";

/// A convolution of 4 into 4 channels on a map of `size` x `size` pixels.
inline std::string conv(int id, int source, int size = 4, int window = 1, const std::string& more = {})
{
    const auto text = [](int number) { return std::to_string(number); };
    return "- id: " + text(id) + R"(
  operator_type: Conv
  equation: O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]
  dimension_relations: [ix=1*ox+1*fx, iy=1*oy+1*fy]
  loop_dims: [B, K, C, OY, OX, FY, FX]
  loop_sizes: [1, 4, 4, )" +
           text(size) + ", " + text(size) + ", " + text(window) + ", " + text(window) + R"(]
  operand_precision: {W: 8, I: 8, O: 16, O_final: 8}
  operand_source: {I: )" +
           text(source) + ", W: " + text(id) + "}\n" + more;
}

/// Of two maps of 4 x 4 pixels in 4 channels. \param names of its operands
inline std::string add(int id, const std::string& name, const std::string& names, int first, int second)
{
    const std::string a = names.substr(0, 1);
    const std::string b = names.substr(1, 1);
    return "- id: " + std::to_string(id) + "\n  name: " + name +
           "\n  operator_type: Add\n  equation: O[b][g][oy][ox]=" + a + "[b][g][oy][ox]+" + b + R"([b][g][oy][ox]
  loop_dims: [B, G, OY, OX]
  loop_sizes: [1, 4, 4, 4]
  operand_precision: {)" +
           a + ": 8, " + b + R"(: 8, O: 16, O_final: 8}
  operand_source: {)" +
           a + ": " + std::to_string(first) + ", " + b + ": " + std::to_string(second) + "}\n";
}

class ForeignFiles : public testing::Test {
protected:
    CommandResult on(const std::string& command, const std::string& network, std::vector<std::string> more)
    {
        std::vector<std::string> arguments{command,
                                           "--accelerator",
                                           folder.add("hw.yaml", kMachine),
                                           "--mapping",
                                           folder.add("map.yaml", rules),
                                           "--workload",
                                           folder.add("net.yaml", network)};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return plumbline(std::move(arguments));
    }

    nlohmann::json evaluated(const std::string& network, std::vector<std::string> more)
    {
        more.insert(more.end(), {"--format", "json"});
        const CommandResult result = on("evaluate", network, std::move(more));
        EXPECT_EQ(result.exit_code, 0) << result.err;
        return nlohmann::json::parse(result.out, nullptr, false);
    }

    Folder folder;
    std::string rules = kRules;
};

}  // namespace plumbline::test
