// SPDX-License-Identifier: Apache-2.0
// The store of finished results: what its files look like, and which it refuses.
#include "tasks/result_store.hpp"

#include <gmock/gmock.h>

#include "folder.hpp"

namespace plumbline::cli {
namespace {

using namespace plumbline::test;
using testing::HasSubstr;

constexpr const char* kRuns = "plumbline/validate-store/1";

/// What the constructor says of a file with this text.
std::string store_refusal(const std::string& text)
{
    const Folder folder;
    const std::string path = folder.add("store.jsonl", text);
    try {
        const ResultStore store{path, kRuns};
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
    EXPECT_THAT(store_refusal("a line\nof a diary\n"), HasSubstr("plumbline/validate-store/1"));
    EXPECT_THAT(store_refusal("no newline"), HasSubstr("is no store"));
    EXPECT_THAT(store_refusal("{\"schema\":\"plumbline/calibrate-store/1\"}\n"), HasSubstr("is no store"));
}

TEST(ResultStore, NamesTheLineThatItCannotUnderstand)
{
    const std::string header = "{\"schema\":\"plumbline/validate-store/1\"}\n";
    EXPECT_THAT(store_refusal(header + "{\"key\":\"a\",\"point\":1}\n"),
                HasSubstr(R"(store.jsonl:2: cannot be understood, expected {"key": …, "run": …})"));
}

TEST(ResultStore, RefusesInOneLine)
{
    EXPECT_THAT(store_refusal("a line\nof a diary\n"), testing::Not(HasSubstr("\n")));
}

TEST(ResultStore, RefusesLinesThatNoStoreHas)
{
    // So deep that whoever followed it by recursion would run out of stack.
    const std::string deep = std::string(200000, '[') + std::string(200000, ']');
    const std::string header = "{\"schema\":\"plumbline/validate-store/1\"}\n";
    EXPECT_THAT(store_refusal(header + R"({"key":"a","run":)" + deep + "}\n"),
                HasSubstr("store.jsonl:2: has lists and objects within each other more than 64 deep"));
}

TEST(ResultStores, AreMergedLineByLine)
{
    const Folder folder;
    const std::string header = "{\"schema\":\"plumbline/validate-store/1\"}\n";
    const std::string a = "{\"key\":\"a\",\"run\":1}\n";
    const std::string b = "{\"key\":\"b\",\"run\":{\"x\":2.5}}\n";
    const std::string one = folder.add("one.jsonl", header + a);
    const std::string other = folder.add("other.jsonl", header + b + a + R"({"key":"c","ru)");
    const std::string all = folder.path("all.jsonl");
    EXPECT_EQ(plumbline({"merge", all, one, other}).exit_code, 0);
    EXPECT_EQ(read_text(all), header + a + b);
    // Of two lines of one key the later one is what a command finds.
    const std::string twice = folder.add("twice.jsonl", header + "{\"key\":\"a\",\"run\":7}\n" + a);
    EXPECT_EQ(plumbline({"merge", folder.path("last.jsonl"), twice}).exit_code, 0);
    EXPECT_EQ(read_text(folder.path("last.jsonl")), header + a);
    EXPECT_EQ(plumbline({"merge", all, other, one}).exit_code, 0);
    EXPECT_EQ(read_text(all), header + a + b) << "what is there already is there once";
}

TEST(ResultStores, OfAnotherKindOrWithAnotherResultAreNotMerged)
{
    const Folder folder;
    const std::string header = "{\"schema\":\"plumbline/validate-store/1\"}\n";
    const std::string one = folder.add("one.jsonl", header + "{\"key\":\"a\",\"run\":1}\n");
    const std::string all = folder.path("all.jsonl");
    const auto refused = [&](const std::string& text) {
        const CommandResult result = plumbline({"merge", all, one, folder.add("other.jsonl", text)});
        EXPECT_EQ(result.exit_code, 2);
        EXPECT_EQ(read_text(all), read_text(one));
        return result.err;
    };
    EXPECT_THAT(refused("{\"schema\":\"plumbline/calibrate-store/1\"}\n"), HasSubstr("other.jsonl:1: is no store"));
    EXPECT_THAT(refused(header + "{\"key\":\"b\",\"run\":3}\n{\"key\":\"a\",\"run\":2}\n"),
                HasSubstr("other.jsonl:3: has another result"));
    EXPECT_THAT(refused(header + "a line of a diary\n"), HasSubstr("other.jsonl:2"));
}

TEST(ResultStore, IsUsedByOneAtATime)
{
    const Folder folder;
    const ResultStore first{folder.path("store.jsonl"), kRuns};
    EXPECT_THROW(ResultStore(folder.path("store.jsonl"), kRuns), InputError);
}

}  // namespace
}  // namespace plumbline::cli
