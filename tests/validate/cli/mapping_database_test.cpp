// SPDX-License-Identifier: Apache-2.0
// Mappings that are kept from one run to the next: the store, and --mapping-cache of the commands, called in-process.
#include "stores/mapping_database.hpp"

#include <atomic>
#include <thread>

#include <gmock/gmock.h>

#include "changed_store.hpp"
#include "folder.hpp"
#include "model/input_error.hpp"
#include "model/mapper/random_problem.hpp"
#include "plumbline/mapping_cache.hpp"
#include "plumbline/mapping_store.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using cli::Database;
using cli::MappingDatabase;
using testing::HasSubstr;

std::int64_t rows_in(const std::string& store, const std::string& table)
{
    const Database database{store, Database::Access::read};
    cli::Statement count = database.prepare("SELECT count(*) FROM " + table);
    count.step();
    return count.integer(0);
}

/// Problems and what they come to, or the reason why nothing fits.
std::vector<std::string> solve(const std::string& store, const std::string& content, int problems,
                               std::int64_t& searched)
{
    std::vector<std::string> found;
    searched = 0;
    for (unsigned seed = 0; seed < static_cast<unsigned>(problems); ++seed) {
        MappingDatabase database{store, content + std::to_string(seed)};
        MappingCache mappings{&database};
        RandomProblem random{seed};
        SearchOptions options;
        options.factors = seed % 2 == 0 ? 0 : 4;
        options.threads = 1;
        const auto best = mappings.search(random.problem, options);
        found.push_back(best ? std::to_string(best->cost.energy().count()) + " " +
                                   std::to_string(best->cost.latency().count()) + " " + std::to_string(best->orders)
                             : best.reason());
        searched += mappings.searched();
    }
    return found;
}

TEST(MappingDatabase, AnswersWhatAnotherRunHasSearched)
{
    const Folder folder;
    const std::string store = folder.path("mappings.db");
    std::int64_t first = 0;
    std::int64_t second = 0;
    const auto found = solve(store, "a", 40, first);
    EXPECT_EQ(first, 40);
    EXPECT_EQ(solve(store, "a", 40, second), found);
    EXPECT_EQ(second, 0);
    EXPECT_THAT(found, testing::Contains(HasSubstr("no order of its temporal loops fits")));
}

TEST(MappingDatabase, KnowsNothingOfAnotherProblem)
{
    const Folder folder;
    RandomProblem random{7};
    MappingDatabase database{folder.path("mappings.db"), "a"};
    const MappingProblem& problem = random.problem;
    database.keep(problem, {{}, Infeasible{"nothing fits"}, 0, {}});
    ASSERT_EQ(database.find(problem).size(), 1U);
    MappingProblem more = problem;
    more.reserved.assign(1, Bits{8});
    EXPECT_EQ(database.find(more).size(), 1U) << "what is reserved is what ranges are about";

    std::vector<MappingProblem> others(7, problem);
    Layer next = random.layer;
    ++next.id;
    others[0].layer = &next;
    ++others[1].sizes[LoopDim::k];
    ++others[2].sizes[LoopDim::fx];
    others[3].levels[1].pop_back();
    others[4].padding.assign(3, {{0, 1, 0}});
    others[5].capacity =
        problem.capacity == CapacityPolicy::reserved ? CapacityPolicy::optimistic : CapacityPolicy::reserved;
    others[6].staying_weights = 1;
    for (std::size_t i = 0; i < others.size(); ++i) EXPECT_TRUE(database.find(others[i]).empty()) << i;
}

TEST(MappingDatabase, KnowsNothingOfOtherContent)
{
    const Folder folder;
    const std::string store = folder.path("mappings.db");
    std::int64_t searched = 0;
    const auto found = solve(store, "a", 10, searched);
    EXPECT_EQ(solve(store, "b", 10, searched), found);
    EXPECT_EQ(searched, 10);
}

TEST(MappingDatabase, KnowsNothingOfOtherFormulas)
{
    const Folder folder;
    const std::string store = folder.path("mappings.db");
    std::int64_t searched = 0;
    solve(store, "a", 10, searched);
    change(store, "UPDATE search SET content = content || '0'");
    solve(store, "a", 10, searched);
    EXPECT_EQ(searched, 10);
}

TEST(MappingDatabase, IsFilledBySeveralAtOnce)
{
    const Folder folder;
    const std::string store = folder.path("mappings.db");
    std::int64_t alone = 0;
    const auto found = solve(folder.path("alone.db"), "a", 30, alone);
    std::vector<std::vector<std::string>> each(4);
    std::vector<std::thread> threads;
    for (auto& mine : each)
        threads.emplace_back([&] {
            std::int64_t searched = 0;
            mine = solve(store, "a", 30, searched);
        });
    for (std::thread& thread : threads) thread.join();
    for (const auto& mine : each) EXPECT_EQ(mine, found);
    EXPECT_EQ(rows_in(store, "search"), 30);
    EXPECT_EQ(rows_in(store, "solved"), rows_in(folder.path("alone.db"), "solved"));
}

TEST(MappingDatabase, RefusesWhatIsBroken)
{
    const Folder folder;
    const std::string store = folder.path("mappings.db");
    std::int64_t searched = 0;
    solve(store, "a", 10, searched);
    const auto solve_again = [&] { solve(store, "a", 10, searched); };
    change(store, "UPDATE solved SET ranges = ranges || 'x'");
    EXPECT_THAT(solve_again, testing::ThrowsMessage<MappingStoreError>(store + ": ranges: expected pairs of integers"));
    change(store, "UPDATE solved SET ranges = rtrim(ranges, 'x'), mapping = '{}' WHERE mapping IS NOT NULL");
    EXPECT_THROW(solve_again(), MappingStoreError);
}

TEST(MappingDatabase, IsBegunByWhoeverComesFirst)
{
    const Folder folder;
    for (int round = 0; round < 40; ++round) {
        const std::string path = folder.path("store" + std::to_string(round));
        std::atomic<int> refused{0};
        std::vector<std::thread> writers;
        for (int i = 0; i < 6; ++i)
            writers.emplace_back([&] {
                try {
                    const MappingDatabase store{path, "a"};
                } catch (const InputError& error) {
                    ++refused;
                    ADD_FAILURE() << error.what();
                }
            });
        for (std::thread& each : writers) each.join();
        ASSERT_EQ(refused, 0) << "in round " << round;
    }
}

TEST(MappingDatabase, RefusesWhatIsNone)
{
    const Folder folder;
    const auto open = [](const std::string& path) { return [path] { MappingDatabase{path, "a"}; }; };
    expect_input_error(
        open(folder.add("notes.txt", "what one writes, in many lines of text, for nobody else to read\n")),
        {folder.path("notes.txt"), 0, ""}, "is no store");
    expect_input_error(open("/dev/null"), {"/dev/null", 0, ""}, "is no regular file");
    change(folder.path("other.db"), "CREATE TABLE t (x)");
    expect_input_error(open(folder.path("other.db")), {folder.path("other.db"), 0, ""},
                       "is a database of something else, expected a store of mappings");
}

/// Each command that plans, twice: it says the same, and adds nothing the second time.
TEST(MappingCacheFlag, ChangesNothingThatIsReported)
{
    const Folder folder;
    const std::string store = folder.path("mappings.db");
    const std::vector<std::vector<std::string>> commands{
        {"evaluate", "--tile", "4x4"},
        {"evaluate", "--factors", "0"},
        {"validate", "--tile-x", "4,8", "--tile-y", "4"},
        {"capacity", "--tile", "4x4,2x2"},
        {"explore", "--tile-x", "3,8", "--tile-y", "2,8"},
        {"optimize", "--tile-x", "3,8", "--tile-y", "2,8"},
    };
    std::int64_t known = 0;
    for (const auto& command : commands) {
        std::vector<std::string> more{command.begin() + 1, command.end()};
        more.insert(more.end(), {"--format", "json"});
        const CommandResult without = on_pair(folder, command.front(), more);
        ASSERT_EQ(without.exit_code, 0) << command.front() << without.err;
        more.insert(more.end(), {"--mapping-cache", store});
        EXPECT_EQ(on_pair(folder, command.front(), more).out, without.out) << command.front();
        const std::int64_t rows = rows_in(store, "solved");
        EXPECT_EQ(on_pair(folder, command.front(), more).out, without.out) << command.front();
        EXPECT_EQ(rows_in(store, "solved"), rows) << command.front();
        EXPECT_GE(rows, known) << command.front();
        known = rows;
    }
    EXPECT_GT(known, 0);
}

/// Whatever changes results is a search of its own; what does not is none.
TEST(MappingCacheFlag, TellsSearchesApart)
{
    const Folder folder;
    const std::string store = folder.path("mappings.db");
    const std::string profile = folder.add("profile.yaml", "schema: plumbline-calibration-1\ntop: {efficiency: 0.5}\n");
    const std::vector<std::vector<std::string>> all{
        {},
        {"--factors", "4"},
        {"--objective", "edp"},
        {"--objective", "weighted:1,2"},
        {"--objective", "weighted:2,1"},
        {"--estimator", "uniform"},
        {"--factors", "0"},
        {"--factors", "0", "--search-steps", "7"},
        {"--mapping", "tpu_like"},
        {"--profile", profile},
    };
    std::int64_t searches = 0;
    const auto run = [&](std::vector<std::string> more) {
        more.insert(more.end(), {"--tile", "4x4", "--mapping-cache", store});
        const CommandResult result = on_pair(folder, "evaluate", more);
        EXPECT_NE(result.exit_code, 2) << result.err;
        return rows_in(store, "search");
    };
    for (const auto& each : all) EXPECT_EQ(run(each), ++searches) << testing::PrintToString(each);
    EXPECT_EQ(run({"--threads", "1"}), searches);
    EXPECT_EQ(run({"--mode", "h-cached"}), searches);
}

TEST(MappingCacheFlag, IsNoOutput)
{
    const Folder folder;
    const std::string store = folder.path("mappings.db");
    const CommandResult result = on_pair(folder, "evaluate", {"--tile", "4x4", "--mapping-cache", store, "-o", store});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("is asked for twice"));
}

}  // namespace
}  // namespace plumbline
