// SPDX-License-Identifier: Apache-2.0
#include "io/yaml/published_counts.hpp"

#include <array>
#include <map>
#include <utility>
#include <vector>

namespace plumbline::test {
namespace {

/// Multiply-accumulates of a convolution over a square window; a depthwise one reads one channel.
std::int64_t convolution(std::int64_t kernel, std::int64_t in, std::int64_t out, std::int64_t pixels)
{
    return kernel * kernel * in * out * pixels;
}

std::int64_t square(std::int64_t side) { return side * side; }

/// He et al., table 1: 7x7 of 64 on 112 x 112, then stages of blocks on 56, 28, 14 and 7; a block that widens its input has
/// a 1x1 convolution on the shortcut. Blocks are a pair of 3x3, or 1x1, 3x3 and a 1x1 four times as wide, whose 3x3 has
/// the stride (torchvision), so that the first 1x1 of a stage works on the map before it.
std::int64_t resnet(const std::array<int, 4>& blocks, bool bottleneck)
{
    std::int64_t sum = convolution(7, 3, 64, square(112)) + convolution(1, bottleneck ? 2048 : 512, 1000, 1);
    std::int64_t in = 64;
    for (int stage = 0; stage < 4; ++stage) {
        const std::int64_t width = 64 << stage;
        const std::int64_t out = bottleneck ? 4 * width : width;
        const std::int64_t pixels = square(56 >> stage);
        for (int block = 0; block < blocks.at(static_cast<std::size_t>(stage)); ++block) {
            const std::int64_t before = stage > 0 && block == 0 ? 4 * pixels : pixels;
            if (bottleneck) {
                sum += convolution(1, in, width, before) + convolution(3, width, width, pixels) +
                       convolution(1, width, out, pixels);
            } else {
                sum += convolution(3, in, width, pixels) + convolution(3, width, width, pixels);
            }
            if (in != out) sum += convolution(1, in, out, pixels);
            in = out;
        }
    }
    return sum;
}

/// Howard et al., table 1: 3x3 of stride 2, then pairs of a depthwise and a pointwise convolution to so many channels, on maps
/// so wide; one fully connected layer.
std::int64_t mobilenetv1()
{
    const std::vector<std::pair<std::int64_t, std::int64_t>> pairs{
        {64, 112}, {128, 56}, {128, 56}, {256, 28}, {256, 28}, {512, 14}, {512, 14},
        {512, 14}, {512, 14}, {512, 14}, {512, 14}, {1024, 7}, {1024, 7}};
    std::int64_t sum = convolution(3, 3, 32, square(112)) + convolution(1, 1024, 1000, 1);
    std::int64_t in = 32;
    for (const auto& [out, side] : pairs) {
        sum += convolution(3, 1, in, square(side)) + convolution(1, in, out, square(side));
        in = out;
    }
    return sum;
}

/// Inverted residuals: `repeats` blocks, each an expansion by 1x1 (none where the factor is 1), a depthwise convolution of which
/// the first block's has the stride, and a projection by 1x1.
struct Stage {
    std::int64_t factor, kernel, stride, out;
    int repeats;
};

std::int64_t inverted_residuals(const std::vector<Stage>& stages)
{
    std::int64_t sum =
        convolution(3, 3, 32, square(112)) + convolution(1, 320, 1280, square(7)) + convolution(1, 1280, 1000, 1);
    std::int64_t in = 32;
    std::int64_t side = 112;
    for (const Stage& stage : stages) {
        for (int block = 0; block < stage.repeats; ++block) {
            const std::int64_t wide = stage.factor * in;
            if (stage.factor > 1) sum += convolution(1, in, wide, square(side));
            if (block == 0) side /= stage.stride;
            sum += convolution(stage.kernel, 1, wide, square(side)) + convolution(1, wide, stage.out, square(side));
            in = stage.out;
        }
    }
    return sum;
}

/// Sandler et al., table 2.
std::int64_t mobilenetv2()
{
    return inverted_residuals({{1, 3, 1, 16, 1},
                               {6, 3, 2, 24, 2},
                               {6, 3, 2, 32, 3},
                               {6, 3, 2, 64, 4},
                               {6, 3, 1, 96, 3},
                               {6, 3, 2, 160, 3},
                               {6, 3, 1, 320, 1}});
}

/// Tan and Le, table 1, without squeeze-and-excitation.
std::int64_t efficientnet_b0()
{
    return inverted_residuals({{1, 3, 1, 16, 1},
                               {6, 3, 2, 24, 2},
                               {6, 5, 2, 40, 2},
                               {6, 3, 2, 80, 3},
                               {6, 5, 1, 112, 3},
                               {6, 5, 2, 192, 4},
                               {6, 3, 1, 320, 1}});
}

/// Simonyan and Zisserman, table 1, column D: 3x3 convolutions, the map halved after each group; three fully connected layers.
std::int64_t vgg16()
{
    const std::vector<std::vector<std::int64_t>> groups{
        {64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}};
    std::int64_t sum = convolution(7, 512, 4096, 1) + convolution(1, 4096, 4096, 1) + convolution(1, 4096, 1000, 1);
    std::int64_t in = 3;
    std::int64_t side = 224;
    for (const auto& group : groups) {
        for (const std::int64_t out : group) {
            sum += convolution(3, in, out, square(side));
            in = out;
        }
        side /= 2;
    }
    return sum;
}

/// yolov2-tiny.cfg: six 3x3 convolutions, the map halved between them; two 3x3 and one 1x1 on 13 x 13, where 425 is 5 anchors of
/// 80 classes, 4 coordinates and an objectness.
std::int64_t yolov2_tiny()
{
    std::int64_t sum = convolution(3, 512, 1024, square(13)) + convolution(3, 1024, 512, square(13)) +
                       convolution(1, 512, 5 * (80 + 4 + 1), square(13));
    std::int64_t in = 3;
    std::int64_t side = 416;
    for (const std::int64_t out : {16, 32, 64, 128, 256, 512}) {
        sum += convolution(3, in, out, square(side));
        in = out;
        side /= 2;
    }
    return sum;
}

/// Dong et al., equation of section 3.3: (25 d + s d + 9 m s^2 + d s + 81 d) a pixel of the image, d = 56, s = 12, m = 4.
std::int64_t fsrcnn_x3()
{
    const std::int64_t d = 56;
    const std::int64_t s = 12;
    const std::int64_t m = 4;
    return (25 * d + s * d + 9 * m * s * s + d * s + 81 * d) * 960 * 540;
}

/// Choi et al.: 3 steps of 40 coefficients to 16 channels; blocks of two convolutions over 9 steps and a shortcut over 1, each
/// halving the steps, 98 to 49, 25 and 13; 12 classes.
std::int64_t tc_resnet8()
{
    std::int64_t sum = std::int64_t{3} * 40 * 16 * 98 + std::int64_t{48} * 12;
    std::int64_t in = 16;
    std::int64_t steps = 98;
    for (const std::int64_t out : {24, 32, 48}) {
        steps = (steps + 1) / 2;
        sum += (9 * in + 9 * out + in) * out * steps;
        in = out;
    }
    return sum;
}

}  // namespace

std::int64_t counted_macs(const std::string& network)
{
    const std::map<std::string, std::int64_t> counts{
        {"resnet18", resnet({2, 2, 2, 2}, false)},
        {"resnet50", resnet({3, 4, 6, 3}, true)},
        {"mobilenetv1", mobilenetv1()},
        {"mobilenetv2", mobilenetv2()},
        {"efficientnet_b0", efficientnet_b0()},
        {"vgg16", vgg16()},
        {"yolov2_tiny", yolov2_tiny()},
        {"fsrcnn_x3", fsrcnn_x3()},
        {"tc_resnet8", tc_resnet8()},
    };
    return counts.at(network);
}

}  // namespace plumbline::test
