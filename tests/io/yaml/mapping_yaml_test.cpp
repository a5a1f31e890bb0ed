// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <limits>
#include <map>

#include "io/edited_text.hpp"
#include "model/input_error.hpp"
#include "model/tiny.hpp"
#include "plumbline/io/yaml.hpp"
#include "test_data.hpp"

namespace plumbline::test {
namespace {

const std::string kRules = R"(- name: default
  spatial_mapping:
    D1:
      - K, 2
- name: Add
  spatial_mapping:
    D1: ["G, 2"]
  temporal_ordering: []
  memory_operand_links: {O: O, X: I1, Y: I1}
- name: Pooling
  spatial_mapping: null
)";

void expect_mapping_refused(const std::string& from, const std::string& to, int line, const std::string& field,
                            const std::string& part)
{
    const std::string text = edited(kRules, from, to);
    expect_input_error([&] { io::parse_mapping(text, "map.yaml", tiny_accelerator()); }, {"map.yaml", line, field},
                       part);
}

std::vector<Unrolling> default_unrollings(const std::string& text)
{
    return io::parse_mapping(text, "map.yaml", tiny_accelerator()).rules().front().unrollings;
}

TEST(MappingYaml, ReadsRules)
{
    const MappingRules rules = io::parse_mapping(kRules, "map.yaml", tiny_accelerator());
    const std::vector<OperandLink> usual{{"O", MemoryOperand::o}, {"W", MemoryOperand::i2}, {"I", MemoryOperand::i1}};
    const std::vector<OperandLink> sum{{"O", MemoryOperand::o}, {"X", MemoryOperand::i1}, {"Y", MemoryOperand::i1}};
    EXPECT_EQ(rules, (MappingRules{{{"default", {{"D1", LoopDim::k, 2}}, usual},
                                    {"Add", {{"D1", LoopDim::g, 2}}, sum},
                                    {"Pooling", {}, usual}}}));
}

TEST(MappingYaml, ChecksArrayDimensionsWhereTheAcceleratorIsKnown)
{
    const std::string text = edited(kRules, "    D1:\n", "    D4:\n");
    EXPECT_NO_THROW(io::parse_mapping(text, "map.yaml"));
    expect_input_error([&] { io::parse_mapping(text, "map.yaml", tiny_accelerator()); },
                       {"map.yaml", 3, "rules[0].spatial_mapping.D4"}, "'D4' is no array dimension of tiny");
}

TEST(MappingYaml, RefusesLoopsThatAreNone)
{
    expect_mapping_refused("- K, 2", "- KX, 2", 4, "rules[0].spatial_mapping.D1[0]", "'KX' is no loop dimension");
    expect_mapping_refused("- K, 2", "- K, two", 4, "rules[0].spatial_mapping.D1[0]", "'two' is no size");
    expect_mapping_refused("- K, 2", "- K, 0", 4, "rules[0].spatial_mapping.D1[0]", "'0' is no size");
    expect_mapping_refused("- K, 2", "- K", 4, "rules[0].spatial_mapping.D1[0]", "such as 'K, 32'");
    expect_mapping_refused("- K, 2", "- K, 2\n      - K, 3", 3, "rules[0].spatial_mapping.D1", "unrolls K twice");
}

TEST(MappingYaml, RefusesRulesThatAreMissingOrGivenTwice)
{
    expect_mapping_refused("name: default", "name: Conv", 1, "rules", "none is called 'default'");
    expect_mapping_refused("name: Add", "name: default", 5, "rules[1].name", "another rule");
    expect_mapping_refused("- name: Add\n  spatial", "- spatial", 5, "rules[1].name", "is missing");
}

TEST(MappingYaml, UnrollsWhatSuitsTheArrayWhereARuleSaysNothingOfUnrolling)
{
    // Along D2 lanes share a register of sums, along D3 and D4 one of weights; inputs come from a memory that all share.
    const Accelerator accelerator =
        io::read_accelerator(std::string{kPlatformsFolder} + "/accelerators/meta_prototype_df.yaml");
    const std::string open = "- name: default\n";
    std::map<std::string, std::vector<LoopDim>> loops;
    const MappingRules read = io::parse_mapping(open, "map.yaml", accelerator);
    for (const Unrolling& each : read.rules().front().unrollings) loops[each.array_dimension].push_back(each.dim);
    EXPECT_EQ(loops["D1"].size(), kAllLoopDims.size());
    EXPECT_EQ(loops["D1"].front(), LoopDim::k);
    EXPECT_EQ(loops["D2"], (std::vector<LoopDim>{LoopDim::c, LoopDim::fx, LoopDim::fy}));
    EXPECT_EQ(loops["D3"], (std::vector<LoopDim>{LoopDim::ox, LoopDim::oy, LoopDim::b}));
    EXPECT_EQ(loops["D4"], loops["D3"]);
    EXPECT_TRUE(io::parse_mapping(open, "map.yaml").rules().front().unrollings.empty()) << "of no known array";
    EXPECT_TRUE(io::parse_mapping(open + "  spatial_mapping: null\n", "map.yaml", accelerator)
                    .rules()
                    .front()
                    .unrollings.empty());
}

TEST(MappingYaml, UnrollsSeveralLoopsOverOneArrayDimension)
{
    EXPECT_EQ(default_unrollings(edited(kRules, "- K, 2", "- C, 4\n      - FX, 3")),
              (std::vector<Unrolling>{{"D1", LoopDim::c, 4}, {"D1", LoopDim::fx, 3}}));
}

TEST(MappingYaml, UnrollsHintedLoopsAsFarAsTheyGo)
{
    const std::string hinted = "name: default\n  spatial_mapping_hint: {D1: [C, FX], D9: [K]}";
    const std::string without =
        edited(edited(kRules, "  spatial_mapping:\n    D1:\n      - K, 2\n", ""), "name: default", hinted);
    const std::int64_t endless = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(default_unrollings(without),
              (std::vector<Unrolling>{{"D1", LoopDim::c, endless}, {"D1", LoopDim::fx, endless}}))
        << "there is no D9";
    EXPECT_EQ(default_unrollings(edited(kRules, "name: default", hinted)),
              (std::vector<Unrolling>{{"D1", LoopDim::k, 2}}))
        << "what is given needs no hint";
    expect_mapping_refused("temporal_ordering: []", "spatial_mapping_hint: {D1: [KX]}", 8,
                           "rules[1].spatial_mapping_hint.D1[0]", "'KX' is no loop dimension");
}

TEST(MappingYaml, NumbersTheDimensionsOfAMatrixProduct)
{
    EXPECT_EQ(default_unrollings(edited(kRules, "- K, 2", "- D0, 8")),
              (std::vector<Unrolling>{{"D1", LoopDim::ox, 8}}));
    EXPECT_EQ(default_unrollings(edited(kRules, "- K, 2", "- D1, 8")), (std::vector<Unrolling>{{"D1", LoopDim::k, 8}}));
    EXPECT_EQ(default_unrollings(edited(kRules, "- K, 2", "- D2, 8")), (std::vector<Unrolling>{{"D1", LoopDim::c, 8}}));
    expect_mapping_refused("- K, 2", "- D3, 8", 4, "rules[0].spatial_mapping.D1[0]", "'D3' is no loop dimension");
}

TEST(MappingYaml, ReadsAnOrderOfTemporalLoops)
{
    const std::string ordered =
        edited(kRules, "temporal_ordering: []", "temporal_ordering: [[OX, 112], [D1, \"*\"], [\"*\", \"*\"]]");
    EXPECT_EQ(io::parse_mapping(ordered, "map.yaml").rules()[1].ordering,
              (std::vector<OrderedLoop>{{LoopDim::ox, 112}, {LoopDim::k, {}}, {{}, {}}}));
    EXPECT_TRUE(io::parse_mapping(kRules, "map.yaml").rules()[1].ordering.empty());
    expect_mapping_refused("temporal_ordering: []", "temporal_ordering: [[K]]", 8, "rules[1].temporal_ordering[0]",
                           "such as [OX, 4]");
    expect_mapping_refused("temporal_ordering: []", "temporal_ordering: [[KX, 2]]", 8,
                           "rules[1].temporal_ordering[0][0]", "'KX' is no loop dimension");
    expect_mapping_refused("temporal_ordering: []", "temporal_ordering: [[K, 0]]", 8,
                           "rules[1].temporal_ordering[0][1]", "at least 1");
    expect_mapping_refused("temporal_ordering: []", "temporal_ordering: [[\"*\", 2]]", 8,
                           "rules[1].temporal_ordering[0][1]", "any loops have no size");
    expect_mapping_refused("temporal_ordering: []", "temporal_ordering: [[\"*\", \"*\"], [\"*\", \"*\"]]", 8,
                           "rules[1].temporal_ordering[1]", "a second time");
}

TEST(MappingYaml, RefusesUnknownOperandsAndKeys)
{
    expect_mapping_refused("Y: I1", "Y: I3", 9, "rules[1].memory_operand_links.Y", "'I3' is no memory operand");
    expect_mapping_refused("temporal_ordering", "temporal_order", 8, "rules[1].temporal_order", "'temporal_ordering'");
}

}  // namespace
}  // namespace plumbline::test
