// SPDX-License-Identifier: Apache-2.0
// What a file says of sizes and padding, and what is computed: one holds in the other, or it is said.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "validate/cli/foreign/foreign_files.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;

TEST_F(ForeignFiles, SayWhichLayersAreComputedInAnotherSize)
{
    const std::vector<std::string> flags{"--tile", "4x4", "--cuts", "none"};
    EXPECT_THAT(
        on("evaluate", conv(0, 0, 100) + conv(1, 0, 4, 3), flags).err,
        HasSubstr("net.yaml: sizes follow from what later layers read, without padding: layer '0' is computed on 6x6, "
                  "not 100x100\n"));
    EXPECT_THAT(on("evaluate", conv(0, 0, 4, 3) + conv(1, 0, 4, 3), flags).err,
                HasSubstr("layer '0' is computed on 6x6, not 4x4\n"));
    EXPECT_THAT(on("evaluate", conv(0, 0, 6) + conv(1, 0, 4, 3), flags).err, IsEmpty());
}

constexpr const char* kPadding = "  pr_loop_dims: [IY, IX]\n  padding: [[1, 1], [1, 1]]\n";

/// Two convolutions of 3x3 on 4x4 pixels: 4 * 4 * 4 * 4 * 9 MACs each. The input comes from off chip once, 4 * 4 * 4 bytes.
TEST_F(ForeignFiles, FetchAndComputeNoPadding)
{
    const CommandResult result = on("evaluate", conv(0, 0, 4, 3, kPadding) + conv(1, 0, 4, 3, kPadding),
                                    {"--tile", "4x4", "--cuts", "none", "--format", "json"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.err, IsEmpty());
    EXPECT_THAT(result.out, HasSubstr("\"macs\": 4608"));
}

/// Channels of a map of 4 and of one of 4, each padded with the other's.
constexpr const char* kConcatenation = R"(- id: 2
  operator_type: Concat
  equation: O[b][g][oy][ox]=W[b][gw][oy][ox]+I[b][gi][oy][ox]
  dimension_relations: [gw=1*g+1*fx, gi=1*g+1*fx]
  loop_dims: [B, G, OY, OX, FX]
  loop_sizes: [1, 8, 4, 4, 1]
  pr_loop_dims: [GW, GI]
  pr_loop_sizes: [4, 4]
  padding: [[0, 4], [4, 0]]
  operand_precision: {W: 8, I: 8, O: 16, O_final: 8}
  operand_source: {W: 0, I: 1}
)";

/// Both maps are read once, 4 * 4 * 4 bytes each, and 8 * 4 * 4 bytes are written.
TEST_F(ForeignFiles, LayChannelsOfMapsBesideEachOther)
{
    const std::string network = conv(0, 0, 4, 3, kPadding) + conv(1, 0, 4, 3, kPadding) + kConcatenation;
    const std::vector<std::string> flags{"--tile", "2x3", "--cuts", "none", "--format", "json"};
    const CommandResult predicted = on("evaluate", network, flags);
    EXPECT_EQ(predicted.exit_code, 0) << predicted.err;
    std::vector<std::string> functional = flags;
    functional.push_back("--functional");
    const CommandResult result = on("simulate", network, functional);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_TRUE(json::parse(result.out)["functional"]["equal"]);
    const json report =
        json::parse(on("evaluate", network, {"--tile", "4x4", "--cuts", "each", "--format", "json"}).out);
    const json& layer = report["layers"].back();
    double read = 0;
    for (const json& memory : layer["memories"])
        if (memory["operand"] != "O" && memory["memory"] == "dram") read += memory["read_down"].get<double>();
    EXPECT_LE(read, 2 * 8);  // words of 64 bits; less where a copy has brought a map
}

/// A convolution of 2x2 over rows 1 to 3 and columns 0 to 2 of a map of 4 x 4 pixels, then a copy of channels 1 and 2.
constexpr const char* kParts = R"(- id: 1
  operator_type: Conv
  equation: O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]
  dimension_relations: [ix=1*ox+1*fx, iy=1*oy+1*fy]
  loop_dims: [B, K, C, OY, OX, FY, FX]
  loop_sizes: [1, 4, 4, 2, 2, 2, 2]
  pr_loop_dims: [IY, IX]
  pr_loop_sizes: [4, 4]
  padding: [[-1, 0], [0, -1]]
  operand_precision: {W: 8, I: 8, O: 16, O_final: 8}
  operand_source: {W: 1, I: 0}
- id: 2
  operator_type: Concat
  equation: O[b][g][oy][ox]=I[b][gi][oy][ox]
  dimension_relations: [gi=1*g+1*fx]
  loop_dims: [B, G, OY, OX, FX]
  loop_sizes: [1, 2, 2, 2, 1]
  pr_loop_dims: [GI]
  pr_loop_sizes: [4]
  padding: [[-1, -1]]
  operand_precision: {I: 8, O: 8, O_final: 8}
  operand_source: {I: 1}
)";

/// A process simulates once.
class PartsOfMaps : public ForeignFiles, public ::testing::WithParamInterface<std::tuple<std::string, std::string>> {};

TEST_P(PartsOfMaps, AreRead)
{
    const auto& [cuts, mode] = GetParam();
    const std::string network = conv(0, 0, 4, 3, kPadding) + kParts;
    const CommandResult result =
        on("simulate", network, {"--tile", "1x1", "--cuts", cuts, "--mode", mode, "--functional", "--format", "json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_TRUE(json::parse(result.out)["functional"]["equal"]);
}

INSTANTIATE_TEST_SUITE_P(All, PartsOfMaps,
                         ::testing::Combine(::testing::Values("none", "each"),
                                            ::testing::Values("fully-recompute", "h-cached", "fully-cached")));

TEST_F(ForeignFiles, SayHowLargeMapsOfPartsAre)
{
    const std::string first = conv(0, 0, 4, 3, kPadding);
    const std::vector<std::string> flags{"--tile", "1x1"};
    const std::string sizes = "  pr_loop_sizes: [4, 4]\n";
    std::string without = kParts;
    without.erase(without.find(sizes), sizes.size());
    EXPECT_THAT(on("evaluate", first + without, flags).err,
                HasSubstr("is -1, expected zero or more (at most 2^31), as there are no pr_loop_sizes"));
    EXPECT_THAT(on("evaluate", first + replaced(kParts, "pr_loop_sizes: [4]", "pr_loop_sizes: [5]"), flags).err,
                HasSubstr("layer '2' says 5 along GI, but its source, layer '1', makes 4"));
    EXPECT_THAT(on("evaluate", first + replaced(kParts, "[[-1, -1]]", "[[-1, -2]]"), flags).err,
                HasSubstr("layer '2' reads 5 along GI beside its padding, but the map has 4"));
}

TEST_F(ForeignFiles, RefuseMapsThatAreSmallerThanWhatIsRead)
{
    const CommandResult result = on("evaluate", conv(0, 0, 4, 3) + conv(1, 0, 4, 3, kPadding), {"--tile", "4x4"});
    EXPECT_EQ(result.exit_code, 0) << result.err;  // of the network's input nobody says how large it is
    const CommandResult smaller = on("evaluate", conv(0, 0, 3, 3) + conv(1, 0, 4, 3, kPadding), {"--tile", "3x3"});
    EXPECT_EQ(smaller.exit_code, 2);
    EXPECT_THAT(smaller.err, HasSubstr("layer '1' reads 4 along IY beside its padding, but the map has 3"));
}

TEST_F(ForeignFiles, SayWhatLayersReadThatTheirSourceDoesNotMake)
{
    const std::vector<std::string> flags{"--tile", "4x4", "--cuts", "none"};
    const std::string second = conv(1, 0);
    EXPECT_THAT(on("evaluate", conv(0, 0) + replaced(second, "[1, 4, 4,", "[1, 4, 8,"), flags).err,
                HasSubstr("net.yaml: layer '1' reads 8 channels as I, but layer '0' makes 4\n"));
    EXPECT_THAT(on("evaluate", conv(0, 0) + replaced(second, "[1, 4, 4,", "[2, 4, 4,"), flags).err,
                HasSubstr("layer '1' reads 2 batches as I, but layer '0' makes 1\n"));
    EXPECT_THAT(on("evaluate", conv(0, 0) + replaced(second, "I: 8", "I: 16"), flags).err,
                HasSubstr("layer '1' reads 16 bits per feature as I, but layer '0' makes 8\n"));
}

TEST_F(ForeignFiles, RefuseAProductOfMapsThatDoNotLieOnEachOther)
{
    // The scores of an attention head: every pixel of one map with every pixel of the other.
    const std::string scores = R"(
- id: 2
  name: scores
  operator_type: MatMul
  equation: O[b][k][ox]+=W[b][c][k]*I[b][c][ox]
  loop_dims: [B, K, C, OX]
  loop_sizes: [1, 4, 4, 4]
  operand_precision: {W: 8, I: 8, O: 16, O_final: 8}
  operand_source: {W: 1, I: 0}
)";
    const CommandResult result = on("evaluate", conv(0, 0) + conv(1, 0) + scores, {"--tile", "4x1"});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("W of layer 'scores' reads layer '1' by other dimensions: OX"));
}

}  // namespace
}  // namespace plumbline
