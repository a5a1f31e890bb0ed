// SPDX-License-Identifier: Apache-2.0
// Layers whose inputs different memory operands hold, networks of several inputs and outputs. Right numbers are counted by
// hand.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "io/edited_text.hpp"
#include "plumbline/io/npy.hpp"
#include "validate/cli/foreign/foreign_files.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string kResidual = conv(0, 0) + conv(1, 0) + add(2, "Add", "WI", 0, 1);

TEST_F(ForeignFiles, AddMapsThatDifferentMemoryOperandsHold)
{
    for (const char* cuts : {"none", "each"}) {
        const json report = evaluated(kResidual, {"--tile", "4x4", "--cuts", cuts});
        EXPECT_EQ(report["macs"], 2 * 4 * 4 * 16 + 4 * 16) << cuts;
    }
}

TEST_F(ForeignFiles, MoveAMapToTheMemoryThatServesItsOperand)
{
    // buf_w and act meet in dram alone: the output of layer 0 (64 bytes, 8 words) goes up and comes down again. Beside that,
    // 8 words of input, 2 * 2 words of weights and 8 words of output cross the border of the chip.
    const std::vector<std::string> flags{"--tile",      "4x4",     "--cuts",   "none",
                                         "--estimator", "refined", "--format", "json"};
    const CommandResult result = on("validate", kResidual, flags);
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    double read = 0;
    double written = 0;
    const json report = json::parse(result.out);
    for (const json& row : report["rows"]) {
        if (row["memory"] != "dram") continue;
        (row["direction"] == "read_down" ? read : written) += row["simulated"].get<double>();
        EXPECT_EQ(row["predicted"], row["simulated"]) << row;
    }
    EXPECT_EQ(read, 8 + 2 * 2 + 8);
    EXPECT_EQ(written, 8 + 8);
}

TEST_F(ForeignFiles, ComputeWithMapsThatDifferentMemoryOperandsHold)
{
    const CommandResult result = on("simulate", kResidual, {"--tile", "2x2", "--cuts", "none", "--functional"});
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
}

TEST_F(ForeignFiles, CountEachInputOfANetwork)
{
    // Each of 64 bytes: 8 words of 700 pJ read off chip and of 10 pJ written to act, which an addition of one and the same
    // map would save: 12,073.6 pJ then.
    const json report =
        evaluated(add(0, "Sum", "XY", 0, 0), {"--tile", "4x4", "--cuts", "none", "--estimator", "refined"});
    EXPECT_NEAR(report["energy_pj"], 12073.6 + 8 * 700 + 8 * 10, 1e-6);
}

TEST_F(ForeignFiles, ComputeSiameseNetworks)
{
    const std::string network = conv(0, 0, 4, 3) + conv(1, 1, 4) + add(2, "Sum", "XY", 0, 1);
    const json report = evaluated(network, {"--tile", "4x4", "--cuts", "none"});
    EXPECT_EQ(report["macs"], 16 * 16 * 9 + 16 * 16 + 64);
    const CommandResult computed = on("simulate", network, {"--tile", "2x2", "--cuts", "none", "--functional"});
    EXPECT_EQ(computed.exit_code, 0) << computed.out << computed.err;
}

TEST_F(ForeignFiles, GiveEachOutputAStack)
{
    const std::string heads = conv(0, 0) + conv(1, 0) + conv(2, 0);
    for (const char* cuts : {"each", "auto"})
        EXPECT_EQ(evaluated(heads, {"--tile", "4x4", "--cuts", cuts})["macs"], 3 * 256) << cuts;
    EXPECT_EQ(evaluated(conv(0, 0) + conv(1, 1) + conv(2, 2), {"--tile", "4x4"})["macs"], 3 * 256)
        << "a list of layers";
    EXPECT_EQ(on("simulate", heads, {"--tile", "4x4", "--cuts", "each"}).exit_code, 0);
}

TEST_F(ForeignFiles, SayWhichRuleLacksALinkAndWhereItStands)
{
    const std::string network = add(0, "Sum", "XY", 0, 0);
    const auto refused = [&](const std::string& links, const std::string& expected) {
        rules = edited(kRules, "{O: O, X: I1, Y: I1}", links);
        for (const std::string command : {"evaluate", "simulate", "validate", "explore", "optimize"}) {
            const bool sweeps = command == "explore" || command == "optimize";
            const CommandResult result = on(command, network, {sweeps ? "--tiles" : "--tile", "4x4"});
            EXPECT_EQ(result.exit_code, 2) << command << ": " << result.out;
            EXPECT_THAT(result.err, HasSubstr("map.yaml:8: rules[2].memory_operand_links." + expected)) << command;
        }
    };
    refused("{O: O, X: I1}", "Y: missing in mapping rule 'Sum'");
    refused("{O: O, X: I1, Y: O}", "Y: is O in mapping rule 'Sum', expected I1 or I2");
}

TEST_F(ForeignFiles, CompareEachOutput)
{
    const std::string heads = conv(0, 0) + conv(1, 0) + conv(2, 0);
    const CommandResult result =
        on("simulate", heads,
           {"--tile", "4x4", "--functional", "--functional-out", folder.path("out.npy"), "--format", "json"});
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    const json functional = json::parse(result.out)["functional"];
    EXPECT_EQ(functional["equal"], true);
    ASSERT_EQ(functional["outputs"].size(), 2U);
    EXPECT_EQ(functional["outputs"][0]["layer"], "1");
    EXPECT_EQ(functional["outputs"][1]["layer"], "2");
    for (const char* layer : {"1", "2"}) {
        const std::string file = folder.path(std::string{"out_"} + layer + ".npy");
        EXPECT_EQ(io::read_npy(file).shape, (std::vector<std::int64_t>{4, 4, 4}));
    }
    EXPECT_NE(io::read_npy(folder.path("out_1.npy")).values, io::read_npy(folder.path("out_2.npy")).values);
}

TEST_F(ForeignFiles, SayThatAStackHasOneOutput)
{
    const CommandResult result =
        on("evaluate", conv(0, 0) + conv(1, 0) + conv(2, 0), {"--tile", "4x4", "--cuts", "none"});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("the network has 2 outputs (\"1\", \"2\"), expected one for each stack"));
}

}  // namespace
}  // namespace plumbline
