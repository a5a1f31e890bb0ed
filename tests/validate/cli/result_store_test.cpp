// SPDX-License-Identifier: Apache-2.0
// The store of finished results: what its files look like, and which it refuses.
#include "execution/result_store.hpp"

#include <gmock/gmock.h>

#include "folder.hpp"

namespace plumbline::cli {
namespace {

using namespace plumbline::test;
using testing::HasSubstr;

const ResultStore::Kind kRuns{"plumbline/validate-store/1", "run"};
const ResultStore::Kind kPoints{"plumbline/explore-store/1", "point"};
const ResultStore::Inputs kInputs{{"factors", "6"}, {"version", "1"}};

/// What the constructor says of a file with this text.
std::string store_refusal(const std::string& text, const ResultStore::Kind& kind,
                          const ResultStore::Inputs& inputs = {})
{
    const Folder folder;
    const std::string path = folder.add("store.jsonl", text);
    try {
        const ResultStore store{path, kind, inputs};
    } catch (const InputError& error) {
        EXPECT_EQ(read_text(path), text) << "what is refused is left alone";
        return error.what();
    }
    ADD_FAILURE() << "was not refused: " << text;
    return {};
}

TEST(ResultStore, WritesAHeaderAndALineForEachResult)
{
    const Folder folder;
    ResultStore runs{folder.path("runs.jsonl"), kRuns};
    runs.add("f00d", R"({"total":12.5})");
    EXPECT_EQ(read_text(folder.path("runs.jsonl")),
              "{\"schema\":\"plumbline/validate-store/1\"}\n"
              "{\"key\":\"f00d\",\"run\":{\"total\":12.5}}\n");
    ResultStore points{folder.path("points.jsonl"), kPoints, kInputs};
    points.add("a b 4x4 auto", R"({"cuts":[0],"aside":1})");
    EXPECT_EQ(read_text(folder.path("points.jsonl")),
              "{\"schema\":\"plumbline/explore-store/1\",\"inputs\":{\"factors\":\"6\",\"version\":\"1\"}}\n"
              "{\"key\":\"a b 4x4 auto\",\"point\":{\"cuts\":[0],\"aside\":1}}\n");
}

TEST(ResultStore, FindsWhatEarlierRunsAdded)
{
    const Folder folder;
    const std::string path = folder.path("store.jsonl");
    {
        ResultStore store{path, kRuns};
        store.add("a", R"({"b":1,"a":2})");
        EXPECT_EQ(store.find("a"), nullptr) << "what this run added it knows already";
    }
    const ResultStore store{path, kRuns};
    ASSERT_NE(store.find("a"), nullptr);
    EXPECT_EQ(store.find("a")->json, R"({"b":1,"a":2})");
    EXPECT_EQ(store.find("a")->where.line, 2);
    EXPECT_EQ(store.find("b"), nullptr);
}

TEST(ResultStore, DropsALineThatWasCutOff)
{
    const Folder folder;
    const std::string whole = "{\"schema\":\"plumbline/validate-store/1\"}\n{\"key\":\"a\",\"run\":1}\n";
    const std::string path = folder.add("store.jsonl", whole + R"({"key":"b","ru)");
    const ResultStore store{path, kRuns};
    EXPECT_EQ(store.find("a")->json, "1");
    EXPECT_EQ(store.find("b"), nullptr);
    EXPECT_EQ(read_text(path), whole);
}

TEST(ResultStore, GoesOnFromAHeaderThatWasCutOff)
{
    const Folder folder;
    const std::string path = folder.add("store.jsonl", R"({"schema":"plumbline/valid)");
    const ResultStore store{path, kRuns};
    EXPECT_EQ(read_text(path), "{\"schema\":\"plumbline/validate-store/1\"}\n");
}

TEST(ResultStore, RefusesFilesOfAnotherKind)
{
    EXPECT_THAT(store_refusal("a line\nof a diary\n", kRuns), HasSubstr("plumbline/validate-store/1"));
    EXPECT_THAT(store_refusal("no newline", kRuns), HasSubstr("is no store"));
    EXPECT_THAT(store_refusal("{\"schema\":\"plumbline/calibrate-store/1\"}\n", kRuns), HasSubstr("is no store"));
    EXPECT_THAT(store_refusal("{\"schema\":\"plumbline/validate-store/1\"}\n", kPoints, kInputs),
                HasSubstr("schema: is no store, expected \"plumbline/explore-store/1\""));
}

TEST(ResultStore, NamesTheInputThatIsAnother)
{
    const std::string header =
        "{\"schema\":\"plumbline/explore-store/1\",\"inputs\":{\"factors\":\"5\",\"version\":\"1\"}}\n";
    EXPECT_THAT(store_refusal(header, kPoints, kInputs),
                HasSubstr("factors: the store was begun with '5', this run has '6'"));
}

TEST(ResultStore, NamesTheLineThatItCannotUnderstand)
{
    const std::string header = "{\"schema\":\"plumbline/validate-store/1\"}\n";
    EXPECT_THAT(store_refusal(header + "{\"key\":\"a\",\"point\":1}\n", kRuns),
                HasSubstr(R"(store.jsonl:2: cannot be understood, expected {"key": …, "run": …})"));
}

TEST(ResultStore, RefusesInOneLine)
{
    EXPECT_THAT(store_refusal("a line\nof a diary\n", kRuns), testing::Not(HasSubstr("\n")));
}

TEST(ResultStore, RefusesLinesThatNoStoreHas)
{
    // So deep that whoever followed it by recursion would run out of stack.
    const std::string deep = std::string(200000, '[') + std::string(200000, ']');
    const std::string header = "{\"schema\":\"plumbline/validate-store/1\"}\n";
    EXPECT_THAT(store_refusal(header + R"({"key":"a","run":)" + deep + "}\n", kRuns),
                HasSubstr("store.jsonl:2: has lists and objects within each other more than 64 deep"));
}

TEST(ResultStore, IsUsedByOneAtATime)
{
    const Folder folder;
    const ResultStore first{folder.path("store.jsonl"), kRuns};
    EXPECT_THROW(ResultStore(folder.path("store.jsonl"), kRuns), InputError);
}

}  // namespace
}  // namespace plumbline::cli
