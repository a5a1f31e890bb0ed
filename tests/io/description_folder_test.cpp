// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/description_folder.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <utility>

#include <unistd.h>

#include "plumbline/error.hpp"
#include "plumbline/io/yaml.hpp"
#include "test_data.hpp"

namespace plumbline::io {
namespace {

namespace fs = std::filesystem;

/// A network is called "shared" here and at DeFiNES, one "own" here alone, one "theirs" at DeFiNES alone.
class NetworksOfTwoFolders : public ::testing::Test {
public:
    NetworksOfTwoFolders(const NetworksOfTwoFolders&) = delete;
    NetworksOfTwoFolders& operator=(const NetworksOfTwoFolders&) = delete;

protected:
    NetworksOfTwoFolders()
    {
        for (const char* name : {"own", "shared", "defines/shared", "defines/theirs"})
            write(std::string{name} + ".yaml");
        write("defines/notes.txt");
    }
    ~NetworksOfTwoFolders() override { fs::remove_all(root); }

    void write(const std::string& name) const
    {
        const fs::path path = networks / name;
        fs::create_directories(path.parent_path());
        std::ofstream{path}
            << "- {id: 0, operator_type: Conv, equation: 'O[k]+=W[k]', loop_dims: [K], loop_sizes: [2],\n"
               "   operand_precision: {O: 16, O_final: 8, W: 8}, operand_source: {W: 0}}\n";
    }
    std::string path_of(const std::string& name) const
    {
        return built_in.find(Description::workload, name, "workload");
    }

    fs::path root = fs::temp_directory_path() / ("plumbline_networks_" + std::to_string(::getpid()));
    fs::path networks = root / "workloads";
    DescriptionFolder built_in{root.string()};
};

TEST_F(NetworksOfTwoFolders, AreFoundByTheirWholeNamesAndByShortOnes)
{
    EXPECT_EQ(path_of("own"), networks / "own.yaml");
    EXPECT_EQ(path_of("shared"), networks / "shared.yaml");
    EXPECT_EQ(path_of("defines/shared"), networks / "defines/shared.yaml");
    EXPECT_EQ(path_of("theirs"), networks / "defines/theirs.yaml");
    EXPECT_EQ(path_of("defines/theirs"), networks / "defines/theirs.yaml");
    EXPECT_THROW(path_of("defines/own"), InputError);
    EXPECT_THROW(path_of("notes"), InputError);
}

TEST_F(NetworksOfTwoFolders, AreListedOnceByTheShortestNameThatMeansThem)
{
    EXPECT_THAT(built_in.names(Description::workload),
                testing::ElementsAre("defines/shared", "own", "shared", "theirs"));
    EXPECT_EQ(built_in.listed_name(Description::workload, "defines/theirs"), "theirs");
    EXPECT_EQ(built_in.listed_name(Description::workload, "defines/shared"), "defines/shared");
    EXPECT_EQ(built_in.listed_name(Description::workload, "shared"), "shared");
    EXPECT_EQ(built_in.listed_name(Description::workload, "none"), std::nullopt);
}

TEST_F(NetworksOfTwoFolders, AreCalledAsTheyAreListedAndByTheirFileWhereThatIsGiven)
{
    EXPECT_EQ(read_workload(built_in, "theirs", "workload").name(), "theirs");
    EXPECT_EQ(read_workload(built_in, "defines/theirs", "workload").name(), "theirs");
    EXPECT_EQ(read_workload(built_in, "defines/shared", "workload").name(), "defines/shared");
    EXPECT_EQ(read_workload(built_in, "shared", "workload").name(), "shared");
    EXPECT_EQ(read_workload(built_in, path_of("defines/shared"), "workload").name(), "shared");
}

TEST_F(NetworksOfTwoFolders, AreNotListedWhereANameLeadsOutOfThem)
{
    fs::create_directories(root / "elsewhere");
    fs::copy_file(networks / "own.yaml", root / "elsewhere/hidden.yaml");
    EXPECT_EQ(built_in.listed_name(Description::workload, "../elsewhere/hidden"), std::nullopt);
}

TEST(BuiltInFolder, HasTheNetworksOfDefinesUnderTheirShortNamesWhereNoOtherIsCalledSo)
{
    const DescriptionFolder built_in{plumbline::kPlatformsFolder};
    for (const std::string name : {"dmcnnvd", "fsrcnn", "mccnn", "resnet18_full"})
        EXPECT_EQ(built_in.listed_name(Description::workload, "defines/" + name), name);
    for (const std::string name : {"mobilenetv1", "resnet18"}) {
        EXPECT_EQ(built_in.listed_name(Description::workload, "defines/" + name), "defines/" + name);
        EXPECT_EQ(built_in.listed_name(Description::workload, name), name);
    }
}

/// A program that holds the static library, say.
TEST(DescriptionsOfNoFolder, AreSaidToBeMissingAndHowTheyAreNamed)
{
    const DescriptionFolder none{""};
    const auto complaint = [](const auto& find) {
        try {
            find();
        } catch (const InputError& error) {
            return std::string{error.what()};
        }
        return std::string{};
    };
    const std::string missing =
        "expected a path: there are no built-in descriptions where they were looked for, PLUMBLINE_DATA_DIR may name "
        "their "
        "folder";
    EXPECT_EQ(complaint([&] { none.find(Description::workload, "fsrcnn", "workload"); }),
              "workload: 'fsrcnn' is neither a file nor built in; " + missing);
    EXPECT_EQ(complaint([&] { none.find_rules("", "my.yaml", "mapping"); }),
              "mapping: is needed with accelerator 'my.yaml', which brings no mapping rules; " + missing);
}

}  // namespace
}  // namespace plumbline::io
