// SPDX-License-Identifier: Apache-2.0
// Traces as files of the command: which formats exist, and what becomes of a file that cannot be written.
#include <gmock/gmock.h>

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
    EXPECT_THAT(result.err, AllOf(HasSubstr("--trace"), HasSubstr("run.csv"), HasSubstr(".json"), HasSubstr(".vcd")));
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

TEST(Traces, AreAbsentWhereTheDiskIsFull)
{
    // The file that is written before it gets its name leads to a device that is always full.
    const Folder folder;
    const std::string path = folder.path("run.json");
    std::filesystem::create_symlink("/dev/full", path + ".tmp." + std::to_string(::getpid()));
    const CommandResult result = on_pair(folder, "simulate", {"--tile", "4x4", "--trace", path});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, AllOf(HasSubstr("run.json"), HasSubstr("No space left on device")));
    EXPECT_EQ(folder.files(), 1U) << "the network";
}

TEST(Traces, ReplaceAFileOnlyWhereTheyAreComplete)
{
    const Folder folder;
    const std::string path = folder.add("run.vcd", "of yesterday");
    std::filesystem::create_symlink("/dev/full", path + ".tmp." + std::to_string(::getpid()));
    EXPECT_EQ(on_pair(folder, "simulate", {"--tile", "4x4", "--trace", path}).exit_code, 2);
    EXPECT_EQ(read_text(path), "of yesterday");
}

}  // namespace
}  // namespace plumbline
