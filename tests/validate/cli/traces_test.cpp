// SPDX-License-Identifier: Apache-2.0
// Traces as files of the command: which formats exist, and what becomes of a file that cannot be written.
#include <gmock/gmock.h>

#include <algorithm>
#include <csignal>
#include <regex>
#include <set>
#include <sstream>

#include <sys/resource.h>
#include <nlohmann/json.hpp>

#include "folder.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

TEST(Traces, AreWrittenInTheFormatThatTheirNamesEndWith)
{
    const Folder folder;
    const CommandResult result = on_pair(
        folder, "simulate", {"--tile", "4x4", "--trace", folder.path("run.json"), "--trace", folder.path("run.vcd")});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(json::parse(read_text(folder.path("run.json")))["otherData"]["accelerator"], "meta_prototype_df");
    EXPECT_THAT(read_text(folder.path("run.vcd")), StartsWith("$version plumbline $end"));
    EXPECT_EQ(folder.files(), 3U) << "the network, two traces and nothing temporary";
}

TEST(Traces, AreWrittenByValidateToo)
{
    const Folder folder;
    const CommandResult result = on_pair(folder, "validate",
                                         {"--tile", "4x4", "--tolerance-accesses", "1e9", "--tolerance-latency", "1e9",
                                          "--trace", folder.path("run.json")});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_FALSE(json::parse(read_text(folder.path("run.json")))["traceEvents"].empty());
}

TEST(Traces, HaveFormatsThatAMistakeIsToldOf)
{
    const Folder folder;
    const CommandResult result = on_pair(folder, "simulate", {"--tile", "4x4", "--trace", folder.path("run.csv")});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, AllOf(HasSubstr("--trace"), HasSubstr("run.csv"), HasSubstr(".json"), HasSubstr(".vcd"),
                                  HasSubstr(".stl"), HasSubstr(".ramulator")));
    EXPECT_THAT(result.out, IsEmpty());
}

TEST(Traces, NeedAFolderThatExists)
{
    const Folder folder;
    const CommandResult result = on_pair(folder, "simulate", {"--tile", "4x4", "--trace", folder.path("no/run.json")});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, AllOf(HasSubstr("no/run.json"), HasSubstr("No such file or directory")));
    EXPECT_THAT(result.out, IsEmpty()) << "told before the simulation";
}

/// Files cannot grow beyond some bytes for as long as this lives: a disk that is full.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) : handler_{std::signal(SIGXFSZ, SIG_IGN)}
    {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit()
    {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    void (*handler_)(int);
    rlimit before_{};
};

TEST(Traces, AreAbsentWhereTheDiskIsFull)
{
    const Folder folder;
    const std::string path = folder.path("run.json");
    const FileSizeLimit limit{2000};
    const CommandResult result = on_pair(folder, "simulate", {"--tile", "4x4", "--trace", path});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, AllOf(HasSubstr("run.json"), HasSubstr("File too large")));
    EXPECT_EQ(folder.files(), 1U) << "the network";
}

TEST(Traces, ReplaceAFileOnlyWhereTheyAreComplete)
{
    const Folder folder;
    const std::string path = folder.add("run.vcd", "of yesterday");
    const FileSizeLimit limit{2000};
    EXPECT_EQ(on_pair(folder, "simulate", {"--tile", "4x4", "--trace", path}).exit_code, 2);
    EXPECT_EQ(read_text(path), "of yesterday");
}

/// Of an access of 64 bytes: whether it reads, and where.
struct DramAccess {
    bool read = false;
    std::uint64_t address = 0;
};

/// All lines of a trace. Each must be matched as a whole; group 1 says what, group 2 where.
std::vector<DramAccess> accesses(const std::string& text, const std::string& line_of, const std::string& read)
{
    const std::regex pattern{line_of};
    std::vector<DramAccess> all;
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
        std::smatch found;
        EXPECT_TRUE(std::regex_match(line, found, pattern)) << line;
        if (!found.empty()) all.push_back({found[1] == read, std::stoull(found[2], nullptr, 16)});
    }
    return all;
}

std::int64_t bytes(const std::vector<DramAccess>& all, bool read)
{
    return 64 * std::count_if(all.begin(), all.end(), [&](const DramAccess& each) { return each.read == read; });
}

/// What the counters say of off-chip memory.
std::int64_t counted_bytes(const json& report, const std::string& direction)
{
    std::int64_t bits = 0;
    for (const json& row : report["rows"]) {
        if (row["memory"] == "dram" && row["direction"] == direction) bits += row["bits"].get<std::int64_t>();
    }
    return bits / 8;
}

TEST(DramTraces, HoldAllOffChipTrafficInWholeBlocks)
{
    // One tile: each tensor moves once, in a transaction from the beginning of its area, which is aligned. Those read are
    // 2 x 10 x 10 features, 4 x 2 x 3 x 3 and 2 x 4 weights; 2 x 8 x 8 features are written; a byte each.
    const Folder folder;
    const CommandResult result = on_pair(folder, "simulate",
                                         {"--tile", "8x8", "--format", "json", "--trace", folder.path("run.stl"),
                                          "--trace", folder.path("run.ramulator")});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const json report = json::parse(result.out);
    EXPECT_EQ(counted_bytes(report, "read_down"), 200 + 72 + 8);
    EXPECT_EQ(counted_bytes(report, "write_from_down"), 128);
    const auto dramsys =
        accesses(read_text(folder.path("run.stl")), R"(\d+: \(64\) (read|write) 0x([0-9a-f]+))", "read");
    const auto ramulator = accesses(read_text(folder.path("run.ramulator")), R"((LD|ST) 0x([0-9a-f]+))", "LD");
    for (const auto& all : {dramsys, ramulator}) {
        EXPECT_EQ(bytes(all, true), 64 * (4 + 2 + 1));
        EXPECT_EQ(bytes(all, false), 64 * 2);
    }
}

TEST(DramTraces, WriteEachBlockOfTheOutputMap)
{
    // 2 channels of 8 x 8 pixels of a byte are two blocks, aligned, however many tiles write them.
    const Folder folder;
    ASSERT_EQ(on_pair(folder, "simulate", {"--tile", "4x4", "--trace", folder.path("run.stl")}).exit_code, 0);
    std::set<std::uint64_t> blocks;
    for (const DramAccess& each :
         accesses(read_text(folder.path("run.stl")), R"(\d+: \(64\) (read|write) 0x([0-9a-f]+))", "read")) {
        if (!each.read) blocks.insert(each.address);
    }
    EXPECT_EQ(blocks.size(), 2 * 8 * 8 / 64);
}

}  // namespace
}  // namespace plumbline
