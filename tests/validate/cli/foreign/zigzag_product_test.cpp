// SPDX-License-Identifier: Apache-2.0
// ZigZag v3's own example of a matrix product, with the energy and latency that its test states.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "validate/cli/foreign/foreign_files.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;

/// gemm_l1 of ZigZag 3.8.5: 8 x 8 x 8 MACs, sums of 32 bits in a register for each 8 MACs of D2, all else in l1.
constexpr const char* kGemmMachine = R"(
name: gemm_l1
memories:
  reg_O:
    size: 32
    r_cost: 0.02
    w_cost: 0.02
    area: 0
    latency: 1
    auto_cost_extraction: False
    operands: [O]
    ports:
    - {name: w_port_1, type: write, bandwidth_min: 32, bandwidth_max: 32, allocation: ['O, fh']}
    - {name: r_port_1, type: read, bandwidth_min: 32, bandwidth_max: 32, allocation: ['O, tl']}
    - {name: w_port_2, type: write, bandwidth_min: 32, bandwidth_max: 32, allocation: ['O, fl']}
    - {name: r_port_2, type: read, bandwidth_min: 32, bandwidth_max: 32, allocation: ['O, th']}
    served_dimensions: [D2]
  l1:
    size: 4194304
    r_cost: 22.9
    w_cost: 52.01
    area: 0
    latency: 1
    operands: [I1, I2, O]
    ports:
    - {name: rw_port_1, type: read_write, bandwidth_min: 64, bandwidth_max: 512, allocation: ['I1, tl']}
    - {name: rw_port_2, type: read_write, bandwidth_min: 64, bandwidth_max: 512, allocation: ['I2, tl']}
    - {name: rw_port_3, type: read_write, bandwidth_min: 64, bandwidth_max: 2048, allocation: ['O, tl', 'O, fl']}
    served_dimensions: [D1, D2, D3]
operational_array:
  input_precision: [8, 8]
  unit_energy: 0.04
  unit_area: 1
  dimensions: [D1, D2, D3]
  sizes: [8, 8, 8]
)";

constexpr const char* kGemmRules = R"(
- name: default
  spatial_mapping: {D1: ['D0, 8'], D2: ['D2, 8'], D3: ['D1, 8']}
  temporal_ordering:
  - [D1, "*"]
  - [D2, "*"]
  - [D0, "*"]
  memory_operand_links: {O: O, W: I2, I: I1}
)";

constexpr const char* kGemm = R"(
- id: 0
  operator_type: Gemm
  equation: O[d0][d1]+=I[d0][d2]*W[d2][d1]
  dimension_relations: []
  loop_dims: [D0, D1, D2]
  loop_sizes: [128, 128, 128]
  operand_precision: {W: 8, I: 8, O: 32, O_final: 8}
  operand_source: {I: 0, W: 0}
)";

TEST_F(ForeignFiles, KeepTheOrderOfTemporalLoops)
{
    // 16 * 16 * 16 iterations, D1 (K) innermost. W and O change in each of them, I in every 16th, and stays at the MACs until
    // then. Each is one word of l1: 4096 + 256 + 4096 reads and 4096 writes. 64 registers are written by the MACs and by l1,
    // and read for both. ZigZag states the same energy and latency in tests/main/test_origin/test_gemm_l1.py.
    const double l1 = (4096 + 256 + 4096) * 22.9 + 4096 * 52.01;
    const double registers = 4096 * 64 * 4 * 0.02;
    const double macs = 128 * 128 * 128 * 0.04;
    const std::string machine = folder.add("gemm_l1.yaml", kGemmMachine);
    const auto report_of = [&](const std::string& hardware, const std::string& mapping) {
        const CommandResult result = plumbline({"evaluate", "--accelerator", hardware, "--mapping", mapping,
                                                "--workload", folder.add("gemm.yaml", kGemm), "--tile", "128x1",
                                                "--cuts", "each", "--estimator", "uniform", "--format", "json"});
        EXPECT_EQ(result.exit_code, 0) << result.err;
        return json::parse(result.out, nullptr, false);
    };
    const std::string ordered = folder.add("gemm_map.yaml", kGemmRules);
    const json report = report_of(machine, ordered);
    EXPECT_NEAR(report["energy_pj"], l1 + registers + macs, 1e-6);
    EXPECT_NEAR(report["energy_pj"], 511349.76, 1e-6);
    EXPECT_EQ(report["latency_cycles"], 8191);

    const std::string rereads =
        replaced(kGemmMachine, "operational_array:", "operational_array:\n  rereads_inputs: true");
    EXPECT_NEAR(report_of(folder.add("rereads.yaml", rereads), ordered)["energy_pj"], 511349.76 + (4096 - 256) * 22.9,
                1e-6)
        << "as DeFiNES has it";
    const std::string free = replaced(kGemmRules, "  - [D1, \"*\"]\n  - [D2, \"*\"]\n  - [D0, \"*\"]\n", "");
    EXPECT_LT(
        report_of(machine,
                  folder.add("free.yaml", replaced(free, "temporal_ordering:", "temporal_ordering: []")))["energy_pj"],
        300000)
        << "sums that stay in their registers";
}

}  // namespace
}  // namespace plumbline
