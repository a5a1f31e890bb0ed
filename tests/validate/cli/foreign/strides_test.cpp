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

}  // namespace
}  // namespace plumbline
