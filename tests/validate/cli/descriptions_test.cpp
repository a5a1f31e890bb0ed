// SPDX-License-Identifier: Apache-2.0
#include "inputs/descriptions.hpp"

#include <gmock/gmock.h>

#include "plumbline/error.hpp"
#include "plumbline/io/yaml.hpp"

namespace plumbline::cli {
namespace {

TEST(BuiltInDescriptions, BringTheMappingRulesOfTheirFamily)
{
    for (const std::string family : {"ascend_like", "edge_tpu_like", "meta_prototype", "tesla_npu_like", "tpu_like"}) {
        for (const std::string& name : {family, family + "_df"}) {
            const Accelerator accelerator =
                io::read_accelerator(find_description(Description::accelerator, name).string());
            const std::filesystem::path rules = find_mapping("", name);
            EXPECT_EQ(accelerator.name(), name);
            EXPECT_EQ(rules.stem(), family);
            EXPECT_NO_THROW(io::read_mapping(rules.string(), accelerator));
        }
    }
}

TEST(BuiltInDescriptions, AreListedWhereOneIsUnknown)
{
    try {
        find_description(Description::workload, "inception");
        FAIL() << "there is no inception";
    } catch (const InputError& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("defines/mobilenetv1, defines/resnet18, dmcnnvd, efficientnet_b0, "
                                                     "fsrcnn, fsrcnn_x3, mccnn, mobilenetv1, mobilenetv2, resnet18, "));
    }
}

TEST(BuiltInDescriptions, OfDefinesAreCalledAsTheyAreListed)
{
    EXPECT_EQ(read_described_workload("fsrcnn").name(), "fsrcnn");
    EXPECT_EQ(read_described_workload("defines/fsrcnn").name(), "fsrcnn");
    EXPECT_EQ(read_described_workload("defines/resnet18").name(), "defines/resnet18");
    EXPECT_EQ(read_described_workload("resnet18").name(), "resnet18");
}

}  // namespace
}  // namespace plumbline::cli
