// SPDX-License-Identifier: Apache-2.0
#include "io/onnx/onnx_model.hpp"

namespace plumbline::test {
namespace {

class OnnxOptionsTest : public OnnxFiles {};

TEST_F(OnnxOptionsTest, SayTheBatchThatTheFileLeavesOpen)
{
    EXPECT_EQ(layers_of("open_batch"), "Conv K4 C3 OY6 OX8 FY3 FX3");
    io::OnnxOptions options;
    options.batch = 5;
    EXPECT_EQ(layers_of("open_batch", options), "Conv B5 K4 C3 OY6 OX8 FY3 FX3");
    expect_refused("conv", "input 'x'", "fixes its batch size, expected an open one for a batch of 5", options);
}

TEST_F(OnnxOptionsTest, DoNotSayOtherSizes)
{
    expect_refused("open_size", "input 'x'", "leaves the size of dimension 2 called 'height' open");
}

TEST_F(OnnxOptionsTest, SkipWhatKeepsItsShape)
{
    expect_refused("hardmax_last", "graph", "1 Hardmax (y_node); --onnx-skip TYPE");
    EXPECT_EQ(layers_of("hardmax_last", {{}, {}, {}, {}, {"Hardmax"}}), "Gemm K10 C16");
    EXPECT_EQ(layers_of("declared_inside", {{}, {}, {}, {}, {"org.example.Blur"}}),
              "Conv K4 C3 OY6 OX8 FY3 FX3; Conv K4 C4 OY6 OX8");
}

TEST_F(OnnxOptionsTest, SkipWhatNobodyComputesWith)
{
    EXPECT_EQ(layers_of("resize_last", {{}, {}, {}, {}, {"Resize"}}), "Conv K4 C3 OY6 OX8 FY3 FX3");
    expect_refused("resize_inside", "Resize 'r_node'",
                   "cannot be skipped: its output may have another shape than its input, and Conv 'y_node' reads it",
                   {{}, {}, {}, {}, {"Resize"}});
}

TEST_F(OnnxOptionsTest, SkipNoLayersWithWhatJoinsMaps)
{
    const io::OnnxOptions blend{{}, {}, {}, {}, {"org.example.Blend"}};
    expect_refused("declared_join", "graph",
                   "has nodes that compute and that nobody reads behind what --onnx-skip passes through: Conv 'b_node'",
                   blend);
    // What the last node reads is what the network makes.
    EXPECT_EQ(layers_of("join_last", blend), "Conv K4 C3 OY6 OX8 FY3 FX3; Conv K4 C3 OY6 OX8 FY3 FX3");
    EXPECT_EQ(layers_of("concat", {{}, {}, {}, {}, {"Concat"}}), "Conv K4 C3 OY6 OX8; Conv K2 C3 OY6 OX8");
}

TEST_F(OnnxOptionsTest, SkipTypesThatThereAre)
{
    const auto complaint = [](const std::string& type) {
        try {
            model("declared_inside", {{}, {}, {}, {}, {type}});
        } catch (const InputError& error) {
            return error.where().field + ": " + error.problem();
        }
        return std::string{"none"};
    };
    EXPECT_THAT(complaint("lrn"),
                ::testing::AllOf(::testing::HasSubstr("--onnx-skip: 'lrn' is no type of a node of ONNX"),
                                 ::testing::HasSubstr("did you mean 'LRN'?")));
    EXPECT_THAT(complaint("Hardmx"), ::testing::HasSubstr("did you mean 'Hardmax'?"));
    // No node of this network is one of these, but they are types: what is refused is Blur.
    for (const char* type : {"LRN", "org.example.Other"})
        EXPECT_THAT(complaint(type), ::testing::HasSubstr("org.example.Blur"));
}

TEST_F(OnnxOptionsTest, AreNamedWhereManyNodesAreUnsupported)
{
    expect_refused("many_unsupported", "graph",
                   "has nodes that are not supported: 1 CumSum (b_node), 4 Hardmax (c_node, d_node, last_choice, …), "
                   "1 org.example.Blur (f_node), 1 Det (y_node); --onnx-skip TYPE passes their first input through");
}

TEST_F(OnnxOptionsTest, AreNamedWhereTheyHelpWithNodesThatAreRefused)
{
    // What reads the output of a node that was refused is not judged.
    expect_refused("many_refused", "graph",
                   "has 2 nodes that do what is not supported: Softmax 's_node' has batches among its rows, columns or "
                   "channels, expected an axis of their own; --onnx-skip Softmax passes its first input through; "
                   "ReduceMean 'r_node' takes values of a batch together, expected channels, rows or columns");
    expect_refused("many_refused", "ReduceMean 'r_node'", "takes values of a batch together",
                   {{}, {}, {}, {}, {"Softmax"}});
}

}  // namespace
}  // namespace plumbline::test
