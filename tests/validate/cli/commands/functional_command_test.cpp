// SPDX-License-Identifier: Apache-2.0
// `simulate --functional`: where its numbers come from, and what it answers.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "plumbline/io/npy.hpp"
#include "validate/cli/folder.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::HasSubstr;

/// Numbers that differ from place to place.
io::Int8Array tensor(std::vector<std::int64_t> shape)
{
    std::int64_t count = 1;
    for (std::int64_t size : shape) count *= size;
    io::Int8Array array{std::move(shape), {}};
    for (std::int64_t i = 0; i < count; ++i) array.values.push_back(static_cast<std::int8_t>(i * 37 % 101 - 50));
    return array;
}

CommandResult functional(const Folder& folder, std::vector<std::string> more)
{
    std::vector<std::string> flags{"--tile", "4x4", "--format", "json", "--functional"};
    flags.insert(flags.end(), more.begin(), more.end());
    return on_pair(folder, "simulate", flags);
}

/// The pair: 2 x 10 x 10 features, 4 x 2 x 3 x 3 and 2 x 4 weights.
void write_data(const Folder& folder, std::vector<std::int64_t> input = {2, 10, 10})
{
    io::write_npy(folder.path("input.npy"), tensor(std::move(input)));
    io::write_npy(folder.path("weights_conv.npy"), tensor({4, 2, 3, 3}));
    io::write_npy(folder.path("weights_pointwise.npy"), tensor({2, 4, 1, 1}));
}

TEST(SimulateFunctional, SaysThatTheOutputEqualsTheReference)
{
    const Folder folder;
    const CommandResult result = functional(folder, {"--seed", "5"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(json::parse(result.out)["functional"]["equal"], true);
}

TEST(SimulateFunctional, ComputesWithTheNumbersOfAFolder)
{
    const Folder folder;
    write_data(folder);
    const CommandResult result =
        functional(folder, {"--data", folder.path(""), "--functional-out", folder.path("output.npy")});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(json::parse(result.out)["functional"]["equal"], true);
    EXPECT_EQ(io::read_npy(folder.path("output.npy")).shape, (std::vector<std::int64_t>{2, 8, 8}));
}

TEST(SimulateFunctional, RefusesTensorsOfAnotherShape)
{
    const Folder folder;
    write_data(folder, {2, 10, 11});
    const CommandResult result = functional(folder, {"--data", folder.path("")});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("input.npy"));
    EXPECT_THAT(result.err, HasSubstr("has shape (2, 10, 11), expected (2, 10, 10)"));
}

TEST(SimulateFunctional, RefusesAFolderWithoutATensor)
{
    const Folder folder;
    write_data(folder);
    std::filesystem::remove(folder.path("weights_pointwise.npy"));
    const CommandResult result = functional(folder, {"--data", folder.path("")});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("weights_pointwise.npy"));
}

TEST(SimulateFunctional, RefusesToFoldClasses)
{
    const Folder folder;
    const CommandResult result = functional(folder, {"--fold-classes"});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("--fold-classes excludes --functional"));
}

TEST(SimulateFunctional, RefusesResnet18OfDefinesAndNamesTheFullOne)
{
    const CommandResult result = plumbline({"simulate", "--accelerator", "meta_prototype_df", "--workload",
                                            "defines/resnet18", "--tile", "1x1", "--factors", "3", "--functional"});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("resnet18_add3_1: reads 128 channels as X, but resnet18_add2_2 makes 64"));
    EXPECT_THAT(result.err, HasSubstr("resnet18_full"));
}

}  // namespace
}  // namespace plumbline
