// SPDX-License-Identifier: Apache-2.0
// `plumbline evaluate` called in-process.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "folder.hpp"
#include "test_data.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(EvaluateCommand, WritesItsReportAndTheScheduleToFiles)
{
    const Folder folder;
    const CommandResult result = on_pair(folder, "evaluate",
                                         {"--tile", "4x4", "--format", "json", "-o", folder.path("report.json"),
                                          "--schedule-out", folder.path("schedule.json")});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, IsEmpty());
    EXPECT_EQ(json::parse(read_text(folder.path("report.json")))["tile"], json::array({4, 4}));
    EXPECT_EQ(folder.files(), 3U) << "the network, the report, the schedule and nothing temporary";

    const CommandResult again =
        on_pair(folder, "evaluate", {"--schedule", folder.path("schedule.json"), "--format", "json"});
    EXPECT_EQ(again.out, read_text(folder.path("report.json")));
}

TEST(EvaluateCommand, FindsTheEnergyOfTheReference)
{
    // The public DeFiNES, repaired: schedules/Meta_prototype_DF__fsrcnn__m3_60x72_lpf6.json, energy_total.
    const CommandResult result =
        plumbline({"evaluate", "--accelerator", "meta_prototype_df", "--workload", "fsrcnn", "--tile", "60x72",
                   "--capacity", "optimistic", "--estimator", "uniform", "--format", "json"});
    const json report = json::parse(result.out);
    EXPECT_NEAR(report["energy_pj"], 2154699943.145, 2154699943.145e-9);
}

TEST(EvaluateCommand, ExitsWithThreeWhereNothingFits)
{
    const Folder folder;
    std::string accelerator = read_text(std::string{kPlatformsFolder} + "/accelerators/meta_prototype_df.yaml");
    for (const char* size : {"262144", "8388608", "524288", "10000000000"}) {
        accelerator = replaced(accelerator, std::string{"size: "} + size, "size: 1024");
    }
    const CommandResult result = plumbline({"evaluate", "--accelerator", folder.add("small.yaml", accelerator),
                                            "--mapping", "meta_prototype", "--workload", "fsrcnn", "--tile", "60x72"});
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_THAT(result.err, HasSubstr("infeasible"));
    EXPECT_THAT(result.out, IsEmpty());
}

}  // namespace
}  // namespace plumbline
