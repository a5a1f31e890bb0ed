// SPDX-License-Identifier: Apache-2.0
// The store of `plumbline explore`, its shards and their merging, and queries, called in-process.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "changed_store.hpp"
#include "folder.hpp"
#include "stores/database.hpp"
#include "tasks/shard.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using cli::Database;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// 2 x 2 tile sizes x 3 modes x 2 fuse depths, and the reference that is none of them: single-layer.
const std::vector<std::string> kSpace{"--tile-x", "3,8", "--tile-y", "2,8", "--cuts", "none;0", "--factors", "4"};
constexpr std::int64_t kAllPoints = 24 + 1;

CommandResult explore(const Folder& folder, std::vector<std::string> more, std::vector<std::string> space = kSpace)
{
    space.insert(space.end(), more.begin(), more.end());
    return on_pair(folder, "explore", std::move(space));
}

/// The report in JSON.
std::string explored(const Folder& folder, std::vector<std::string> more)
{
    more.insert(more.end(), {"--format", "json"});
    const CommandResult result = explore(folder, std::move(more));
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.out;
}

std::int64_t number(const std::string& store, const std::string& sql)
{
    const Database database{store, Database::Access::read};
    cli::Statement rows = database.prepare(sql);
    return rows.step() ? rows.integer(0) : -1;
}

std::int64_t points_in(const std::string& store) { return number(store, "SELECT count(*) FROM point"); }

/// Every row of every table, whatever the order in which it was added.
std::string content(const std::string& store)
{
    const Database database{store, Database::Access::read};
    std::string all;
    for (const char* sql : {"SELECT * FROM input ORDER BY name", "SELECT * FROM space ORDER BY id",
                            "SELECT * FROM point ORDER BY space, cut_rule, mode, tile_x, tile_y"}) {
        cli::Statement rows = database.prepare(sql);
        while (rows.step())
            for (int column = 0; column < rows.columns(); ++column) all += rows.text(column) + '\n';
    }
    return all;
}

TEST(ExploreStore, ReportsWhatARunWithoutStoreReports)
{
    const Folder folder;
    const std::string store = folder.path("points.db");
    const std::string whole = explored(folder, {});
    EXPECT_EQ(explored(folder, {"--store", store}), whole);
    EXPECT_EQ(points_in(store), kAllPoints);
    EXPECT_EQ(explored(folder, {"--store", store}), whole);
}

TEST(ExploreStore, GoesOnFromAnyPointsThatThereAre)
{
    const Folder folder;
    const std::string store = folder.path("points.db");
    const std::string whole = explored(folder, {"--store", store});
    const std::string complete = content(store);
    change(store, "DELETE FROM point WHERE tile_x = 3 OR mode = 'h-cached'");
    ASSERT_LT(points_in(store), kAllPoints);
    EXPECT_EQ(explored(folder, {"--store", store, "--threads", "3"}), whole);
    EXPECT_EQ(content(store), complete);
}

TEST(ExploreStore, ComputesNothingAgain)
{
    const Folder folder;
    const std::string store = folder.path("points.db");
    explored(folder, {"--store", store});
    // Whoever computed the points again would not find what was written over them.
    change(store, R"(UPDATE point SET result = json_set(result, '$.view_energy_pj."everything"', 42.5))");
    const json report = json::parse(explored(folder, {"--store", store}));
    for (const json& point : report["points"]) EXPECT_EQ(point["energy_pj"], 42.5);
}

TEST(ExploreStore, KeepsWhatIsProven)
{
    const Folder folder;
    const std::string store = folder.path("points.db");
    const std::vector<std::string> space{"--tiles", "8x8", "--factors", "0", "--format", "json"};
    const std::string whole = explore(folder, {}, space).out;
    for (const json& point : json::parse(whole)["points"]) EXPECT_GT(point["search"]["proven"], 0) << point;
    for (int run = 0; run < 2; ++run) EXPECT_EQ(explore(folder, {"--store", store}, space).out, whole) << run;
    EXPECT_FALSE(json::parse(explored(folder, {}))["points"][0].contains("search"));
}

TEST(ExploreStore, ServesALargerSpaceOfTheSameInputs)
{
    const Folder folder;
    const std::string store = folder.path("points.db");
    EXPECT_EQ(explore(folder, {"--store", store}, {"--tiles", "8x8", "--factors", "4"}).exit_code, 0);
    const std::int64_t before = points_in(store);
    EXPECT_EQ(explore(folder, {"--store", store}, {"--tiles", "8x8,4x4", "--factors", "4"}).exit_code, 0);
    EXPECT_EQ(points_in(store), before + 3) << "4x4 in three modes";
}

TEST(ExploreStore, OfOtherInputsIsRefused)
{
    const Folder folder;
    const std::string store = folder.path("points.db");
    explored(folder, {"--store", store});
    const std::string before = content(store);
    const auto refused = [&](std::vector<std::string> more, const std::string& name) {
        more.insert(more.end(), {"--store", store});
        const CommandResult result = explore(folder, more, {"--tiles", "8x8"});
        EXPECT_EQ(result.exit_code, 2);
        EXPECT_THAT(result.err,
                    AllOf(HasSubstr("points.db: "), HasSubstr(name), HasSubstr("the store was begun with")));
        EXPECT_EQ(content(store), before);
    };
    refused({"--factors", "5"}, "factors");
    refused({"--factors", "4", "--capacity", "optimistic"}, "capacity");
    refused({"--factors", "4", "--objective", "edp"}, "objective");
    const CommandResult other = plumbline({"explore", "--accelerator", "meta_prototype_df", "--workload",
                                           folder.add("pair.yaml", pair_yaml() + "# changed\n"), "--tiles", "8x8",
                                           "--factors", "4", "--store", store});
    EXPECT_EQ(other.exit_code, 2);
    EXPECT_THAT(other.err, HasSubstr("workload"));
}

TEST(ExploreStore, OfAnotherVersionIsRefusedAndLeftAsItIs)
{
    const Folder folder;
    const std::string store = folder.path("points.db");
    explored(folder, {"--store", store});
    change(store, "PRAGMA user_version = 4");
    const std::string before = content(store);
    for (const CommandResult& result : {explore(folder, {"--store", store}), plumbline({"query", store}),
                                        plumbline({"merge", folder.path("all.db"), store})}) {
        EXPECT_EQ(result.exit_code, 2);
        EXPECT_THAT(result.err, HasSubstr("points.db: is a store of version 4, expected 3"));
    }
    EXPECT_EQ(content(store), before);
    EXPECT_FALSE(std::filesystem::exists(folder.path("all.db")));
}

TEST(ExploreStore, OfOtherFormulasIsRefused)
{
    const Folder folder;
    const std::string store = folder.path("points.db");
    explored(folder, {"--store", store});
    change(store, "UPDATE input SET value = 'others' WHERE name = 'formulas'");
    const CommandResult result = explore(folder, {"--store", store});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("points.db: formulas: the store was begun with 'others'"));
    // One that does not say goes on, but not together with one that does.
    change(store, "DELETE FROM input WHERE name = 'formulas'");
    EXPECT_EQ(explore(folder, {"--store", store}).exit_code, 0);
    const std::string told = folder.path("told.db");
    explored(folder, {"--store", told});
    EXPECT_EQ(plumbline({"merge", folder.path("all.db"), told, store}).exit_code, 2);
    EXPECT_EQ(plumbline({"merge", folder.path("all.db"), store, told}).exit_code, 2);
}

TEST(ExploreStore, IsNeverAFileOfSomethingElse)
{
    const Folder folder;
    for (const char* text : {"my thesis, without a newline", "a line\nof a diary\n", "{}\n", "[1, 2]\n"}) {
        const CommandResult result = explore(folder, {"--store", folder.add("notes.txt", text)});
        EXPECT_EQ(result.exit_code, 2) << text;
        EXPECT_THAT(result.err, HasSubstr("notes.txt: is no store"));
        EXPECT_EQ(read_text(folder.path("notes.txt")), text);
    }
    EXPECT_EQ(explore(folder, {"--store", folder.path("no/such/folder.db")}).exit_code, 2);
    EXPECT_EQ(explore(folder, {"--store", "/dev/null"}).exit_code, 2);
    const std::string other = folder.path("other.db");
    change(other, "CREATE TABLE diary (day TEXT)");
    const CommandResult result = explore(folder, {"--store", other});
    EXPECT_THAT(result.err, HasSubstr("other.db: is a database of something else"));
    EXPECT_EQ(number(other, "SELECT count(*) FROM sqlite_schema"), 1);
}

TEST(ExploreStore, ThatIsBrokenIsRefused)
{
    const Folder folder;
    const std::string store = folder.path("points.db");
    explored(folder, {"--store", store});
    std::string text = read_text(store);
    for (std::size_t at = 200; at < text.size(); at += 7) text[at] = '?';
    folder.add("points.db", text);
    const CommandResult result = explore(folder, {"--store", store});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, AllOf(HasSubstr("points.db"), HasSubstr("broken"), Not(HasSubstr("malformed"))));
}

TEST(ExploreStore, NamesAPointThatItCannotUnderstand)
{
    const Folder folder;
    const std::string store = folder.path("points.db");
    explored(folder, {"--store", store});
    change(store, "UPDATE point SET result = '{}' WHERE mode = 'h-cached' AND tile_x = 3 AND tile_y = 2");
    const CommandResult result = explore(folder, {"--store", store});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("points.db: h-cached 3x2 "));
}

TEST(ExploreShards, CoverTheSpaceOnceTogether)
{
    for (std::size_t count = 1; count <= 5; ++count)
        for (std::size_t all = 0; all < 12; ++all) {
            std::size_t sum = 0;
            std::vector<std::size_t> owners(all, 0);
            for (std::size_t number = 1; number <= count; ++number) {
                const cli::Shard shard{number, count};
                std::size_t mine = 0;
                for (std::size_t point = 0; point < all; ++point)
                    if (shard.has(point)) ++mine, ++owners[point];
                EXPECT_EQ(shard.points_of(all), mine) << number << '/' << count << " of " << all;
                sum += mine;
            }
            EXPECT_EQ(sum, all);
            EXPECT_THAT(owners, testing::Each(1U));
        }
}

TEST(ExploreShards, MergedAreWhatOneRunFinds)
{
    const Folder folder;
    const std::string whole = explored(folder, {"--store", folder.path("one.db")});
    std::vector<std::string> merging{"merge", folder.path("all.db")};
    for (const char* number : {"3", "1", "2"}) {
        const std::string store = folder.path(std::string{"shard"} + number + ".db");
        const CommandResult result = explore(folder, {"--store", store, "--shard", std::string{number} + "/3"});
        EXPECT_EQ(result.exit_code, 0) << result.err;
        EXPECT_THAT(result.out,
                    AllOf(HasSubstr(std::string{"of shard "} + number + "/3"), HasSubstr(" computed, 0 were")));
        merging.push_back(store);
    }
    EXPECT_EQ(plumbline(merging).exit_code, 0);
    EXPECT_EQ(plumbline(merging).exit_code, 0) << "what is there already is there once";
    EXPECT_EQ(content(folder.path("all.db")), content(folder.path("one.db")));
    EXPECT_EQ(explored(folder, {"--store", folder.path("all.db")}), whole);
}

TEST(ExploreShards, OfOtherInputsAreNotMerged)
{
    const Folder folder;
    const std::string one = folder.path("one.db");
    const std::string other = folder.path("other.db");
    explored(folder, {"--store", one});
    EXPECT_EQ(explore(folder, {"--store", other}, {"--tiles", "8x8", "--factors", "5"}).exit_code, 0);
    const CommandResult result = plumbline({"merge", folder.path("all.db"), one, other});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, AllOf(HasSubstr("other.db"), HasSubstr("factors")));
    EXPECT_EQ(points_in(folder.path("all.db")), kAllPoints);
    EXPECT_EQ(plumbline({"merge", one, one}).exit_code, 2);
    EXPECT_EQ(plumbline({"merge", folder.path("all.db"), folder.path("none.db")}).exit_code, 2);
}

TEST(ExploreShards, WithAnotherResultForAPointAreRefused)
{
    const Folder folder;
    const std::string one = folder.path("one.db");
    explored(folder, {"--store", one});
    std::filesystem::copy_file(one, folder.path("other.db"));
    change(folder.path("other.db"), "UPDATE point SET result = json_set(result, '$.macs', 1) WHERE tile_x = 3");
    const std::string before = content(one);
    const CommandResult result = plumbline({"merge", one, folder.path("other.db")});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("has another result"));
    EXPECT_EQ(content(one), before);
}

/// As stores were before SQLite: lines with keys, points as they are in the store of today.
std::string lines_of(const std::string& store)
{
    const Database database{store, Database::Access::read};
    json header{{"schema", "plumbline/explore-store/2"}};
    cli::Statement inputs = database.prepare("SELECT name, value FROM input");
    while (inputs.step()) header["inputs"][inputs.text(0)] = inputs.text(1);
    // The schema comes first in those files.
    std::string text = R"({"schema":"plumbline/explore-store/2","inputs":)" + header["inputs"].dump() + "}\n";
    cli::Statement rows = database.prepare(
        "SELECT key || ' ' || mode || ' ' || tile_x || 'x' || tile_y || ' ' || cut_rule, result FROM point "
        "JOIN space ON space.id = point.space");
    while (rows.step()) text += R"({"key":")" + rows.text(0) + R"(","point":)" + rows.text(1) + "}\n";
    return text;
}

TEST(ExploreStore, OfLinesIsReadByMergeAlone)
{
    const Folder folder;
    const std::string whole = explored(folder, {"--store", folder.path("one.db")});
    const std::string lines = folder.add("points.jsonl", lines_of(folder.path("one.db")) + R"({"key":"half a l)");
    const CommandResult refused = explore(folder, {"--store", lines});
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.err, HasSubstr("plumbline merge NEW.db"));
    EXPECT_EQ(plumbline({"merge", folder.path("new.db"), lines}).exit_code, 0);
    EXPECT_EQ(points_in(folder.path("new.db")), kAllPoints);
    change(folder.path("new.db"), "DELETE FROM point WHERE tile_x = 8 AND mode = 'h-cached'");
    EXPECT_EQ(explored(folder, {"--store", folder.path("new.db")}), whole);
    EXPECT_EQ(content(folder.path("new.db")), content(folder.path("one.db")));
    folder.add("points.jsonl", read_text(lines).substr(0, read_text(lines).find('\n') + 1) + "{\"key\":1}\n");
    const CommandResult broken = plumbline({"merge", folder.path("newer.db"), lines});
    EXPECT_EQ(broken.exit_code, 2);
    EXPECT_THAT(broken.err, HasSubstr("points.jsonl:2"));
}

class Queries : public testing::Test {
protected:
    Queries() { report_ = json::parse(explored(folder_, {"--store", store_})); }

    json queried(std::vector<std::string> more) const
    {
        more.insert(more.begin(), {"query", store_});
        more.insert(more.end(), {"--format", "json", "--top", "0"});
        const CommandResult result = plumbline(std::move(more));
        EXPECT_EQ(result.exit_code, 0) << result.err;
        return json::parse(result.out)["points"];
    }

    Folder folder_;
    std::string store_ = folder_.path("points.db");
    json report_;
};

TEST_F(Queries, ListAllPointsTheBestFirst)
{
    const json points = queried({});
    ASSERT_EQ(points.size(), static_cast<std::size_t>(kAllPoints));
    for (std::size_t i = 1; i < points.size(); ++i) EXPECT_GE(points[i]["energy_pj"], points[i - 1]["energy_pj"]);
    EXPECT_EQ(points[0]["energy_pj"], report_["summary"][0]["best"]["energy_pj"]);
    const json fastest = queried({"--sort", "latency"});
    for (std::size_t i = 1; i < fastest.size(); ++i)
        EXPECT_GE(fastest[i]["latency_cycles"], fastest[i - 1]["latency_cycles"]);
}

TEST_F(Queries, SayWhatTheReportSays)
{
    const json points = queried({"--where", "mode = 'h-cached' and tile_x = 3 and tile_y = 8 and cut_rule = '0'"});
    ASSERT_EQ(points.size(), 1U);
    const auto same = std::find_if(report_["points"].begin(), report_["points"].end(), [](const json& point) {
        return point["tile"] == json::array({3, 8}) && point["mode"] == "h-cached" && point["cuts"] == json::array({0});
    });
    ASSERT_NE(same, report_["points"].end());
    for (const char* key : {"accelerator", "workload", "mode", "cuts", "energy_pj", "latency_cycles", "macs"})
        EXPECT_EQ(points[0][key], (*same)[key]) << key;
    EXPECT_EQ(points[0]["stall"], (*same)["latency"]["stall"]);
    EXPECT_EQ(points[0]["dram_energy_pj"], (*same)["view_energy_pj"]["dram-only"]);
}

TEST_F(Queries, FindTheParetoFront)
{
    // Single-layer, whose cuts are `each`, is none of the report's points.
    std::vector<std::pair<double, std::int64_t>> front;
    for (const json& point : queried({"--front", "--where", "cut_rule in ('none', '0') and tile_x in (3, 8)"}))
        front.emplace_back(point["energy_pj"], point["latency_cycles"]);
    std::vector<std::pair<double, std::int64_t>> expected;
    for (const json& point : report_["points"])
        if (point["pareto"] == true) expected.emplace_back(point["energy_pj"], point["latency_cycles"]);
    EXPECT_THAT(front, testing::UnorderedElementsAreArray(expected));
}

TEST_F(Queries, KeepToTheRowsThatAreAskedFor)
{
    const CommandResult csv = plumbline({"query", store_, "--top", "3", "--format", "csv"});
    EXPECT_EQ(std::count(csv.out.begin(), csv.out.end(), '\n'), 1 + 3);
    EXPECT_THAT(csv.out, testing::StartsWith("accelerator,workload,mode,tile_x,tile_y,cut_rule,cuts,energy_pj,"));
    const CommandResult table = plumbline({"query", store_, "--top", "1"});
    EXPECT_THAT(table.out, AllOf(HasSubstr("latency [cycles]"), HasSubstr("pair on ")));
}

TEST_F(Queries, AreExplainedWhereTheyAreWrong)
{
    const char* const endless =
        "tile_x < (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n)";
    for (const char* where : {"tile_z = 1", "tile_x <", "1; DROP TABLE point", "count(*) > 1", "tile_x = ?", endless,
                              "randomblob(1000000000) > 1", "load_extension('none')"}) {
        const CommandResult result = plumbline({"query", store_, "--where", where});
        EXPECT_EQ(result.exit_code, 2) << where;
        EXPECT_THAT(result.err, AllOf(HasSubstr("--where"), HasSubstr("latency_cycles")));
    }
    EXPECT_EQ(points_in(store_), kAllPoints);
    EXPECT_EQ(plumbline({"query", store_, "--where", "energy_pj = (SELECT min(energy_pj) FROM points)"}).exit_code, 0);
    EXPECT_EQ(plumbline({"query", folder_.path("none.db")}).exit_code, 2);
    EXPECT_EQ(plumbline({"query", store_, "--sort", "weight"}).exit_code, 2);
}

}  // namespace
}  // namespace plumbline
