// SPDX-License-Identifier: Apache-2.0
// `plumbline import`, and networks in ONNX given to other commands, called in-process.
#include <gmock/gmock.h>

#include <map>
#include <nlohmann/json.hpp>

#include "plumbline/io/onnx.hpp"
#include "plumbline/io/yaml.hpp"
#include "test_data.hpp"
#include "validate/cli/folder.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kResNet = std::string{kReferenceFolder} + "/onnx/resnet18.onnx";

class ImportCommand : public testing::Test {
protected:
    void SetUp() override
    {
        if (!io::reads_onnx()) GTEST_SKIP() << "this build reads no ONNX";
    }
};

TEST_F(ImportCommand, ListsLayersAndCountsWhatTheyMultiply)
{
    const CommandResult result = plumbline({"import", kResNet});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("/conv1/Conv "));
    // Published: tests/io/onnx/published_networks_test.cpp derives it.
    EXPECT_THAT(result.out, testing::ContainsRegex("convolutions and matrix products +1,814,073,344\n"));
}

TEST_F(ImportCommand, WritesYamlThatReadsAsTheOnnx)
{
    const Folder folder;
    const std::string yaml = folder.path("resnet18.yaml");
    EXPECT_EQ(plumbline({"import", kResNet, "-o", yaml}).exit_code, 0);
    EXPECT_EQ(io::read_workload(yaml), io::read_onnx(kResNet));
}

TEST_F(ImportCommand, TakesOptionsOfOnnx)
{
    const Folder folder;
    const std::string yaml = folder.path("resnet18.yaml");
    const CommandResult result =
        plumbline({"import", kResNet, "-o", yaml, "--onnx-weight-bits", "4", "--onnx-partial-bits", "32"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    const Layer stem = io::read_workload(yaml).layers().front();
    EXPECT_EQ(stem.inputs[0].precision, Bits{4});
    EXPECT_EQ(stem.output.precision, Bits{32});
}

TEST_F(ImportCommand, RefusesOtherFiles)
{
    const CommandResult yaml = plumbline({"import", "net.yaml"});
    EXPECT_EQ(yaml.exit_code, 2);
    EXPECT_THAT(yaml.err, HasSubstr("net.yaml: is no ONNX file, expected a name that ends in .onnx"));
    const CommandResult batch = plumbline({"import", kResNet, "--onnx-batch", "2"});
    EXPECT_EQ(batch.exit_code, 2);
    EXPECT_THAT(batch.err, HasSubstr("resnet18.onnx: input 'input.1': fixes its batch size"));
    EXPECT_THAT(batch.out, IsEmpty());
    EXPECT_EQ(plumbline({"import", kResNet, "--onnx-batch", "0"}).exit_code, 2);
}

TEST_F(ImportCommand, IsNotNeededToCheck)
{
    const CommandResult alone = plumbline({"check", kResNet});
    EXPECT_EQ(alone.exit_code, 0) << alone.err;
    EXPECT_EQ(alone.out, "nothing wrong or suspicious\n");
    const Folder folder;
    const std::string broken = folder.add("broken.onnx", "no protocol buffer");
    const CommandResult both = plumbline({"check", broken, kResNet, "meta_prototype_df"});
    EXPECT_EQ(both.exit_code, 2);
    EXPECT_THAT(both.out, testing::AllOf(HasSubstr("broken.onnx"), HasSubstr("error"), HasSubstr("\n1 error")));
}

TEST_F(ImportCommand, MakesSumsOfBitsThatRegistersHold)
{
    // Registers of 2 bytes.
    const std::vector<std::string> pair{"--accelerator", "meta_prototype_df", "--workload", kResNet, "--tile", "7x7"};
    std::vector<std::string> wide{"evaluate", "--onnx-partial-bits", "32"};
    wide.insert(wide.end(), pair.begin(), pair.end());
    const CommandResult refused = plumbline(wide);
    EXPECT_EQ(refused.exit_code, 3);
    EXPECT_THAT(refused.err, HasSubstr("rf_2B has 16 bit, but needs at least 32 bit (a partial sum of O: 32 bit); it "
                                       "holds those of a network whose operand_precision.O is 16 (in ONNX: "
                                       "--onnx-partial-bits 16)"));
    const CommandResult checked = plumbline({"check", "meta_prototype_df", kResNet, "--onnx-partial-bits", "32"});
    EXPECT_EQ(checked.exit_code, 2);
    EXPECT_THAT(checked.out, HasSubstr("--onnx-partial-bits 16"));
}

TEST_F(ImportCommand, IsNotNeededByOthers)
{
    const Folder folder;
    const std::string yaml = folder.path("resnet18.yaml");
    plumbline({"import", kResNet, "-o", yaml});
    const std::vector<std::string> flags{
        "--accelerator", "meta_prototype_df", "--tile", "7x7", "--factors", "3", "--format", "json"};
    const auto evaluated = [&](const std::string& network) {
        std::vector<std::string> arguments{"evaluate", "--workload", network};
        arguments.insert(arguments.end(), flags.begin(), flags.end());
        return plumbline(arguments);
    };
    const CommandResult result = evaluated(kResNet);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.out, evaluated(yaml).out);
}

/// Names of layers become their places.
void number_layers(json& value, const std::map<std::string, std::size_t>& places)
{
    if (value.is_structured()) {
        for (json& part : value) number_layers(part, places);
    } else if (value.is_string() && places.count(value.get<std::string>()) > 0) {
        value = "layer " + std::to_string(places.at(value.get<std::string>()));
    }
}

/// What `evaluate` says of a network, whatever its layers are called.
json evaluated(const std::string& network, const std::vector<std::string>& flags)
{
    std::vector<std::string> arguments{"evaluate", "--workload", network, "--factors", "3", "--format", "json"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    const CommandResult result = plumbline(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    json report = json::parse(result.out);
    std::map<std::string, std::size_t> places;
    for (const json& layer : report["layers"]) places.emplace(layer["name"], places.size());
    number_layers(report, places);
    return report;
}

TEST_F(ImportCommand, MakesOfResNet18TheNetworkOfThatName)
{
    for (const std::string accelerator : {"meta_prototype_df", "tpu_like_df"}) {
        const std::vector<std::string> flags{"--accelerator", accelerator, "--tile", "28x28"};
        const json built_in = evaluated("resnet18", flags);
        ASSERT_EQ(built_in["layers"].size(), 31U);
        EXPECT_EQ(evaluated(kResNet, flags), built_in) << accelerator;
    }
}

/// The two differ in their last layer: 16 channels for an image enlarged four times, nine for one enlarged three times.
TEST_F(ImportCommand, MakesOfFsrcnnTheLayersOfTheNetworkOfThatName)
{
    const std::vector<std::string> flags{"--accelerator", "meta_prototype_df", "--tile", "60x72", "--cuts", "each"};
    const json built_in = evaluated("fsrcnn_x3", flags);
    const json imported = evaluated(std::string{kReferenceFolder} + "/onnx/fsrcnn.onnx", flags);
    ASSERT_EQ(built_in["layers"].size(), 8U);
    ASSERT_EQ(imported["layers"].size(), 8U);
    for (std::size_t layer = 0; layer < 7; ++layer)
        EXPECT_EQ(imported["layers"][layer], built_in["layers"][layer]) << layer;
    EXPECT_EQ(imported["layers"][7]["macs"], std::int64_t{16} * 56 * 9 * 540 * 960);
    EXPECT_EQ(built_in["layers"][7]["macs"], std::int64_t{9} * 56 * 9 * 540 * 960);
}

}  // namespace
}  // namespace plumbline
