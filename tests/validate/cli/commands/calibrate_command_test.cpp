// SPDX-License-Identifier: Apache-2.0
// `plumbline calibrate` called in-process: it simulates in processes of its own.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <new>

#include "plumbline/error.hpp"
#include "plumbline/io/calibration_yaml.hpp"
#include "tasks/append_file.hpp"
#include "tasks/worker_processes.hpp"
#include "validate/calibration/planted.hpp"
#include "validate/cli/folder.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// 3 x 2 tile sizes in three modes.
const std::vector<std::string> kSchedules{"--tile-x", "2,3,8", "--tile-y", "4,8", "--factors", "4"};

CommandResult calibrate(const Folder& folder, std::vector<std::string> more)
{
    std::vector<std::string> arguments = kSchedules;
    arguments.insert(arguments.end(), more.begin(), more.end());
    return on_pair(folder, "calibrate", std::move(arguments));
}

/// What can be seen of the machine on a network of two layers.
Calibration planted(std::uint64_t seed)
{
    validate::test::Random random{seed};
    MemoryCalibration dram;
    dram.memory = "dram";
    dram.access_latency = std::floor(random.between(20, 200));
    return {"meta_prototype_df", {dram}, {random.between(0.4, 0.95), 0}, {std::floor(random.between(20, 200))}};
}

/// Maps that take a transfer of some words: rounding to whole cycles hides less.
constexpr PairSizes kLarger{64, 4, 16, 16};

class PlantedInTheMachine : public testing::TestWithParam<int> {};

TEST_P(PlantedInTheMachine, IsFound)
{
    const Folder folder;
    const Calibration truth = planted(static_cast<std::uint64_t>(GetParam()));
    const std::string found = folder.path("found.yaml");
    const CommandResult result =
        plumbline::test::plumbline({"calibrate",
                                    "--accelerator",
                                    "meta_prototype_df",
                                    "--workload",
                                    folder.add("larger.yaml", pair_yaml(kLarger)),
                                    "--tile-x",
                                    "8,32,64",
                                    "--tile-y",
                                    "16,64",
                                    "--modes",
                                    "fully-cached,h-cached",
                                    "--factors",
                                    "4",
                                    "--truth",
                                    folder.add("truth.yaml", io::to_yaml(truth)),
                                    "--predict-with",
                                    "machine",
                                    "--parameters",
                                    "top.efficiency,memories.dram.access_latency,steps.dispatch,top.refresh_share",
                                    "--fit-share",
                                    "0.5",
                                    "--profile-out",
                                    found,
                                    "--tolerance",
                                    "0.005",
                                    "--format",
                                    "json"});
    ASSERT_EQ(result.exit_code, 0) << result.err << result.out;
    const Calibration profile = io::read_calibration(found);
    const auto expect_near = [](double value, double expected) { EXPECT_NEAR(value, expected, 0.05 * expected); };
    expect_near(profile.top().efficiency, truth.top().efficiency);
    expect_near(profile.of("dram").access_latency, truth.of("dram").access_latency);
    expect_near(profile.steps().dispatch, truth.steps().dispatch);
    // Refresh does what efficiency does.
    EXPECT_EQ(json::parse(result.out)["fits"][0]["parameters"][3]["knowledge"], "imitated");
}

INSTANTIATE_TEST_SUITE_P(Seeds, PlantedInTheMachine, testing::Range(0, 3));

TEST(CalibrateCommand, LooksOnceAtWhatSeveralModesDoAlike)
{
    const Folder folder;
    const CommandResult result =
        calibrate(folder, {"--parameters", "steps.dispatch", "--hold-out-nothing", "--format", "json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    // 2x4 and 3x4 differ in three modes; in one row (2x8, 3x8) nobody has rows to cache, in one column (8x4) no columns, which
    // leaves two; 8x8 is the whole map, which shares nothing.
    EXPECT_EQ(json::parse(result.out)["schedules"], 2 * 3 + 3 * 2 + 1);
}

TEST(CalibrateCommand, GoesOnWhereItStopped)
{
    const Folder folder;
    const std::string store = folder.path("runs.jsonl");
    const CommandResult first = calibrate(folder, {"--store", store, "--parameters", "steps.dispatch"});
    ASSERT_EQ(first.exit_code, 0) << first.err;
    const std::string complete = read_text(store);
    // Without the last line and with half of the one before: the same again.
    const std::size_t last = complete.rfind('\n', complete.size() - 2);
    folder.add("runs.jsonl", complete.substr(0, last - 10));
    const CommandResult second = calibrate(folder, {"--store", store, "--parameters", "steps.dispatch"});
    EXPECT_EQ(second.out, first.out);
    EXPECT_EQ(read_text(store).size(), complete.size());
    // Another machine finds nothing there, and adds.
    const std::string truth = folder.add("truth.yaml", io::to_yaml(planted(1)));
    EXPECT_EQ(calibrate(folder, {"--store", store, "--truth", truth, "--parameters", "steps.dispatch"}).exit_code, 0);
    EXPECT_GT(read_text(store).size(), complete.size() * 3 / 2);
}

TEST(CalibrateCommand, FitsToMergedShardsAsToOneRun)
{
    const Folder folder;
    const std::string merged = folder.path("all.jsonl");
    for (const char* shard : {"2/2", "1/2"}) {
        const std::string store = folder.path(std::string{shard}.substr(0, 1) + ".jsonl");
        const CommandResult part = calibrate(folder, {"--store", store, "--shard", shard});
        EXPECT_EQ(part.exit_code, 0) << part.err;
        EXPECT_THAT(part.out, HasSubstr(std::string{"of shard "} + shard + " in " + store));
        EXPECT_EQ(plumbline({"merge", merged, store}).exit_code, 0);
    }
    const std::string before = read_text(merged);
    const CommandResult all = calibrate(folder, {"--store", merged, "--parameters", "steps.dispatch"});
    EXPECT_EQ(all.out, calibrate(folder, {"--parameters", "steps.dispatch"}).out);
    EXPECT_EQ(read_text(merged), before) << "nothing was simulated again";
    EXPECT_EQ(calibrate(folder, {"--shard", "1/2"}).exit_code, 2);
    EXPECT_EQ(calibrate(folder, {"--shard", "1/2", "--store", merged, "--profile-out", "p.yaml"}).exit_code, 2);
}

TEST(CalibrateCommand, ShowsHeldOutSchedulesBeforeAndAfterOnAPage)
{
    const Folder folder;
    const std::string truth = folder.add("truth.yaml", io::to_yaml(planted(1)));
    const std::string page = folder.path("fit.html");
    const CommandResult result = calibrate(folder, {"--truth", truth, "--parameters", "steps.dispatch", "--folds", "3",
                                                    "--report", page, "--format", "json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const std::string html = read_text(page);
    const std::string opening = R"(id="fit-scatter-spec">)";
    const std::size_t begin = html.find(opening) + opening.size();
    const json spec = json::parse(html.substr(begin, html.find("</script>", begin) - begin));
    const json held_out = json::parse(result.out)["held_out"];
    const json dots = spec["data"][0]["values"];
    std::map<std::string, double> deviations;
    for (const json& dot : dots)
        deviations[dot["series"].get<std::string>()] += std::abs(dot["y"].get<double>() / dot["x"].get<double>() - 1);
    const auto rows = held_out["after"]["total"]["rows"].get<double>();
    EXPECT_EQ(static_cast<double>(dots.size()), 2 * rows);
    EXPECT_NEAR(deviations.at("before calibration") / rows, held_out["before"]["total"]["mape"], 1e-9);
    EXPECT_NEAR(deviations.at("after calibration") / rows, held_out["after"]["total"]["mape"], 1e-9);
    EXPECT_THAT(html, AllOf(HasSubstr("fit-residuals-spec"), HasSubstr("<td class=\"left\">steps.dispatch</td>"),
                            HasSubstr("profile of what is observed")));
}

TEST(CalibrateCommand, HasNoChartsOnAPageWithoutAccuracy)
{
    const Folder folder;
    const std::string page = folder.path("fit.html");
    EXPECT_EQ(calibrate(folder, {"--hold-out-nothing", "--parameters", "steps.dispatch", "--report", page}).exit_code,
              0);
    EXPECT_THAT(read_text(page), AllOf(HasSubstr("No accuracy"), Not(HasSubstr("<figure>"))));
}

TEST(CalibrateCommand, RefusesAnAccuracyOfWhatItFitted)
{
    const Folder folder;
    const CommandResult asked = calibrate(folder, {"--hold-out-nothing", "--tolerance", "0.1"});
    EXPECT_EQ(asked.exit_code, 2);
    EXPECT_THAT(asked.err, AllOf(HasSubstr("--tolerance"), HasSubstr("--hold-out-nothing")));
    const CommandResult silent = calibrate(folder, {"--hold-out-nothing", "--parameters", "steps.dispatch"});
    EXPECT_EQ(silent.exit_code, 0) << silent.err;
    EXPECT_THAT(silent.out, AllOf(HasSubstr("No accuracy"), Not(HasSubstr("MAPE"))));
}

TEST(CalibrateCommand, SaysWhenItIsOutOfTolerance)
{
    const Folder folder;
    // Slower by a cost of dispatch that it is not allowed to fit.
    const std::string truth = folder.add("truth.yaml", io::to_yaml(planted(2)));
    const CommandResult result =
        calibrate(folder, {"--truth", truth, "--parameters", "memories.dram.energy_scale", "--tolerance", "0.05"});
    EXPECT_EQ(result.exit_code, 1) << result.err;
    EXPECT_THAT(result.out, HasSubstr("MAPE"));
}

TEST(CalibrateCommand, NamesTheParametersThatExist)
{
    const Folder folder;
    const CommandResult result = calibrate(folder, {"--parameters", "dram.speed"});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, AllOf(HasSubstr("dram.speed"), HasSubstr("top.efficiency"), HasSubstr("steps.dispatch")));
}

TEST(CalibrateCommand, ReadsAListOfRuns)
{
    const Folder folder;
    folder.add("runs.csv", "schedule,observations\nnone.json,none.csv\n");
    const CommandResult missing = on_pair(folder, "calibrate", {"--runs", folder.path("runs.csv")});
    EXPECT_EQ(missing.exit_code, 2);
    EXPECT_THAT(missing.err, HasSubstr("none.json"));
    folder.add("runs.csv", "schedule,cycles\ns.json,12\n");
    const CommandResult wrong = on_pair(folder, "calibrate", {"--runs", folder.path("runs.csv")});
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_THAT(wrong.err, AllOf(HasSubstr("runs.csv"), HasSubstr("observations")));
}

TEST(WorkerProcesses, AnswerEachTaskOnce)
{
    std::vector<std::string> answers(7);
    cli::run_in_processes(
        answers.size(), 3, [](std::size_t task) { return std::string(100000, static_cast<char>('a' + task)); },
        [&](std::size_t task, const std::string& answer) { answers[task] += answer; });
    for (std::size_t i = 0; i < answers.size(); ++i)
        EXPECT_EQ(answers[i], std::string(100000, static_cast<char>('a' + i)));
}

TEST(WorkerProcesses, PassOnWhatWentWrong)
{
    const auto fail = [](std::size_t task) -> std::string {
        if (task == 1) throw InputError{"task", "is the second"};
        return {};
    };
    const auto ignore = [](std::size_t, const std::string&) {};
    EXPECT_THROW(
        {
            try {
                cli::run_in_processes(3, 1, fail, ignore);
            } catch (const InputError& error) {
                EXPECT_THAT(error.what(), HasSubstr("is the second"));
                throw;
            }
        },
        InputError);
}

TEST(WorkerProcesses, ThatDieAreNoticed)
{
    const auto die = [](std::size_t) -> std::string { std::_Exit(3); };
    EXPECT_THROW(cli::run_in_processes(1, 1, die, [](std::size_t, const std::string&) {}), InputError);
}

TEST(WorkerProcesses, LoseATaskForNoFaultOfItsOwnAndGoOn)
{
    const auto work = [](std::size_t task) -> std::string {
        if (task == 0) std::raise(SIGKILL);
        if (task == 1) throw std::bad_alloc{};
        if (task == 2) std::_Exit(3);
        if (task == 3) {
            // What an allocation does that fails. Whoever meets it may make something else of it, as the SystemC kernel does.
            try {
                std::get_new_handler()();
            } catch (const std::bad_alloc&) {
                return "refused";
            }
        }
        return "done";
    };
    std::map<std::size_t, std::string> finished;
    std::map<std::size_t, std::string> lost;
    cli::run_in_processes(
        5, 2, work, [&](std::size_t task, const std::string& answer) { finished[task] = answer; },
        [&](std::size_t task, const std::string& reason) { lost[task] = reason; });
    EXPECT_EQ(finished, (std::map<std::size_t, std::string>{{4, "done"}}));
    EXPECT_EQ(lost.size(), 4U);
    EXPECT_EQ(lost[0], "its worker was killed by signal 9 (Killed)");
    EXPECT_EQ(lost[1], "there was not enough memory");
    EXPECT_EQ(lost[2], "its worker ended with status 3 and without an answer");
    EXPECT_EQ(lost[3], lost[1]);
}

TEST(WorkerProcesses, HoldNoFileOfTheCommand)
{
    // An open copy of a store would keep its lock for as long as the worker lives.
    const Folder folder;
    const std::string path = folder.path("store.jsonl");
    const cli::AppendFile store{path};
    const auto open_files = [](std::size_t) {
        std::string all;
        for (const auto& entry : std::filesystem::directory_iterator{"/proc/self/fd"}) {
            std::error_code gone;
            all += std::filesystem::read_symlink(entry.path(), gone).string() + '\n';
        }
        return all;
    };
    EXPECT_THAT(open_files(0), HasSubstr(path));
    std::string of_worker;
    cli::run_in_processes(1, 1, open_files, [&](std::size_t, const std::string& answer) { of_worker = answer; });
    EXPECT_THAT(of_worker, AllOf(HasSubstr("pipe:"), Not(HasSubstr(path))));
}

}  // namespace
}  // namespace plumbline
