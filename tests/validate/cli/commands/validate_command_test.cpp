// SPDX-License-Identifier: Apache-2.0
// `plumbline validate` of one schedule, called in-process. Each TEST simulates once at most: the SystemC kernel lives once per process.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "validate/cli/folder.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

TEST(ValidateCommand, ExitsWithOneAndPutsRowsOutsideFirst)
{
    const Folder folder;
    const CommandResult result = on_pair(folder, "validate",
                                         {"--tile", "4x4", "--estimator", "uniform", "--tolerance-accesses", "0",
                                          "--tolerance-latency", "0", "--format", "json"});
    ASSERT_EQ(result.exit_code, 1) << result.err;
    const json report = json::parse(result.out);
    EXPECT_FALSE(report["within_tolerance"]);
    bool before = false;
    for (const json& row : report["rows"]) {
        const bool within = row["within_tolerance"];
        EXPECT_TRUE(within || !before) << "a row outside follows one within";
        before = within;
    }
    EXPECT_FALSE(report["rows"][0]["within_tolerance"]);
}

TEST(ValidateCommand, ExitsWithZeroWithinTolerance)
{
    const Folder folder;
    const CommandResult result =
        on_pair(folder, "validate", {"--tile", "4x4", "--tolerance-accesses", "1e9", "--tolerance-latency", "1e9"});
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    EXPECT_THAT(result.out, Not(HasSubstr("OUTSIDE")));
}

TEST(ValidateCommand, FindsNoAccessOutsideARefinedPrediction)
{
    const Folder folder;
    const CommandResult result = on_pair(
        folder, "validate",
        {"--tile", "3x3", "--estimator", "refined", "--tolerance-accesses", "1e-9", "--tolerance-latency", "1e9"});
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
}

}  // namespace
}  // namespace plumbline
