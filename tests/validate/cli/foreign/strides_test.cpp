// SPDX-License-Identifier: Apache-2.0
// Strides beyond the window: pixels between two windows are not fetched. A word of off-chip memory has 64 bits, features and
// weights have 8.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "validate/cli/foreign/foreign_files.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;

/// 1 x 1, 2 apart: 8 x 8 pixels of 4 channels are 32 words, and 4 x 4 weights 2; 15 x 15 pixels would be 112.5. The kernel
/// allows one simulation in a process, so each tile is a test.
class StridedPixels : public ForeignFiles, public ::testing::WithParamInterface<const char*> {};

TEST_P(StridedPixels, AreFetchedAlone)
{
    std::string strided = conv(0, 0, 8);
    strided.replace(strided.find("ix=1*ox"), 7, "ix=2*ox");
    strided.replace(strided.find("iy=1*oy"), 7, "iy=2*oy");
    const std::vector<std::string> flags{"--tile", GetParam(), "--cuts", "none", "--format", "json"};
    const CommandResult result = on("validate", strided, flags);
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    const json report = json::parse(result.out);
    for (const json& row : report["rows"]) {
        if (row["memory"] != "dram" || row["operand"] != "I") continue;
        EXPECT_EQ(row["predicted"], 32) << row;
        EXPECT_EQ(row["simulated"], 32) << row;
    }
}

INSTANTIATE_TEST_SUITE_P(Tiles, StridedPixels, ::testing::Values("8x8", "3x5"));

/// One row of pixels, 1 x 1, of four channels.
std::string pointwise(int id, int source, const std::string& columns, const std::string& stride,
                      const std::string& padding)
{
    const std::string number = std::to_string(id);
    return "- id: " + number + "\n  operator_type: Conv\n" +
           "  equation: O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]\n"
           "  dimension_relations: [ix=" +
           stride +
           "*ox+1*fx, iy=1*oy+1*fy]\n"
           "  loop_dims: [B, K, C, OY, OX, FY, FX]\n  loop_sizes: [1, 4, 4, 1, " +
           columns +
           ", 1, 1]\n"
           "  pr_loop_dims: [IY, IX]\n  pr_loop_sizes: [1, 6]\n  padding: [[0, 0], " +
           padding +
           "]\n"
           "  operand_precision: {O: 16, O_final: 8, W: 8, I: 8}\n  operand_source: {W: " +
           number + ", I: " + std::to_string(source) + "}\n";
}

class WindowsInPadding : public ForeignFiles {};

/// Two branches read a map of six columns. The one reads columns -1, 2, 5 and 8. The other one reads, through layer 2, columns -5, -2, 1
/// and 4: two tiles long it has nothing to read, while the first is at column 2 already. So the second tile makes columns 1 and 2.
TEST_F(WindowsInPadding, LeaveNoColumnOut)
{
    const std::string network =
        pointwise(0, 0, "6", "1", "[0, 0]") + pointwise(1, 0, "4", "3", "[1, 3]") +
        pointwise(2, 0, "6", "1", "[0, 0]") + pointwise(3, 2, "4", "3", "[5, -1]") +
        "- id: 4\n  name: Sum\n  operator_type: Add\n  equation: O[b][g][oy][ox]=X[b][g][oy][ox]+Y[b][g][oy][ox]\n"
        "  dimension_relations: []\n  loop_dims: [B, G, OY, OX]\n  loop_sizes: [1, 4, 1, 4]\n"
        "  operand_precision: {O: 16, O_final: 8, X: 8, Y: 8}\n  operand_source: {X: 1, Y: 3}\n";
    const CommandResult result =
        on("validate", network, {"--tile", "1x1", "--cuts", "none", "--mode", "fully-cached", "--format", "json"});
    ASSERT_EQ(result.exit_code, 0) << result.out << result.err;
    const json report = json::parse(result.out);
    for (const json& row : report["rows"]) {
        EXPECT_EQ(row["predicted"], row["simulated"]) << row;
        if (row["memory"] != "dram" || row["operand"] != "I" || row["direction"] != "read_down") continue;
        EXPECT_EQ(row["simulated"], 3) << "each of six columns of 32 bit once";
    }
}

}  // namespace
}  // namespace plumbline
