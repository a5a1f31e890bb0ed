// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <map>

#include "io/edited_text.hpp"
#include "model/input_error.hpp"
#include "plumbline/io/yaml.hpp"

namespace plumbline::test {
namespace {

const std::string kNet = R"(- id: 0
  name: stem
  operator_type: Conv
  equation: O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]
  dimension_relations: [ix=2*ox+1*fx, iy=oy+3*fy]
  loop_dims: [B, K, C, OY, OX, FY, FX]
  loop_sizes: [1, 8, 3, 10, 20, 3, 5]
  operand_precision: {W: 4, I: 8, O: 16, O_final: 8}
  operand_source: {W: 0, I: 0}
  pr_loop_dims: [IX, IY]
  pr_loop_sizes: [43, 16]
  padding: [[1, 1], [0, 2]]
- id: 1
  operator_type: Pooling
  equation: O[b][g][oy][ox] += W[] * I[b][g][oy][ox]
  loop_dims: [B, G, OY, OX]
  loop_sizes: [1, 8, 10, 20]
  operand_precision: {W: 0, I: 8, O: 16, O_final: 8}
  operand_source: {I: 0}
- id: 2
  operator_type: Add
  equation: O[b][g][oy][ox]=W[b][g][oy][ox]+I[b][g][oy][ox]
  dimension_relations: []
  loop_dims: [B, G, OY, OX]
  loop_sizes: [1, 8, 10, 20]
  operand_precision: {W: 8, I: 8, O: 16, O_final: 8}
  operand_source:
    W: 0
    I: 1
)";

void expect_workload_refused(const std::string& from, const std::string& to, int line, const std::string& field,
                             const std::string& part)
{
    const std::string text = edited(kNet, from, to);
    expect_input_error([&] { io::parse_workload(text, "nets/net.yaml"); }, {"nets/net.yaml", line, field}, part);
}

TEST(WorkloadYaml, ReadsEquationsSizesAndPrecisions)
{
    const Workload net = io::parse_workload(kNet, "nets/net.yaml");
    EXPECT_EQ(net.name(), "net");
    const Layer& stem = net.layer(0);
    EXPECT_EQ(stem.name, "stem");
    EXPECT_EQ(stem.operator_type, "Conv");
    EXPECT_EQ(stem.sizes[LoopDim::fx], 5);
    EXPECT_EQ(stem.sizes[LoopDim::g], 1);
    EXPECT_EQ(stem.output.precision, Bits{16});
    EXPECT_EQ(stem.final_precision, Bits{8});
    ASSERT_EQ(stem.inputs.size(), 2U);
    EXPECT_EQ(stem.inputs[0].name, "W");
    EXPECT_EQ(stem.inputs[0].precision, Bits{4});
    EXPECT_TRUE(stem.inputs[0].relevant.contains(LoopDim::c));
    EXPECT_EQ(stem.macs(), 8 * 3 * 10 * 20 * 3 * 5);
}

TEST(WorkloadYaml, ReadsRelationsWithAndWithoutFactors)
{
    const Workload net = io::parse_workload(kNet, "net.yaml");
    const std::vector<SlidingAxis> expected{{"IY", LoopDim::oy, 1, LoopDim::fy, 3, 0, 2, 16},
                                            {"IX", LoopDim::ox, 2, LoopDim::fx, 1, 1, 1, 43}};
    EXPECT_EQ(net.layer(0).inputs[1].sliding, expected);
}

TEST(WorkloadYaml, TakesWhatWindowsReachWithoutPaddingForTheSizeOfAMap)
{
    // 20 windows of 5 that are 2 apart reach 19 * 2 + 5 = 43 columns, 2 of them zeros; 10 of 3 rows that are 3 apart reach
    // 9 + 2 * 3 + 1 = 16, of which 2 are zeros.
    const Workload net = io::parse_workload(edited(kNet, "  pr_loop_sizes: [43, 16]\n", ""), "net.yaml");
    EXPECT_EQ(net.layer(0).inputs[1].sliding[0].size, 14);
    EXPECT_EQ(net.layer(0).inputs[1].sliding[1].size, 41);
}

TEST(WorkloadYaml, LeavesTheSizeOfAMapOpenWhereTheFileSaysNothing)
{
    const std::string silent =
        edited(edited(kNet, "  pr_loop_sizes: [43, 16]\n", ""), "  padding: [[1, 1], [0, 2]]\n", "");
    EXPECT_EQ(io::parse_workload(silent, "net.yaml").layer(0).inputs[1].sliding[0].size, std::nullopt);
}

TEST(WorkloadYaml, PutsTheOutputPositionFirstInARelation)
{
    const Workload net = io::parse_workload(edited(kNet, "ix=2*ox+1*fx", "ix=fx+2*ox"), "net.yaml");
    EXPECT_EQ(net.layer(0).inputs[1].sliding[1], (SlidingAxis{"IX", LoopDim::ox, 2, LoopDim::fx, 1, 1, 1, 43}));
    // The published MobileNet has this one.
    const Workload odd = io::parse_workload(edited(kNet, "iy=oy+3*fy", "iy=1*oy+1*fx"), "net.yaml");
    EXPECT_EQ(odd.layer(0).inputs[1].sliding[0], (SlidingAxis{"IY", LoopDim::oy, 1, LoopDim::fx, 1, 0, 2, 16}));
}

TEST(WorkloadYaml, NamesLayersByTheirIdWhereTheyHaveNoName)
{
    EXPECT_EQ(io::parse_workload(kNet, "net.yaml").layer(2).name, "2");
}

TEST(WorkloadYaml, TakesTheOwnIdOrNothingForNoSource)
{
    const Workload net = io::parse_workload(kNet, "net.yaml");
    EXPECT_TRUE(net.layer(0).inputs[0].constant);
    EXPECT_FALSE(net.layer(0).inputs[1].constant) << "the network's input";
    EXPECT_EQ(net.layer(0).inputs[1].source, std::nullopt);
    EXPECT_TRUE(net.layer(1).inputs[0].constant) << "pooling has a W of no bits";
    EXPECT_EQ(net.layer(1).inputs[1].source, 0);
    EXPECT_FALSE(net.layer(2).inputs[0].constant) << "the W of an addition is an activation";
    EXPECT_EQ(net.layer(2).inputs[0].source, 0);
}

Operation operation_in(const std::string& text, LayerId id)
{
    return io::parse_workload(text, "net.yaml").layer(id).operation;
}

TEST(WorkloadYaml, TakesTheOperationFromTheOperatorType)
{
    EXPECT_EQ(operation_in(kNet, 0), Operation::convolution);
    EXPECT_EQ(operation_in(kNet, 1), Operation::maximum_pooling);
    EXPECT_EQ(operation_in(kNet, 2), Operation::addition);
    EXPECT_EQ(operation_in(edited(kNet, "Conv", "DepthwiseConv"), 0), Operation::depthwise_convolution);
    EXPECT_EQ(operation_in(edited(kNet, "type: Pooling", "type: AveragePool"), 1), Operation::average_pooling);
}

TEST(WorkloadYaml, TakesThePoolingFunctionFromAKeyOfItsOwn)
{
    const std::string average = edited(kNet, "type: Pooling", "type: Pooling\n  pooling: average");
    EXPECT_EQ(operation_in(average, 1), Operation::average_pooling);
    const std::string unbounded =
        edited(kNet, "  pr_loop_dims: [IX, IY]\n  pr_loop_sizes: [43, 16]\n  padding: [[1, 1], [0, 2]]\n", "");
    const std::string global = edited(unbounded, "loop_sizes: [1, 8, 10, 20]", "loop_sizes: [1, 8, 1, 1]");
    EXPECT_EQ(operation_in(global, 1), Operation::average_pooling) << "of one pixel, unless the file says more";
    const std::string maximum = edited(global, "type: Pooling", "type: Pooling\n  pooling: maximum");
    EXPECT_EQ(operation_in(maximum, 1), Operation::maximum_pooling);
}

TEST(WorkloadYaml, RefusesMapsWithEdgesThatDoNotFit)
{
    expect_workload_refused("loop_sizes: [1, 8, 10, 20]", "loop_sizes: [1, 8, 10, 19]", 19,
                            "layers[1].operand_source.I",
                            "layer '1' reads 19 along OX as I, but its source, layer 'stem', makes 20");
    expect_workload_refused("pr_loop_sizes: [43, 16]", "pr_loop_sizes: [40, 16]", 11, "layers[0].pr_loop_sizes",
                            "layer 'stem' reads 41 along IX beside its padding, but the map has 40");
}

TEST(WorkloadYaml, RefusesAPoolingFunctionThatTheOperatorTypeContradicts)
{
    expect_workload_refused("type: Pooling", "type: Pooling\n  pooling: median", 15, "layers[1].pooling",
                            "maximum or average");
    expect_workload_refused("type: Add", "type: Add\n  pooling: maximum", 22, "layers[2].pooling",
                            "'Add' is no pooling");
    expect_workload_refused("type: Pooling", "type: MaxPool\n  pooling: average", 15, "layers[1].pooling",
                            "but the operator type is 'MaxPool'");
}

const std::string kProduct = R"(- id: 0
  operator_type: Gemm
  equation: O[d0][d1]+=I[d0][d2]*W[d2][d1]
  dimension_relations: []
  loop_dims: [D0, D1, D2]
  loop_sizes: [10, 20, 30]
  operand_precision: {W: 8, I: 8, O: 32, O_final: 8}
  operand_source: {I: 0, W: 0}
)";

TEST(WorkloadYaml, TakesNumberedDimensionsAsThoseOfAPointwiseConvolution)
{
    const Workload net = io::parse_workload(kProduct, "net.yaml");
    const Layer& product = net.layer(0);
    EXPECT_EQ(product.sizes[LoopDim::ox], 10);
    EXPECT_EQ(product.sizes[LoopDim::k], 20);
    EXPECT_EQ(product.sizes[LoopDim::c], 30);
    const std::string pointwise = edited(
        edited(kProduct, "O[d0][d1]+=I[d0][d2]*W[d2][d1]", "O[ox][k]+=I[ox][c]*W[c][k]"), "D0, D1, D2", "OX, K, C");
    EXPECT_EQ(net, io::parse_workload(pointwise, "net.yaml"));
    EXPECT_FALSE(product.inputs[0].constant);
    EXPECT_TRUE(product.inputs[1].constant);
}

TEST(WorkloadYaml, RefusesNumbersThatMeanSomethingElse)
{
    const std::string swapped = edited(kProduct, "O[d0][d1]+=I[d0][d2]*W[d2][d1]", "O[d0][d1]+=W[d0][d2]*I[d2][d1]");
    expect_input_error([&] { io::parse_workload(swapped, "net.yaml"); }, {"net.yaml", 5, "layers[0].loop_dims[0]"},
                       "D0 indexes other operands than in O[d0][d1]+=I[d0][d2]*W[d2][d1]");
    const std::string both = edited(kProduct, "D0, D1, D2", "D0, OX, D2");
    expect_input_error([&] { io::parse_workload(both, "net.yaml"); }, {"net.yaml", 5, "layers[0].loop_dims[1]"},
                       "OX is listed twice");
}

TEST(WorkloadYaml, RefusesBadEquations)
{
    const std::string good = "O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]";
    const std::string field = "layers[0].equation";
    expect_workload_refused(good, "O[b][k][oy][ox]+=W[k][c][fy][fx]*", 4, field, "expected an operand at the end");
    expect_workload_refused(good, "O[b][k", 4, field, "expected ']' at the end");
    expect_workload_refused(good, "O[b][k]W[k]", 4, field, "expected '=' or '+='");
    expect_workload_refused(good, "O[b]=W[b]-I[b]", 4, field, "expected '*' or '+' before '-I[b]'");
    expect_workload_refused(good, "O[b]=W[b]*I[b]*I[b]", 4, field, "no more than two inputs");
    expect_workload_refused(good, "O[b][b]=W[b]*I[b]", 4, field, "index 'b' twice");
    expect_workload_refused(good, "O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][iz]", 4, field,
                            "index 'iz' of I is neither");
    expect_workload_refused("[b][g][oy][ox] += W[]", "[b][g][k][ox] += W[]", 15, "layers[1].equation",
                            "K, which is not among");
}

TEST(WorkloadYaml, RefusesBadRelations)
{
    const std::string field = "layers[0].dimension_relations[0]";
    expect_workload_refused("ix=2*ox+1*fx", "ix=2*ox", 5, field, "expected '+' at the end");
    expect_workload_refused("ix=2*ox+1*fx", "ix=2*iz+1*fx", 5, field, "'iz' is no loop dimension");
    expect_workload_refused("ix=2*ox+1*fx", "ix=-2*ox+1*fx", 5, field, "cannot be understood");
    expect_workload_refused("ix=2*ox+1*fx", "ix=0*ox+1*fx", 5, field, "'0' is no factor");
    expect_workload_refused("ix=2*ox+1*fx", "ox=2*ox+1*fx", 5, field, "itself a loop dimension");
}

TEST(WorkloadYaml, RefusesLoopsThatAreNone)
{
    expect_workload_refused("loop_dims: [B, K, C", "loop_dims: [B, KK, C", 6, "layers[0].loop_dims[1]",
                            "'KK' is no loop dimension");
    expect_workload_refused("loop_dims: [B, K, C", "loop_dims: [B, B, C", 6, "layers[0].loop_dims[1]", "twice");
    expect_workload_refused("loop_sizes: [1, 8, 3", "loop_sizes: [8, 3", 7, "layers[0].loop_sizes",
                            "has 6 entries, expected one for each of 7");
    expect_workload_refused("loop_sizes: [1, 8, 3", "loop_sizes: [1, -8, 3", 7, "layers[0].loop_sizes[1]", "is -8");
}

TEST(WorkloadYaml, RefusesSourcesAndIdsThatDoNotFit)
{
    expect_workload_refused("operand_source: {I: 0}", "operand_source: {I: 9}", 19, "layers[1].operand_source.I",
                            "no layer 9");
    expect_workload_refused("operand_source: {I: 0}", "operand_source: {I: 2}", 19, "layers[1].operand_source",
                            "cycle: 1, 2;");
    expect_workload_refused("operand_source: {I: 0}", "operand_source: {X: 0}", 19, "layers[1].operand_source.X",
                            "not a known key");
    expect_workload_refused("- id: 1", "- id: 0", 13, "layers[1].id", "another layer has id 0");
    expect_workload_refused("- id: 1", "- id: one", 13, "layers[1].id", "is 'one', expected an integer");
    expect_workload_refused("- id: 1", "- id: 1\n  name: stem", 14, "layers[1].name", "another layer is called 'stem'");
}

TEST(WorkloadYaml, RefusesPrecisionsThatDoNotFit)
{
    expect_workload_refused("{W: 4, I: 8", "{W: 4, J: 8", 8, "layers[0].operand_precision.J", "not a known key");
    expect_workload_refused("{W: 4, I: 8", "{W: 4", 8, "layers[0].operand_precision.I", "is missing");
    expect_workload_refused("{W: 4, I: 8", "{W: 4, I: 0", 8, "layers[0].operand_precision.I", "is 0");
}

TEST(WorkloadYaml, RefusesPaddingOfTheWrongLength)
{
    expect_workload_refused("padding: [[1, 1], [0, 2]]", "padding: [[1, 1]]", 12, "layers[0].padding", "has 1 entries");
    expect_workload_refused("padding: [[1, 1], [0, 2]]", "padding: [[1, 1], [0]]", 12, "layers[0].padding[1]",
                            "two amounts");
    const std::string sizes = "  pr_loop_sizes: [43, 16]\n";
    expect_workload_refused(sizes + "  padding: [[1, 1], [0, 2]]", "  padding: [[1, 1], [0, -2]]", 11,
                            "layers[0].padding[1][1]", "-2");
    expect_workload_refused("pr_loop_sizes: [43, 16]", "pr_loop_sizes: [43]", 11, "layers[0].pr_loop_sizes",
                            "has 1 entries");
    expect_workload_refused("pr_loop_sizes: [43, 16]", "pr_loop_sizes: [43, 0]", 11, "layers[0].pr_loop_sizes[1]",
                            "is 0, expected at least 1");
    expect_workload_refused("padding: [[1, 1], [0, 2]]", "padding: [[1, 1], [0, 9999999999]]", 12,
                            "layers[0].padding[1][1]", "expected -2^31 to 2^31");
    const std::string all_padding = edited(kNet, "  pr_loop_sizes: [43, 16]\n", "");
    expect_input_error(
        [&] { io::parse_workload(edited(all_padding, "[[1, 1], [0, 2]]", "[[1, 1], [0, 16]]"), "net.yaml"); },
        {"net.yaml", 11, "layers[0].padding"}, "layer 'stem' has padding that leaves 0 along IY, expected at least 1");
}

TEST(WorkloadYaml, RefusesOnnxAndSaysWhatMakesYamlOfIt)
{
    expect_input_error([] { io::read_workload("net.onnx"); }, {"net.onnx", 0, ""}, "expected YAML ('plumbline import'");
}

TEST(WorkloadYaml, ReadsUpSamplingAndWhatIsLeftOut)
{
    // 41 positions and two of padding along IX: 21 columns, each twice, of which one position is left over. Along IY 16 rows, of
    // which the first is left out and two of padding follow.
    const std::string text =
        edited(edited(kNet, "pr_loop_sizes: [43, 16]", "pr_loop_sizes: [21, 16]\n  pr_loop_upsampling: [2, 1]"),
               "padding: [[1, 1], [0, 2]]", "padding: [[1, 1], [-1, 2]]");
    const Workload workload = io::parse_workload(text, "net.yaml");
    std::map<std::string, SlidingAxis> axes;
    for (const SlidingAxis& axis : workload.layer(0).inputs[1].sliding) axes[axis.name] = axis;
    EXPECT_EQ(axes["IX"].upsampling, 2);
    EXPECT_EQ(axes["IX"].size, 21);
    EXPECT_EQ(axes["IY"].upsampling, 1);
    EXPECT_EQ(axes["IY"].padding_before, -1);
}

TEST(WorkloadYaml, ReadsPositionsAmongChannels)
{
    // 43 columns in 22 pixels of two, the first of which holds one of them; 16 rows in 4 pixels.
    const std::string text =
        edited(kNet, "pr_loop_sizes: [43, 16]",
               "pr_loop_sizes: [43, 16]\n  pr_loop_depth_to_space: [2, 4]\n  pr_loop_depth_offset: [1, 0]");
    const Workload workload = io::parse_workload(text, "net.yaml");
    std::map<std::string, SlidingAxis> axes;
    for (const SlidingAxis& axis : workload.layer(0).inputs[1].sliding) axes[axis.name] = axis;
    EXPECT_EQ(axes["IX"].depth_to_space, 2);
    EXPECT_EQ(axes["IX"].depth_offset, 1);
    EXPECT_EQ(axes["IX"].size, 43);
    EXPECT_EQ(axes["IY"].depth_to_space, 4);
    EXPECT_EQ(axes["IY"].depth_offset, 0);
    EXPECT_EQ(io::parse_workload(io::workload_text(workload), "net.yaml"), workload);
    expect_workload_refused("pr_loop_sizes: [43, 16]", "pr_loop_sizes: [43, 16]\n  pr_loop_depth_to_space: [2]", 12,
                            "layers[0].pr_loop_depth_to_space",
                            "has 1 entries, expected one for each of 2 pr_loop_dims");
    expect_workload_refused("pr_loop_sizes: [43, 16]", "pr_loop_sizes: [43, 16]\n  pr_loop_depth_offset: [1, 0]", 12,
                            "layers[0].pr_loop_depth_offset",
                            "is 1 along IX, expected 0 or more, and less than lie in an element");
}

TEST(WorkloadYaml, RefusesUpSamplingThatDoesNotFit)
{
    const auto expect = [](const std::string& times, const std::string& field, const std::string& part) {
        expect_workload_refused("pr_loop_sizes: [43, 16]", "pr_loop_sizes: [43, 16]\n  pr_loop_upsampling: " + times,
                                12, field, part);
    };
    expect("[2]", "layers[0].pr_loop_upsampling", "has 1 entries, expected one for each of 2 pr_loop_dims");
    expect("[0, 1]", "layers[0].pr_loop_upsampling", "is 0 along IX, expected at least 1");
}

TEST(WorkloadYaml, RefusesKeysThatAreMissingOrUnknown)
{
    expect_workload_refused("  loop_dims: [B, K, C, OY, OX, FY, FX]\n", "", 1, "layers[0].loop_dims", "is missing");
    expect_workload_refused("operator_type: Pooling", "operator: Pooling", 14, "layers[1].operator", "'operator_type'");
    expect_input_error([] { io::parse_workload("id: 0\n", "net.yaml"); }, {"net.yaml", 1, "layers"}, "expected a list");
    expect_input_error([] { io::parse_workload("[]\n", "net.yaml"); }, {"net.yaml", 1, "layers"}, "is empty");
}

}  // namespace
}  // namespace plumbline::test
