// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/check_files.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "io/edited_text.hpp"
#include "model/checks/findings.hpp"
#include "test_data.hpp"

namespace plumbline::io {
namespace {

using namespace plumbline::test;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::Not;

const std::string kTiny = std::string{kPlatformsFolder} + "/tiny/";

/// The files of platforms/tiny, each with one edit, in a folder that is gone after the test.
class CheckFiles : public testing::Test {
protected:
    CheckFiles() : folder_{std::filesystem::temp_directory_path() / ("plumbline_check_" + std::to_string(::getpid()))}
    {
        std::filesystem::create_directories(folder_);
    }
    ~CheckFiles() override { std::filesystem::remove_all(folder_); }

    std::string file(const std::string& name, const std::string& part = {}, const std::string& by = {}) const
    {
        std::ifstream in{kTiny + name};
        const std::string text{std::istreambuf_iterator<char>{in}, {}};
        std::string path = (folder_ / name).string();
        std::ofstream{path} << (part.empty() ? text : edited(text, part, by));
        return path;
    }

    std::string written(const std::string& name, const std::string& text) const
    {
        std::string path = (folder_ / name).string();
        std::ofstream{path} << text;
        return path;
    }

private:
    std::filesystem::path folder_;
};

/// At a line of a file.
auto at(const std::string& file, int line)
{
    return Field(&Finding::where, AllOf(Field(&SourceLocation::file, file), Field(&SourceLocation::line, line)));
}

TEST_F(CheckFiles, FindsRemarksAloneInTheMachineOfThePages)
{
    const std::vector<Finding> found = check_files({file("tiny.yaml"), file("one_layer.yaml"), file("rules.yaml")});
    EXPECT_THAT(found, Not(Contains(Field(&Finding::severity, Severity::error))));
}

TEST_F(CheckFiles, SaysOnceWhatIsIgnored)
{
    // Line 8 of the file has input_precision, line 10 unit_area, lines 19, 32 and 43 the areas of three memories.
    const std::string path = file("tiny.yaml");
    EXPECT_THAT(check_files({path}),
                ElementsAre(AllOf(at(path, 8), remark("operational_array.input_precision", "has no effect")),
                            AllOf(at(path, 10), remark("operational_array.unit_area", "no area is computed")),
                            AllOf(at(path, 19), remark("memories.reg_o.area", "'area' has no effect (3 times)"))));
}

TEST_F(CheckFiles, GoesOnAfterAFileThatIsRefused)
{
    const std::string broken = file("tiny.yaml", "size: 16", "sice: 16");
    const std::string network = file("one_layer.yaml", "operand_precision", "operand_precisions");
    const std::vector<Finding> found = check_files({broken, network, "nowhere.yaml"});
    EXPECT_THAT(found, ElementsAre(AllOf(at(broken, 16), error("memories.reg_o.sice", "did you mean 'size'?")),
                                   AllOf(at(network, 9), error("layers[0].operand_precisions", "did you mean")),
                                   AllOf(at("nowhere.yaml", 0), error("", ""))));
}

/// A pointwise convolution of a map of 4 x 4, on seven lines.
std::string layer_text(int id, int source, const std::string& sizes, const std::string& more = {})
{
    const std::string number = std::to_string(id);
    return "- id: " + number + "\n  operator_type: Conv\n" +
           "  equation: O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]\n" +
           "  dimension_relations: [ix=1*ox+1*fx, iy=1*oy+1*fy]\n  loop_dims: [B, K, C, OY, OX, FY, FX]\n  "
           "loop_sizes: " +
           sizes + "\n  operand_precision: {W: 8, I: 8, O: 16, O_final: 8" + more + "}\n" +
           "  operand_source: {W: " + number + ", I: " + std::to_string(source) + "}\n" +
           "  pr_loop_dims: [IX, IY]\n  padding: [[0, 0], [1, 1]]\n";
}

TEST_F(CheckFiles, SaysWhatIsWrongWithEachLayer)
{
    // Ten lines each. Layer 0 has a size too few, layer 1, which reads it, no channel, layer 2 a precision of nobody. Layer 3 is right; layer 4 reads
    // more rows than that makes, and layer 6 a layer that there is not; layer 5 reads layer 4 and would be right with it.
    const std::string sizes = "[1, 2, 2, 6, 4, 1, 1]";
    const std::string path =
        written("net.yaml", layer_text(0, 0, "[1, 2, 2, 6, 4, 1]") + layer_text(1, 0, "[1, 2, 0, 8, 4, 1, 1]") +
                                layer_text(2, 2, sizes, ", Z: 8") + layer_text(3, 3, sizes) +
                                layer_text(4, 3, "[1, 2, 2, 9, 4, 1, 1]") + layer_text(5, 4, "[1, 2, 2, 11, 4, 1, 1]") +
                                layer_text(6, 17, sizes));
    EXPECT_THAT(check_files({path}),
                ElementsAre(AllOf(at(path, 6), error("layers[0].loop_sizes", "has 6 entries")),
                            AllOf(at(path, 16), error("layers[1].loop_sizes[2]", "is 0")),
                            AllOf(at(path, 27), error("layers[2].operand_precision.Z", "not a known key")),
                            AllOf(at(path, 41), error("layers[4].pr_loop_sizes", "reads 7 along IY")),
                            AllOf(at(path, 68), error("layers[6].operand_source.I", "there is no layer 17"))));
}

TEST_F(CheckFiles, SaysWhatIsWrongWithEachMemoryAndRule)
{
    const std::string machine = file("tiny.yaml", "unit_energy", "unit_energies");
    std::ifstream in{machine};
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    text = edited(edited(text, "size: 16", "size: many"), "size: 1024", "size: more");
    const std::string broken = written("broken.yaml", text);
    const std::string rules = written("more_rules.yaml",
                                      "- name: default\n  spatial_mapping: {D1: [\"K\"]}\n- name: Conv\n  spatial: {}\n"
                                      "- name: Add\n  spatial_mapping: {D1: [\"Z, 2\"]}\n");
    const std::vector<Finding> found = check_files({broken, rules});
    EXPECT_THAT(found, Contains(error("operational_array.unit_energies", "")));
    EXPECT_THAT(found, Contains(error("memories.reg_o.size", "")));
    EXPECT_THAT(found, Contains(error("memories.sram.size", "")));
    EXPECT_THAT(found, Contains(AllOf(at(rules, 2), error("rules[0].spatial_mapping.D1[0]", "is 'K'"))));
    EXPECT_THAT(found, Contains(AllOf(at(rules, 4), error("rules[1].spatial", "not a known key"))));
    EXPECT_THAT(found, Contains(AllOf(at(rules, 6), error("rules[2].spatial_mapping.D1[0]", "no loop dimension"))));
    EXPECT_EQ(found.size(), 6U);
}

TEST_F(CheckFiles, PointsAtTheLine)
{
    // The size of sram is on line 29.
    const std::string path = file("tiny.yaml", "size: 1024", "size: 31");
    EXPECT_THAT(check_files({path}), Contains(AllOf(at(path, 29), suspicious("memories.sram.size", "31 bit"))));
}

TEST_F(CheckFiles, ChecksWhatIsGivenTogether)
{
    // A rule for a layer that is not there begins on line 6.
    const std::string rules =
        file("rules.yaml", "I: I1}\n", "I: I1}\n- name: convolution\n  spatial_mapping: {D1: [\"K, 2\"]}\n");
    const std::vector<Finding> found = check_files({file("tiny.yaml"), file("one_layer.yaml"), rules});
    EXPECT_THAT(found, Contains(AllOf(at(rules, 6), suspicious("rules[1]", "no layer of one_layer uses the rule"))));
    const std::string other = file("rules.yaml", "D1:", "D7:");
    EXPECT_THAT(check_files({file("tiny.yaml"), other}),
                Contains(AllOf(at(other, 4), error("rules[0].spatial_mapping.D7", "no array dimension of tiny"))));
    EXPECT_THAT(check_files({other}), IsEmpty());
}

TEST_F(CheckFiles, TellsFromTheContentWhatIsDescribed)
{
    EXPECT_EQ(description_kind(file("tiny.yaml")), DescriptionKind::accelerator);
    EXPECT_EQ(description_kind(file("one_layer.yaml")), DescriptionKind::workload);
    EXPECT_EQ(description_kind(file("rules.yaml")), DescriptionKind::mapping);
    EXPECT_EQ(description_kind("nowhere.yaml"), std::nullopt);
    const std::string other =
        file("rules.yaml",
             "- name: default\n  spatial_mapping: {D1: [\"K, 2\"]}\n  memory_operand_links: {O: O, W: I2, I: I1}\n",
             "- 1\n");
    EXPECT_THAT(check_files({other}), ElementsAre(error("", "is no description, expected hardware")));
}

TEST_F(CheckFiles, FindsNoErrorInWhatIsBuiltIn)
{
    for (const char* name : {"meta_prototype_df", "tpu_like", "edge_tpu_like_df", "ascend_like", "tesla_npu_like_df"}) {
        const std::string family = std::string{name}.substr(0, std::string{name}.find("_df"));
        const std::vector<Finding> found =
            check_files({std::string{kPlatformsFolder} + "/accelerators/" + name + ".yaml",
                         std::string{kPlatformsFolder} + "/workloads/defines/fsrcnn.yaml",
                         std::string{kPlatformsFolder} + "/mappings/" + family + ".yaml"});
        EXPECT_THAT(found, Not(Contains(Field(&Finding::severity, Severity::error)))) << name;
    }
}

}  // namespace
}  // namespace plumbline::io
