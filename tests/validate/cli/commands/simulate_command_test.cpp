// SPDX-License-Identifier: Apache-2.0
// `plumbline simulate` called in-process. Each TEST simulates once at most: the SystemC kernel lives once per process.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "validate/cli/folder.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;

TEST(SimulateCommand, CountsMacsAndOutputsOfTheNetwork)
{
    const Folder folder;
    const CommandResult result =
        on_pair(folder, "simulate", {"--tile", "4x4", "--mode", "fully-cached", "--format", "json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const json report = json::parse(result.out);
    // 4 x 2 x 8 x 8 x 3 x 3 and 2 x 4 x 8 x 8: fully cached, nothing is computed twice.
    EXPECT_EQ(report["macs"], 4608 + 512);
    EXPECT_EQ(report["outputs"], 2 * 8 * 8);
}

TEST(SimulateCommand, CountsFoldedClassesAsTheTilesTheyStandFor)
{
    const Folder folder;
    const CommandResult result = on_pair(
        folder, "simulate", {"--tile", "2x2", "--mode", "fully-recompute", "--fold-classes", "--format", "json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(json::parse(result.out)["outputs"], 2 * 8 * 8);
}

}  // namespace
}  // namespace plumbline
