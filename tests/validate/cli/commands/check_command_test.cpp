// SPDX-License-Identifier: Apache-2.0
// `check` and `describe` in-process: what they print of which files, and how they end.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <cstdlib>

#include "test_data.hpp"
#include "validate/cli/folder.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string kTiny = std::string{kPlatformsFolder} + "/tiny/";

/// The machine that pages compute by hand, without the keys that are ignored, and with something replaced.
std::string tiny(const Folder& folder, const std::string& part = "name: tiny", const std::string& by = "name: tiny")
{
    std::string text = read_text(kTiny + "tiny.yaml");
    for (const char* ignored : {"  input_precision: [8, 8]\n", "  unit_area: 1\n", "    area: 0\n"})
        text = replaced(text, ignored, "");
    return folder.add("tiny.yaml", replaced(text, part, by));
}

TEST(CheckCommand, EndsWellWhereNothingIsFound)
{
    const Folder folder;
    const CommandResult result = plumbline({"check", tiny(folder), kTiny + "rules.yaml"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.out, "nothing wrong or suspicious\n");
    EXPECT_THAT(result.err, IsEmpty());
}

TEST(CheckCommand, EndsWellWithRemarks)
{
    const CommandResult result = plumbline({"check", kTiny + "tiny.yaml"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out, AllOf(HasSubstr("tiny.yaml:8"), HasSubstr("remark"), HasSubstr("\n3 remarks\n")));
}

TEST(CheckCommand, EndsWithOneWhereSomethingIsSuspicious)
{
    const Folder folder;
    const CommandResult result = plumbline({"check", tiny(folder, "size: 1024", "size: 31")});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.out, AllOf(HasSubstr("tiny.yaml:26"), HasSubstr("holds 31 bit"), HasSubstr("suspicious\n")));
}

TEST(CheckCommand, EndsWithTwoAndSaysTheRestAsWell)
{
    const Folder folder;
    const std::string broken = folder.add("broken.yaml", "name: broken\noperational_aray: 1\nmemories: {}\n");
    const CommandResult result = plumbline({"check", broken, tiny(folder, "r_cost: 4", "r_cost: 0.1")});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.out, AllOf(HasSubstr("broken.yaml:2"), HasSubstr("did you mean 'operational_array'?"),
                                  HasSubstr("memories.sram.r_cost"), HasSubstr("1 error, 1 suspicious\n")));
}

TEST(CheckCommand, WritesJson)
{
    const Folder folder;
    const CommandResult result = plumbline({"check", tiny(folder, "size: 1024", "size: 31"), "--format", "json"});
    const json report = json::parse(result.out);
    EXPECT_EQ(report["schema"], "plumbline/check/1");
    EXPECT_EQ(report["counts"], (json{{"error", 0}, {"suspicious", 2}, {"remark", 0}}));
    EXPECT_EQ(report["findings"][0]["field"], "memories.sram.size");
    EXPECT_EQ(report["findings"][0]["line"], 26);
}

TEST(CheckCommand, TakesBuiltInNamesWithTheRulesOfTheFamily)
{
    const CommandResult result = plumbline({"check", "meta_prototype_df", "fsrcnn"});
    EXPECT_NE(result.exit_code, 2) << result.out;
    EXPECT_THAT(result.out,
                AllOf(HasSubstr("no layer of fsrcnn uses the rule 'Add'"), HasSubstr("meta_prototype.yaml:")));
    const CommandResult wrong = plumbline({"check", "meta_prototyp_df"});
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_THAT(wrong.err, HasSubstr("did you mean 'meta_prototype_df'?"));
}

TEST(CheckCommand, SaysThatRulesAreMissing)
{
    const Folder folder;
    EXPECT_THAT(plumbline({"check", tiny(folder), kTiny + "one_layer.yaml"}).err, HasSubstr("no mapping rules"));
    EXPECT_THAT(plumbline({"check", tiny(folder), kTiny + "one_layer.yaml", kTiny + "rules.yaml"}).err, IsEmpty());
}

TEST(DescribeCommand, ShowsMemoriesAsATree)
{
    const CommandResult result = plumbline({"describe", kTiny + "tiny.yaml"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out,
                AllOf(HasSubstr("tiny: 2 MACs (D1 2), 1 pJ each"), HasSubstr("\n└ sram"), HasSubstr("\n  └ reg_o"),
                      HasSubstr("I1 read_down, I2 read_down, O read_down, O read_up")));
}

TEST(DescribeCommand, ListsLayers)
{
    // 3 x 2 x 4 x 2 MACs, 3 x 2 x 2 weights of 8 bits.
    const CommandResult result = plumbline({"describe", kTiny + "one_layer.yaml"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out,
                AllOf(HasSubstr("one_layer: 1 layer, 48 MACs, 96 bit of weights"), HasSubstr("K 3, C 2, OX 4, FX 2")));
}

TEST(DescribeCommand, KnowsNetworksByEachOfTheirNames)
{
    // Only networks that exist with borders, too, need their folder to be told apart.
    const CommandResult listed = plumbline({"describe", "fsrcnn"});
    EXPECT_EQ(listed.exit_code, 0) << listed.err;
    for (const char* name : {"defines/fsrcnn", "defines/mccnn", "defines/dmcnnvd", "defines/resnet18"}) {
        EXPECT_EQ(plumbline({"describe", name}).exit_code, 0) << name;
        EXPECT_NE(plumbline({"check", name}).exit_code, 2) << name;
    }
    EXPECT_EQ(plumbline({"describe", "defines/fsrcnn"}).out, listed.out);
    EXPECT_EQ(plumbline({"describe", "../workloads/fsrcnn"}).exit_code, 2);
}

TEST(DescribeCommand, DrawsOneDescription)
{
    const Folder folder;
    const std::string dot = folder.path("tiny.dot");
    EXPECT_EQ(plumbline({"describe", kTiny + "tiny.yaml", "--dot", dot}).exit_code, 0);
    EXPECT_THAT(read_text(dot), HasSubstr("digraph"));
    const CommandResult two = plumbline({"describe", kTiny + "tiny.yaml", kTiny + "one_layer.yaml", "--dot", dot});
    EXPECT_EQ(two.exit_code, 2);
    EXPECT_THAT(two.err, HasSubstr("--dot: draws one description"));
    EXPECT_THAT(plumbline({"describe", kTiny + "rules.yaml"}).err, HasSubstr("expected an accelerator or a network"));
}

TEST(DescribeCommand, DrawsSvgByGraphviz)
{
    if (std::system("dot -V 2>/dev/null") != 0) GTEST_SKIP() << "there is no dot (package graphviz)";
    const Folder folder;
    const std::string svg = folder.path("fsrcnn.svg");
    const CommandResult result = plumbline({"describe", "fsrcnn", "--svg", svg});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(read_text(svg), AllOf(HasSubstr("<svg"), HasSubstr("962x542 x 56"), HasSubstr("</svg>")));
}

/// Without PATH there is no dot, whether it is installed or not.
TEST(DescribeCommand, SaysWhereGraphvizIsMissing)
{
    const Folder folder;
    ASSERT_EQ(::setenv("PATH", folder.path("").c_str(), 1), 0);
    const CommandResult result = plumbline({"describe", kTiny + "tiny.yaml", "--svg", folder.path("tiny.svg")});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err,
                AllOf(HasSubstr("--svg: Graphviz's program dot is missing"), HasSubstr("package graphviz")));
    EXPECT_EQ(folder.files(), 0U);
}

TEST(NewCommand, WritesWhatChecksFindNothingIn)
{
    const Folder folder;
    const std::string accelerator = folder.path("mine.yaml");
    const std::string rules = folder.path("rules.yaml");
    ASSERT_EQ(plumbline({"new", "accelerator", "-o", accelerator, "--mapping-out", rules}).exit_code, 0);
    const CommandResult checked = plumbline({"check", accelerator, rules});
    EXPECT_EQ(checked.exit_code, 0);
    EXPECT_EQ(checked.out, "nothing wrong or suspicious\n");
}

/// FSRCNN as a whole is simulated by the pages; here its first tile sizes are small enough to be quick.
TEST(NewCommand, WritesAnAcceleratorThatIsPlannedAndSimulated)
{
    const Folder folder;
    const std::string accelerator = folder.path("mine.yaml");
    const std::string rules = folder.path("rules.yaml");
    ASSERT_EQ(plumbline({"new", "accelerator", "-o", accelerator, "--mapping-out", rules}).exit_code, 0);
    const CommandResult result = plumbline({"validate", "--accelerator", accelerator, "--mapping", rules, "--workload",
                                            "fsrcnn", "--tile", "60x72", "--factors", "3"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
}

TEST(NewCommand, TakesAnswersAsFlags)
{
    const CommandResult result = plumbline({"new", "accelerator", "--name", "mine", "--array", "8x4", "--precision",
                                            "4", "--memory", "all:16KiB:IWO:128", "--off-chip-bandwidth", "32"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out,
                AllOf(HasSubstr("name: mine"), HasSubstr("sizes: [8, 4]"), HasSubstr("size: 131072"),
                      HasSubstr("bandwidth_max: 128"), HasSubstr("bandwidth_max: 32"), Not(HasSubstr("weights:"))));
}

TEST(NewCommand, WarnsOfSuspiciousAnswers)
{
    const CommandResult result = plumbline({"new", "accelerator", "--memory", "large:64KiB:IWO", "small:1KiB:IWO"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.err, HasSubstr("memories.small.size: all of it holds 8192 bit, but large below it"));
}

TEST(NewCommand, RefusesAnswersThatItDoesNotUnderstand)
{
    const auto refused = [](std::vector<std::string> flags, const std::string& part) {
        flags.insert(flags.begin(), {"new", "accelerator"});
        const CommandResult result = plumbline(flags);
        EXPECT_EQ(result.exit_code, 2);
        EXPECT_THAT(result.err, HasSubstr(part));
    };
    refused({"--array", "16by16"}, "--array: '16by16' cannot be understood, expected MACs by loop");
    refused({"--array", "2x2x2x2x2"}, "--array:");
    refused({"--array", "Q=4"}, "--array:");
    refused({"--memory", "maps:64:IO"}, "expected a size such as 64KiB");
    refused({"--memory", "maps:64KiB:XY"}, "I features, W weights, O outputs");
    refused({"--memory", "off_chip:64KiB:IO"}, "another memory is called 'off_chip'");
    refused({"--name", "two words"}, "expected a letter, then letters");
    refused({"--precision", "0"}, "expected a whole number from 1 to 256");
}

}  // namespace
}  // namespace plumbline
