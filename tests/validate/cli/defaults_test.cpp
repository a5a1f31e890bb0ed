// SPDX-License-Identifier: Apache-2.0
// What the commands do without being told: they plan alike, predict with `refined`, and say in the same words what does not fit.
// Each TEST simulates once at most.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "folder.hpp"
#include "test_data.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string kTiny = std::string{kPlatformsFolder} + "/tiny/";

std::string planned_by(const Folder& folder, const std::string& command, std::vector<std::string> more = {})
{
    const std::string path = folder.path(command + ".json");
    std::vector<std::string> arguments{"--tile", "3x3", "--schedule-out", path};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const CommandResult result = on_pair(folder, command, arguments);
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    return read_text(path);
}

TEST(Defaults, OfSimulatePlanAsEvaluateDoes)
{
    const Folder folder;
    EXPECT_EQ(planned_by(folder, "simulate"), planned_by(folder, "evaluate"));
}

TEST(Defaults, OfValidatePlanAsEvaluateDoesAndAreWithinTolerance)
{
    const Folder folder;
    EXPECT_EQ(planned_by(folder, "validate"), planned_by(folder, "evaluate"));
}

TEST(Defaults, AreThoseOfTheRefinedEstimator)
{
    const Folder folder;
    const std::vector<std::string> asked{"--tile", "3x3", "--format", "json"};
    std::vector<std::string> refined = asked;
    refined.insert(refined.end(), {"--estimator", "refined"});
    std::vector<std::string> uniform = asked;
    uniform.insert(uniform.end(), {"--estimator", "uniform"});
    const std::string by_default = on_pair(folder, "evaluate", asked).out;
    EXPECT_EQ(by_default, on_pair(folder, "evaluate", refined).out);
    EXPECT_NE(by_default, on_pair(folder, "evaluate", uniform).out);
}

TEST(Defaults, TakeTheWholeMapForAFullTile)
{
    const Folder folder;
    const CommandResult full = on_pair(folder, "evaluate", {"--tile", "full", "--format", "json"});
    ASSERT_EQ(full.exit_code, 0) << full.err;
    EXPECT_EQ(json::parse(full.out)["tile"], json::array({8, 8}));
    EXPECT_EQ(full.out, on_pair(folder, "evaluate", {"--tile", "8x8", "--format", "json"}).out);
}

/// The machine that pages compute by hand, with something replaced.
std::vector<std::string> on_tiny(const Folder& folder, const std::string& part, const std::string& by)
{
    const std::string text = replaced(read_text(kTiny + "tiny.yaml"), part, by);
    return {"--accelerator", folder.add("tiny.yaml", text), "--workload", kTiny + "one_layer.yaml"};
}

CommandResult planned_on(std::vector<std::string> subject, const std::string& command, std::vector<std::string> more)
{
    subject.insert(subject.begin(), command);
    subject.insert(subject.end(), {"--mapping", kTiny + "rules.yaml"});
    subject.insert(subject.end(), more.begin(), more.end());
    return plumbline(subject);
}

TEST(Latency, OfMemoriesThatAnswerAtOnceEnds)
{
    // 82 cycles, as model/docs/refined_latency.md computes them where all latencies are 1: a copy of 5 and a layer of 77. A port
    // moves a word in a whole cycle, so that 0 is no faster.
    const Folder folder;
    const CommandResult result =
        planned_on(on_tiny(folder, "latency: 1", "latency: 0"), "validate", {"--tile", "4x1", "--format", "json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const json cycles = json::parse(result.out)["latency_cycles"];
    EXPECT_EQ(cycles["predicted"], 82);
    EXPECT_EQ(cycles["simulated"], 82);
}

TEST(Infeasible, NamesTheInnermostMemoryThatIsTooSmall)
{
    // Sums of 16 bits, registers of 8. sram and dram are large enough.
    const Folder folder;
    for (const char* command : {"evaluate", "simulate", "validate"}) {
        const CommandResult result = planned_on(on_tiny(folder, "size: 16", "size: 8"), command, {"--tile", "4x1"});
        EXPECT_EQ(result.exit_code, 3) << command;
        EXPECT_THAT(result.err, AllOf(HasSubstr("infeasible: layer"), HasSubstr("on a tile of 4x1: reg_o has 8 bit"),
                                      HasSubstr("16 bit"), Not(HasSubstr("dram")), Not(HasSubstr("sram"))))
            << command;
    }
    const CommandResult checked = planned_on(on_tiny(folder, "size: 16", "size: 8"), "capacity", {"--tile", "4x1"});
    EXPECT_EQ(checked.exit_code, 3);
    EXPECT_THAT(checked.out, HasSubstr("reg_o has 8 bit"));
    EXPECT_THAT(checked.err, HasSubstr("infeasible: no schedule is feasible"));
}

TEST(Infeasible, IsAScheduleThatNeedsMoreSpaceThanThereIs)
{
    const Folder folder;
    const std::string schedule = folder.path("schedule.json");
    const auto whole = on_tiny(folder, "size: 1024", "size: 1024");
    ASSERT_EQ(planned_on(whole, "evaluate", {"--tile", "4x1", "--schedule-out", schedule}).exit_code, 0);
    for (const char* command : {"evaluate", "simulate"}) {
        std::vector<std::string> arguments = on_tiny(folder, "size: 1024", "size: 64");
        arguments.insert(arguments.begin(), command);
        arguments.insert(arguments.end(), {"--schedule", schedule});
        const CommandResult result = plumbline(arguments);
        EXPECT_EQ(result.exit_code, 3) << command;
        EXPECT_THAT(result.err, AllOf(HasSubstr("infeasible: the copy of the stack's input"), HasSubstr("sram"),
                                      HasSubstr("64 bit"), Not(HasSubstr("stacks["))))
            << command;
    }
}

}  // namespace
}  // namespace plumbline
