// SPDX-License-Identifier: Apache-2.0
// U-Net as published: Ronneberger, Fischer and Brox, MICCAI 2015 (arXiv:1505.04597), figure 1.
#include <gtest/gtest.h>

#include <vector>

#include "plumbline/io/yaml.hpp"
#include "test_data.hpp"

namespace plumbline::test {
namespace {

Workload unet() { return io::read_workload(std::string{kPlatformsFolder} + "/workloads/unet.yaml"); }

struct Convolution {
    std::int64_t window, channels_in, channels, size;

    std::int64_t macs() const { return window * window * channels_in * channels * size * size; }
};

/// From left to right in figure 1, with the sizes that stand beside the maps. An up-convolution has a window of 2x2 on the
/// up-sampled map (section 2: "an upsampling of the feature map followed by a 2x2 convolution that halves the number of feature
/// channels").
std::vector<Convolution> convolutions()
{
    return {{3, 1, 64, 570},    {3, 64, 64, 568},   {3, 64, 128, 282},  {3, 128, 128, 280}, {3, 128, 256, 138},
            {3, 256, 256, 136}, {3, 256, 512, 66},  {3, 512, 512, 64},  {3, 512, 1024, 30}, {3, 1024, 1024, 28},
            {2, 1024, 512, 56}, {3, 1024, 512, 54}, {3, 512, 512, 52},  {2, 512, 256, 104}, {3, 512, 256, 102},
            {3, 256, 256, 100}, {2, 256, 128, 200}, {3, 256, 128, 198}, {3, 128, 128, 196}, {2, 128, 64, 392},
            {3, 128, 64, 390},  {3, 64, 64, 388},   {1, 64, 2, 388}};
}

TEST(UNet, HasThePublishedConvolutions)
{
    const Workload network = unet();
    std::vector<const Layer*> found;
    for (const Layer& layer : network.layers())
        if (layer.operation == Operation::convolution) found.push_back(&layer);
    const std::vector<Convolution> published = convolutions();
    ASSERT_EQ(found.size(), published.size());
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < published.size(); ++i) {
        EXPECT_EQ(found[i]->macs(), published[i].macs()) << found[i]->name;
        EXPECT_EQ(found[i]->sizes[LoopDim::ox], published[i].size) << found[i]->name;
        EXPECT_EQ(found[i]->sizes[LoopDim::k], published[i].channels) << found[i]->name;
        sum += found[i]->macs();
    }
    EXPECT_EQ(sum, 167'322'556'672);
}

TEST(UNet, HasThePublishedWeights)
{
    // 31,030,658 parameters, of which 6,850 are biases: one for each channel of the convolutions.
    std::int64_t biases = 0;
    for (const Convolution& each : convolutions()) biases += each.channels;
    EXPECT_EQ(biases, 6'850);
    std::int64_t read = 0;
    const Workload network = unet();
    for (const Layer& layer : network.layers())
        if (layer.operation == Operation::convolution) read += elements(*weights_of(layer), layer.sizes);
    EXPECT_EQ(read + biases, 31'030'658);
}

TEST(UNet, ReadsMapsUpSampledAndCropped)
{
    const Workload network = unet();
    std::vector<std::int64_t> crops;
    std::vector<std::int64_t> doubled;
    for (const Layer& layer : network.layers())
        for (const Operand& input : layer.inputs)
            for (const SlidingAxis& axis : input.sliding) {
                if (axis.position != LoopDim::ox) continue;
                if (layer.operation == Operation::concatenation) crops.push_back(-axis.padding_before);
                if (axis.upsampling > 1) doubled.push_back(*axis.size);
            }
    // 64 to 56, 136 to 104, 280 to 200 and 568 to 392, half on each side.
    EXPECT_EQ(crops, (std::vector<std::int64_t>{4, 16, 40, 88}));
    EXPECT_EQ(doubled, (std::vector<std::int64_t>{28, 52, 100, 196}));
    EXPECT_EQ(network.outputs().size(), 1U);
}

}  // namespace
}  // namespace plumbline::test
