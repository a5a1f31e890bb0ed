// SPDX-License-Identifier: Apache-2.0
// `plumbline import`, and networks in ONNX given to other commands, called in-process.
#include <gmock/gmock.h>

#include "folder.hpp"
#include "plumbline/io/onnx.hpp"
#include "plumbline/io/yaml.hpp"
#include "test_data.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
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

}  // namespace
}  // namespace plumbline
