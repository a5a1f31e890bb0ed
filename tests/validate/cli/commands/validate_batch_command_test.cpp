// SPDX-License-Identifier: Apache-2.0
// `plumbline validate` over many schedules, called in-process: it simulates in processes of its own.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>

#include "plumbline/io/calibration_yaml.hpp"
#include "validate/cli/folder.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::AllOf;
using testing::AnyOf;
using testing::EndsWith;
using testing::HasSubstr;

CommandResult validate_batch(const Folder& folder, std::vector<std::string> more)
{
    more.insert(more.end(), {"--factors", "4"});
    return on_pair(folder, "validate", std::move(more));
}

/// Two schedules.
const std::vector<std::string> kTwo{"--tiles", "2x4,8x8", "--modes", "fully-cached"};

std::vector<std::string> two(std::vector<std::string> more)
{
    more.insert(more.begin(), kTwo.begin(), kTwo.end());
    return more;
}

/// Nothing is outside this.
const std::string kAnything = "latency: 1e9\n";

TEST(ValidateBatch, SaysTheSameOfEachScheduleAsValidatingItAlone)
{
    const Folder folder;
    const std::string tolerances = folder.add("any.yaml", kAnything);
    const CommandResult batch = validate_batch(folder, two({"--tolerances", tolerances, "--format", "json"}));
    ASSERT_EQ(batch.exit_code, 0) << batch.err;
    const CommandResult alone = validate_batch(folder, {"--tile", "8x8", "--estimator", "uniform", "--format", "json",
                                                        "--tolerance-accesses", "9", "--tolerance-latency", "9"});
    ASSERT_EQ(alone.exit_code, 0) << alone.err;
    const json one = json::parse(alone.out);
    const json schedules = json::parse(batch.out)["schedules"];
    ASSERT_EQ(schedules.size(), 2U);
    EXPECT_EQ(schedules[1]["schedule"], "fully-cached 8x8 auto");
    std::size_t accesses = 0;
    for (const json& row : schedules[1]["rows"]) {
        if (row["estimator"] != "uniform") continue;
        if (row["quantity"] == "latency") {
            EXPECT_EQ(row["predicted"], one["latency_cycles"]["predicted"]);
            EXPECT_EQ(row["simulated"], one["latency_cycles"]["simulated"]);
        }
        if (row["quantity"] != "accesses") continue;
        const json& same = one["rows"][accesses++];
        for (const char* key : {"memory", "operand", "direction", "predicted", "simulated"})
            EXPECT_EQ(row[key], same[key]) << key;
    }
    EXPECT_EQ(accesses, one["rows"].size());
}

TEST(ValidateBatch, DoesNotDependOnProcessesOrAStore)
{
    const Folder folder;
    const std::string store = folder.path("runs.jsonl");
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.end(), {"--format", "json", "--junit", folder.path("junit.xml")});
        const CommandResult result = validate_batch(folder, two(more));
        return result.out + read_text(folder.path("junit.xml"));
    };
    const std::string one = with({"--processes", "1", "--store", store});
    ASSERT_THAT(one, AllOf(HasSubstr("fully-cached 2x4 auto"), HasSubstr("<testcase")));
    EXPECT_EQ(with({"--processes", "2"}), one);
    const std::size_t lines = read_text(store).size();
    EXPECT_EQ(with({"--store", store}), one);
    EXPECT_EQ(read_text(store).size(), lines) << "nothing was simulated again";
}

TEST(ValidateBatch, OfMergedShardsIsThatOfOneRun)
{
    const Folder folder;
    const CommandResult whole = validate_batch(folder, two({}));
    const std::string merged = folder.path("all.jsonl");
    std::vector<std::string> merging{"merge", merged};
    for (const char* number : {"2", "1"}) {
        const std::string store = folder.path(std::string{"part"} + number + ".jsonl");
        const CommandResult part =
            validate_batch(folder, two({"--store", store, "--shard", std::string{number} + "/2"}));
        EXPECT_EQ(part.exit_code, 0) << part.err;
        EXPECT_EQ(part.out,
                  "1 schedule of shard " + std::string{number} + "/2 in " + store + ": 1 computed, 0 were there\n");
        merging.push_back(store);
    }
    EXPECT_EQ(plumbline(merging).exit_code, 0);
    const std::string before = read_text(merged);
    const CommandResult all = validate_batch(folder, two({"--store", merged}));
    EXPECT_EQ(all.out, whole.out);
    EXPECT_EQ(all.exit_code, whole.exit_code);
    EXPECT_EQ(read_text(merged), before) << "nothing was simulated again";
}

TEST(ValidateBatch, OfAShardFillsAStoreAndNothingElse)
{
    const Folder folder;
    const auto refused = [&](std::vector<std::string> more) {
        const CommandResult result = validate_batch(folder, two(std::move(more)));
        EXPECT_EQ(result.exit_code, 2);
        return result.err;
    };
    const std::string store = folder.path("runs.jsonl");
    EXPECT_THAT(refused({"--shard", "1/2"}), HasSubstr("--store"));
    EXPECT_THAT(refused({"--shard", "1/2", "--store", store, "--junit", "j.xml"}), HasSubstr("--junit"));
    EXPECT_THAT(refused({"--shard", "1/2", "--store", store, "--calibrate"}), HasSubstr("--calibrate"));
    EXPECT_THAT(refused({"--shard", "3/2", "--store", store}), HasSubstr("is no shard"));
}

TEST(ValidateBatch, IsJudgedByAFileOfTolerances)
{
    const Folder folder;
    const auto code = [&](const std::string& text) {
        return validate_batch(folder, two({"--tolerances", folder.add("tolerances.yaml", text)})).exit_code;
    };
    // What refined predicts is what the machine does; uniform reads first partial sums that there are not.
    EXPECT_EQ(code("accesses: [{estimator: refined, at_most: 1e-9}]"), 0);
    EXPECT_EQ(code("accesses: 1e-9"), 1);
    const CommandResult unknown = validate_batch(
        folder, two({"--tolerances", folder.add("unknown.yaml", "accesses:\n- {memory: sram_9KB, at_most: 1}")}));
    EXPECT_EQ(unknown.exit_code, 2);
    EXPECT_THAT(unknown.err, AllOf(HasSubstr("unknown.yaml:2: accesses[0].memory"), HasSubstr("sram_9KB")));
}

TEST(ValidateBatch, ListsWhatIsInfeasibleAndGoesOn)
{
    const Folder folder;
    const std::string tolerances = folder.add("any.yaml", kAnything);
    const CommandResult some =
        validate_batch(folder, {"--tiles", "2x4,9x9", "--modes", "h-cached", "--tolerances", tolerances});
    EXPECT_EQ(some.exit_code, 0) << some.err;
    EXPECT_THAT(some.out,
                AllOf(HasSubstr("h-cached 9x9 auto"), EndsWith("1 of 1 schedule within tolerance; 1 infeasible\n")));
    const CommandResult none = validate_batch(folder, {"--tiles", "9x9"});
    EXPECT_EQ(none.exit_code, 3);
    EXPECT_THAT(none.out, HasSubstr("3 infeasible"));
}

TEST(ValidateBatch, TakesAListOfFiles)
{
    const Folder folder;
    for (const char* tile : {"2x4", "8x8"}) {
        const CommandResult planned =
            on_pair(folder, "evaluate",
                    {"--tile", tile, "--factors", "4", "--schedule-out", folder.path(std::string{tile} + ".json")});
        ASSERT_EQ(planned.exit_code, 0) << planned.err;
    }
    // What is observed of one comes from a file, which says nothing but a time.
    folder.add("seen.csv", "layer,phase,time_cycles\n,,1000\n");
    const std::string list = folder.add("list.csv", "schedule,observations\n8x8.json,\n2x4.json,seen.csv\n");
    const CommandResult result =
        on_pair(folder, "validate",
                {"--schedules", list, "--format", "json", "--tolerance-accesses", "9", "--tolerance-latency", "9"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const json schedules = json::parse(result.out)["schedules"];
    ASSERT_EQ(schedules.size(), 2U);
    EXPECT_EQ(schedules[0]["schedule"], "8x8");
    EXPECT_GT(schedules[0]["rows"].size(), 2U);
    ASSERT_EQ(schedules[1]["rows"].size(), 2U);
    EXPECT_EQ(schedules[1]["rows"][0]["quantity"], "latency");
    EXPECT_EQ(schedules[1]["rows"][0]["simulated"], 1000);
}

TEST(ValidateBatch, NamesFilesOfOneNameByTheirFolders)
{
    const Folder folder;
    for (const char* name : {"a", "b"}) std::filesystem::create_directory(folder.path(name));
    for (const char* path : {"a/s.json", "b/s.json", "t.json"}) {
        const std::string tile = path[0] == 'a' ? "2x4" : "8x8";
        ASSERT_EQ(on_pair(folder, "evaluate", {"--tile", tile, "--factors", "4", "--schedule-out", folder.path(path)})
                      .exit_code,
                  0);
    }
    const auto validated = [&](const std::string& rows) {
        const std::string list = folder.add("list.csv", "schedule\n" + rows);
        return on_pair(
            folder, "validate",
            {"--schedules", list, "--format", "json", "--tolerance-accesses", "9", "--tolerance-latency", "9"});
    };
    const CommandResult result = validated("a/s.json\n./b/s.json\nt.json\n");
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const json schedules = json::parse(result.out)["schedules"];
    ASSERT_EQ(schedules.size(), 3U);
    EXPECT_EQ(schedules[0]["schedule"], "a/s");
    EXPECT_EQ(schedules[1]["schedule"], "b/s");
    EXPECT_EQ(schedules[2]["schedule"], "t");
    const CommandResult twice = validated("a/s.json\na/../a/s.json\n");
    EXPECT_EQ(twice.exit_code, 2);
    EXPECT_THAT(twice.err, HasSubstr("list.csv:3: schedule: is there twice"));
    const CommandResult empty = validated("\"\"\n");
    EXPECT_EQ(empty.exit_code, 2);
    EXPECT_THAT(empty.err, HasSubstr("list.csv:2: schedule: is empty"));
}

/// 45 schedules: a third of them has more observations than there are parameters.
const std::vector<std::string> kMany{"--tile-x", "1,2,3,5,8", "--tile-y", "2,4,8", "--modes", "all"};

TEST(ValidateBatch, CalibratesOnAPartWhateverTheThreadsAndTheStore)
{
    const Folder folder;
    const std::string store = folder.path("runs.jsonl");
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.begin(), kMany.begin(), kMany.end());
        more.insert(more.end(), {"--calibrate", "--format", "json"});
        return validate_batch(folder, std::move(more)).out;
    };
    const std::string one = with({"--threads", "1", "--store", store});
    const std::size_t lines = read_text(store).size();
    EXPECT_EQ(with({"--threads", "3", "--store", store}), one);
    EXPECT_EQ(read_text(store).size(), lines) << "nothing was simulated again";
    EXPECT_NE(with({"--seed", "2", "--store", store}), one);
    const json report = json::parse(one);
    std::map<std::string, std::size_t> parts;
    for (const json& schedule : report["schedules"]) ++parts[schedule["calibration"].get<std::string>()];
    const json& held_out = report["summary"][0]["held_out"];
    EXPECT_EQ(held_out["fitted_to"], parts["fitted"]);
    EXPECT_EQ(held_out["calibrated"]["schedules"], parts["held out"]);
    EXPECT_EQ(parts["fitted"] + parts["held out"], 45U);
    EXPECT_GT(parts["held out"], parts["fitted"]);
}

TEST(ValidateBatch, KnowsWhichSchedulesAProfileWasFittedTo)
{
    const Folder folder;
    const std::string network = folder.add("pair.yaml", pair_yaml());
    const std::string name = network + " fully-cached 8x8 auto";
    const std::string profile =
        folder.add("p.yaml", io::to_yaml(Calibration{"meta_prototype_df", {}, {}, {3}, {name}}));
    const std::vector<std::string> lenient{"--tolerance-accesses", "9", "--tolerance-latency", "9"};
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.end(), lenient.begin(), lenient.end());
        more.insert(more.end(), {"--profile", profile});
        return validate_batch(folder, std::move(more)).out;
    };
    const std::string text = with(two({}));
    EXPECT_THAT(text, AllOf(HasSubstr("no accuracy"), HasSubstr("fully-cached 8x8 auto")));
    const json batch = json::parse(with(two({"--format", "json"})));
    EXPECT_EQ(batch["summary"][0]["refined"]["latency"]["schedules"], 1);
    EXPECT_EQ(batch["schedules"][1]["in_profile"], true);
    // A process simulates once, so that a single schedule is observed from a file.
    const std::string seen = folder.add("seen.csv", "layer,phase,time_cycles\n,,1000\n");
    const auto alone = [&](const std::string& tile, const std::string& format) {
        return with({"--tile", tile, "--observations", seen, "--format", format});
    };
    EXPECT_THAT(alone("8x8", "table"), HasSubstr("no accuracy: the profile was fitted to this schedule ('" + name));
    EXPECT_EQ(json::parse(alone("8x8", "json"))["in_profile"], true);
    EXPECT_EQ(json::parse(alone("2x4", "json"))["in_profile"], false);
}

TEST(ValidateBatch, RefusesFlagsThatMeanNothingThere)
{
    const Folder folder;
    for (const std::vector<std::string>& flags : std::vector<std::vector<std::string>>{
             {"--tile", "8x8", "--junit", "j.xml"},
             {"--tile", "8x8", "--modes", "all"},
             {"--tiles", "8x8", "--tile", "8x8"},
             {"--tiles", "8x8", "--trace", "t.json"},
             {"--tiles", "8x8", "--report", "r.html"},
             {"--tiles", "8x8", "--period", "1ns"},
             {"--tile", "8x8", "--calibrate"},
             {"--tiles", "8x8", "--fit-share", "0.5"},
             {"--tiles", "8x8", "--tolerances", "t.yaml", "--tolerance-latency", "1"}}) {
        const CommandResult result = validate_batch(folder, flags);
        EXPECT_EQ(result.exit_code, 2) << result.err;
        EXPECT_THAT(result.err, AnyOf(HasSubstr("--tile"), HasSubstr("--tolerances"), HasSubstr("--calibrate")));
    }
}

}  // namespace
}  // namespace plumbline
