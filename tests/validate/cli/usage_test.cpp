// SPDX-License-Identifier: Apache-2.0
// What the command answers to those who ask wrongly: exit code 2, and a text that says what was expected.
#include <gmock/gmock.h>

#include "folder.hpp"
#include "test_data.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

/// Asks `evaluate` for FSRCNN with `more` flags.
CommandResult evaluate(std::vector<std::string> more)
{
    std::vector<std::string> arguments{"evaluate", "--accelerator", "meta_prototype_df", "--workload", "fsrcnn"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return plumbline(std::move(arguments));
}

void expect_refused(const CommandResult& result, const testing::Matcher<const std::string&>& message)
{
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, message);
    EXPECT_THAT(result.out, IsEmpty());
}

TEST(Usage, NeedsASubcommand)
{
    expect_refused(plumbline({}), HasSubstr("subcommand"));
    expect_refused(plumbline({"explode"}), HasSubstr("explode"));
}

TEST(Usage, HelpIsNoError)
{
    const CommandResult help = plumbline({"validate", "--help"});
    EXPECT_EQ(help.exit_code, 0);
    EXPECT_THAT(help.out, AllOf(HasSubstr("--tolerance-accesses"), HasSubstr("--fold-classes")));
    EXPECT_EQ(plumbline({"--help"}).exit_code, 0);
    EXPECT_EQ(plumbline({"--version"}).exit_code, 0);
}

TEST(Usage, NamesTheModesThatExist)
{
    expect_refused(evaluate({"--tile", "60x72", "--mode", "half-cached"}),
                   AllOf(HasSubstr("--mode"), HasSubstr("half-cached"), HasSubstr("fully-cached")));
}

TEST(Usage, TakesNumbersThatAreWhollyInRange)
{
    const auto refused = [](const std::string& flag, const std::string& value, const std::string& expected) {
        expect_refused(plumbline({"validate", "--accelerator", "meta_prototype_df", "--workload", "fsrcnn", "--tile",
                                  "60x72", flag + '=' + value}),
                       AllOf(HasSubstr(flag), HasSubstr('\'' + value + "' is no valid value, expected " + expected)));
    };
    for (const char* value : {"-1", "1.5", "0x10", " 5", "five", "18446744073709551616"})
        refused("--threads", value, "a whole number from 0 to 2147483647");
    for (const char* value : {"nan", "-0.1", "inf", "1,5", "0.1x"})
        refused("--tolerance-latency", value, "a number of at least 0");
    for (const char* value : {"nan", "0", "-1", "1e300"}) refused("--cycle-ns", value, "a number from 1e-06 to 1e+09");
}

TEST(Usage, TakesSeedsThatAreNotNegative)
{
    const auto seeded = [](const std::string& seed) {
        return plumbline({"simulate", "--accelerator", "meta_prototype_df", "--workload", "nothing", "--tile", "4x4",
                          "--functional", "--seed=" + seed});
    };
    for (const char* seed : {"-1", "1e3", " 5", "18446744073709551616"})
        expect_refused(seeded(seed), HasSubstr("expected a whole number from 0 to 18446744073709551615"));
    // The largest seed is one; the network is not.
    expect_refused(seeded("18446744073709551615"), HasSubstr("'nothing' is neither a file nor built in"));
}

TEST(Usage, NamesObjectivesEstimatorsCapacitiesAndFormatsThatExist)
{
    expect_refused(evaluate({"--tile", "60x72", "--objective", "area"}), HasSubstr("edp"));
    expect_refused(evaluate({"--tile", "60x72", "--estimator", "magic"}),
                   AllOf(HasSubstr("uniform"), HasSubstr("refined")));
    expect_refused(evaluate({"--tile", "60x72", "--capacity", "endless"}), HasSubstr("reserved"));
    expect_refused(evaluate({"--tile", "60x72", "--format", "xml"}), HasSubstr("json"));
}

TEST(Usage, ExplainsHowATileIsWritten)
{
    for (const char* tile :
         {"60", "60by72", "x72", "60x", "0x72", "-4x4", "60x72x3", "6e1x72", "99999999999999999999x1"}) {
        expect_refused(evaluate({"--tile", tile}), AllOf(HasSubstr("--tile"), HasSubstr("60x72")));
    }
}

TEST(Usage, RefusesATileLargerThanTheMap)
{
    expect_refused(evaluate({"--tile", "961x72"}), HasSubstr("961"));
    expect_refused(evaluate({"--tile", "60x541"}), HasSubstr("541"));
}

TEST(Usage, NeedsATileForResultsOfOthers)
{
    for (const char* results : {"--observations", "--predictions"})
        expect_refused(
            plumbline({"validate", "--accelerator", "meta_prototype_df", "--workload", "fsrcnn", results, "a.csv"}),
            AllOf(HasSubstr("--tile"), HasSubstr("--schedule")));
}

TEST(Usage, RefusesPlanningFlagsBesideASchedule)
{
    expect_refused(evaluate({"--schedule", "s.json", "--tile", "60x72"}), HasSubstr("--tile"));
    expect_refused(evaluate({"--schedule", "s.json", "--mode", "h-cached"}), HasSubstr("--mode"));
    expect_refused(evaluate({"--schedule", "s.json", "--factors", "4"}), HasSubstr("--factors"));
}

TEST(Usage, RefusesCutsAfterLayersThatDoNotExist)
{
    expect_refused(evaluate({"--tile", "60x72", "--cuts", "3,77"}), AllOf(HasSubstr("--cuts"), HasSubstr("'77'")));
    expect_refused(evaluate({"--tile", "60x72", "--cuts", "sometimes"}), HasSubstr("auto, none, each"));
}

TEST(Usage, RefusesMoreModesThanTiles)
{
    expect_refused(evaluate({"--tile", "60x72,16x8,4x4", "--mode", "h-cached,fully-cached"}),
                   HasSubstr("2 modes for 3"));
    expect_refused(evaluate({"--tile", "60x72,16x8", "--cuts", "none"}), HasSubstr("2 tiles for 1 stacks"));
}

TEST(Usage, RefusesNegativeNumbers)
{
    expect_refused(evaluate({"--tile", "60x72", "--factors", "-1"}), HasSubstr("--factors"));
    expect_refused(evaluate({"--tile", "60x72", "--threads", "-1"}), HasSubstr("--threads"));
    expect_refused(plumbline({"validate", "--accelerator", "meta_prototype_df", "--workload", "fsrcnn", "--tile",
                              "60x72", "--tolerance-latency", "-0.1"}),
                   HasSubstr("--tolerance-latency"));
}

TEST(Usage, RefusesWhatIsNoNumberAsATolerance)
{
    // nan compares false with everything: "not outside" would hold for whatever is seen.
    for (const char* value : {"nan", "-nan", "-1", "inf", "1e999", "0,1", ""}) {
        const std::vector<std::string> network{"--accelerator", "meta_prototype_df", "--workload", "fsrcnn"};
        const auto with = [&](std::vector<std::string> arguments) {
            arguments.insert(arguments.end() - 2, network.begin(), network.end());
            return plumbline(std::move(arguments));
        };
        for (const char* flag : {"--tolerance-accesses", "--tolerance-latency"})
            expect_refused(with({"validate", "--tiles", "60x72", flag, value}), HasSubstr(flag));
        expect_refused(with({"calibrate", "--tolerance", value}), HasSubstr("--tolerance"));
        expect_refused(with({"calibrate", "--fit-share", value}), HasSubstr("--fit-share"));
        expect_refused(plumbline({"cost", "--records", "r", "--tolerance", value}), HasSubstr("--tolerance"));
    }
}

TEST(Usage, NamesTheFlagThatWasGiven)
{
    const auto with = [](const std::string& command, const std::string& flag, const std::string& value) {
        return plumbline({command, "--accelerator", "meta_prototype_df", "--workload", "fsrcnn", flag, value});
    };
    for (const char* command : {"explore", "validate", "calibrate"}) {
        expect_refused(with(command, "--tiles", "60by72"), HasSubstr("--tiles:"));
        expect_refused(with(command, "--tile-x", "0"), HasSubstr("--tile-x:"));
        expect_refused(with(command, "--modes", "half"), HasSubstr("--modes:"));
    }
    expect_refused(with("capacity", "--tile", "60by72"), HasSubstr("--tile:"));
    expect_refused(with("capacity", "--modes", "half"), HasSubstr("--modes:"));
    expect_refused(with("evaluate", "--mode", "half"), HasSubstr("--mode:"));
}

TEST(Usage, ListsBuiltInDescriptions)
{
    expect_refused(plumbline({"evaluate", "--accelerator", "eniac", "--workload", "fsrcnn", "--tile", "4x4"}),
                   AllOf(HasSubstr("--accelerator"), HasSubstr("eniac"), HasSubstr("meta_prototype_df")));
    expect_refused(
        plumbline({"evaluate", "--accelerator", "meta_prototype_df", "--workload", "inception", "--tile", "4x4"}),
        AllOf(HasSubstr("--workload"), HasSubstr("inception"), HasSubstr("fsrcnn")));
    expect_refused(evaluate({"--tile", "60x72", "--mapping", "none.yaml"}),
                   AllOf(HasSubstr("--mapping"), HasSubstr("meta_prototype")));
}

TEST(Usage, NeedsMappingRulesWithAnAcceleratorOfOnesOwn)
{
    const Folder folder;
    const std::string text = read_text(std::string{kPlatformsFolder} + "/accelerators/meta_prototype_df.yaml");
    const std::string path = folder.add("mine.yaml", text);
    expect_refused(plumbline({"evaluate", "--accelerator", path, "--workload", "fsrcnn", "--tile", "60x72"}),
                   AllOf(HasSubstr("--mapping"), HasSubstr("mine.yaml")));
}

TEST(Usage, NamesTheFileThatIsMissingOrBroken)
{
    expect_refused(evaluate({"--schedule", "nowhere.json"}), HasSubstr("nowhere.json"));
    const Folder folder;
    expect_refused(evaluate({"--schedule", folder.add("cut.json", "{\"schema\": ")}), HasSubstr("cut.json"));
    expect_refused(plumbline({"cost", "--accelerator", "meta_prototype_df", "--records", "nowhere.jsonl"}),
                   HasSubstr("nowhere.jsonl"));
    expect_refused(evaluate({"--tile", "60x72", "-o", folder.path("no/such/folder.json")}), HasSubstr("folder.json"));
}

TEST(Usage, MappingRulesOfCostNeedASearch)
{
    expect_refused(plumbline({"cost", "--accelerator", "meta_prototype_df", "--records", "r", "--mapping", "m"}),
                   HasSubstr("--search"));
}

}  // namespace
}  // namespace plumbline
