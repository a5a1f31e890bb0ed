// SPDX-License-Identifier: Apache-2.0
// Bad files are answered with file and node, in words of ours.
#include <fstream>
#include <iterator>

#include "io/onnx/onnx_model.hpp"

namespace plumbline::test {
namespace {

class BadOnnx : public OnnxFiles {};

TEST_F(BadOnnx, IsNoGraph)
{
    expect_refused("cyclic", "Add 'first'", "reads 'b', which no node before it makes");
    expect_refused("two_origins", "Relu 'again'", "makes 'y' once more");
    expect_refused("unmade_output", "output 'z'", "is made by no node");
    expect_refused("no_output", "graph", "has no output");
}

TEST_F(BadOnnx, HasTypesThatNobodyKnows)
{
    expect_refused("unknown_type", "graph", "1 Convolve (odd)");
    expect_refused("if_node", "graph", "1 If (y_node)");
}

TEST_F(BadOnnx, HasNodesWithoutNames)
{
    expect_refused("unnamed", "graph", "1 Hardmax (Hardmax_1)");
    EXPECT_EQ(model("unnamed", {{}, {}, {}, {}, {"Hardmax"}}).layers().front().name, "Conv_0");
}

TEST_F(BadOnnx, IsTooLargeOrTooSmall)
{
    expect_refused("huge_input", "input 'x'", "is 1x3x1099511627776x10, expected sizes of at most 2147483648");
    expect_refused("huge_product", "input 'x'", "expected at most 2^50 elements");
    expect_refused("empty_input", "input 'x'", "is 1x3x0x10, expected sizes of at least 1");
    expect_refused("negative_input", "input 'x'", "expected sizes of at least 1");
    expect_refused("shapeless_input", "input 'x'", "has no shape");
}

TEST_F(BadOnnx, IsOfAnotherOpset)
{
    expect_refused("old_opset", "opset_import", "is opset 6, expected 7 to ");
    expect_refused("new_opset", "opset_import", "is opset 999, expected 7 to ");
}

TEST_F(BadOnnx, HasNodesThatAreNotAsDefined)
{
    expect_refused("no_kernel", "MaxPool 'y_node'", "lacks attribute 'kernel_shape'");
    expect_refused("unknown_attribute", "Conv 'y_node'", "has attribute 'speed', which opset 13 does not know");
    expect_refused("wrong_attribute", "Conv 'y_node'", "has attribute 'strides' of another type");
    expect_refused("three_strides", "Conv 'y_node'", "has 3 values of 'strides', expected 2");
    expect_refused("zero_stride", "Conv 'y_node'", "has 0 among 'strides', expected at least 1");
    expect_refused("negative_pads", "Conv 'y_node'", "has -1 among 'pads', expected at least 0");
    expect_refused("zero_groups", "Conv 'y_node'", "has 0 groups");
    expect_refused("one_input", "Conv 'y_node'", "has 1 inputs, expected 2 to 3");
    expect_refused("wrong_perm", "Transpose 'y_node'", "has a 'perm' that does not name each of its 4 axes once");
    expect_refused("wrong_axis", "Flatten 'y_node'", "names axis 9");
}

TEST_F(BadOnnx, HasShapesThatDoNotFit)
{
    expect_refused("wrong_reshape", "Reshape 'y_node'", "makes 1x7 of 1x4x6x8");
    expect_refused("open_reshape", "Reshape 'y_node'", "whose size the file does not tell");
}

TEST_F(BadOnnx, LooksForWeightsElsewhere)
{
    EXPECT_EQ(layers_of("external"), "Conv K4 C3 OY6 OX8 FY3 FX3") << "nobody reads them";
    expect_refused("external_elsewhere", "initializer 'w'", "in '../../secret', expected a file in the folder");
    expect_refused("external_absolute", "initializer 'w'", "in '/etc/passwd', expected a file in the folder");
}

TEST_F(BadOnnx, IsCutShort)
{
    std::ifstream file{model_path("flatten_gemm"), std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    ASSERT_FALSE(bytes.empty());
    for (std::size_t length = 0; length < bytes.size(); length += 7) {
        try {
            // A cut between two fields leaves a file that lacks something.
            io::parse_onnx(bytes.substr(0, length), "cut.onnx");
            ADD_FAILURE() << "is taken with " << length << " bytes";
        } catch (const InputError& error) {
            EXPECT_EQ(error.where().file, "cut.onnx");
        }
    }
    EXPECT_THROW(io::parse_onnx("", "empty.onnx"), InputError);
    EXPECT_THROW(io::parse_onnx("layers: []\n", "yaml.onnx"), InputError);
}

TEST(AbsentOnnx, IsSaid)
{
    try {
        io::read_onnx("nowhere/net.onnx");
        ADD_FAILURE() << "is taken";
    } catch (const InputError& error) {
        EXPECT_STREQ(error.what(), "nowhere/net.onnx: cannot be read: No such file or directory");
    }
}

}  // namespace
}  // namespace plumbline::test
