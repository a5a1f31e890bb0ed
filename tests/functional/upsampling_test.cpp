// SPDX-License-Identifier: Apache-2.0
// Networks that up-sample, find rows and columns among channels, crop and concatenate, on a machine that computes: every bit is that of plain loops.
#include <map>

#include "functional/depth_values.hpp"
#include "functional/upsampled_values.hpp"
#include "networks.hpp"
#include "plumbline/sim/simulate.hpp"
#include "plumbline/sim/whole_network.hpp"
#include "plumbline/validate/reference_network.hpp"

namespace plumbline::test {
namespace {

DimSet dims(std::initializer_list<LoopDim> all)
{
    DimSet set;
    for (LoopDim dim : all) set.insert(dim);
    return set;
}

/// A network of square maps, put together layer by layer.
class SquareMaps {
public:
    struct Map {
        std::optional<LayerId> layer;
        std::int64_t channels = 1;
        std::int64_t size = 1;
        std::int64_t depth = 1;   ///< positions of each row and column of pixels
        std::int64_t offset = 0;  ///< of which so many are cut before the map
    };

    /// A map whose pixels hold `depth` x `depth` positions, `before` and `behind` of which are cut along each axis.
    static Map out_of_depth(Map from, std::int64_t depth, std::int64_t before = 0, std::int64_t behind = 0)
    {
        return {from.layer, from.channels / (depth * depth), depth * from.size - before - behind, depth, before};
    }

    /// Of a map that is repeated `times`, with padding.
    Map convolution(Map from, std::int64_t channels, std::int64_t window, std::int64_t times = 1,
                    std::int64_t behind = 0, std::int64_t before = 0)
    {
        const Map made{id(), channels, before + times * from.size + behind - window + 1};
        Layer layer = named("Conv", Operation::convolution, made.size);
        layer.sizes[LoopDim::k] = channels;
        layer.sizes[LoopDim::c] = from.channels;
        layer.sizes[LoopDim::fx] = layer.sizes[LoopDim::fy] = window;
        layer.output.relevant = dims({LoopDim::b, LoopDim::k, LoopDim::oy, LoopDim::ox});
        const DimSet weights = dims({LoopDim::k, LoopDim::c, LoopDim::fy, LoopDim::fx});
        layer.inputs = {
            {"W", weights, {}, Bits{8}, true, std::nullopt},
            {"I",
             dims({LoopDim::b, LoopDim::c}),
             {{"IY", LoopDim::oy, 1, LoopDim::fy, 1, before, behind, from.size, times, from.depth, from.offset},
              {"IX", LoopDim::ox, 1, LoopDim::fx, 1, before, behind, from.size, times, from.depth, from.offset}},
             Bits{8},
             false,
             from.layer}};
        layers_.push_back(layer);
        return made;
    }

    /// Of a map with `times - 1` zeros behind each feature: `times * size` outputs along each axis.
    Map transposed(Map from, std::int64_t channels, std::int64_t window, std::int64_t times)
    {
        const std::int64_t before = window / 2;
        const Map made = convolution(from, channels, window, times, window - 1 - before, before);
        layers_.back().operator_type = "ConvTranspose";
        layers_.back().operation = Operation::transposed_convolution;
        return made;
    }

    Map halved(Map from)
    {
        const Map made{id(), from.channels, from.size / 2};
        Layer layer = named("MaxPool", Operation::maximum_pooling, made.size);
        layer.sizes[LoopDim::g] = from.channels;
        layer.sizes[LoopDim::fx] = layer.sizes[LoopDim::fy] = 2;
        layer.output.relevant = dims({LoopDim::b, LoopDim::g, LoopDim::oy, LoopDim::ox});
        layer.inputs = {{"W", dims({LoopDim::fy, LoopDim::fx}), {}, Bits{0}, true, std::nullopt},
                        {"I",
                         dims({LoopDim::b, LoopDim::g}),
                         {{"IY", LoopDim::oy, 2, LoopDim::fy, 1, 0, 0, from.size, 1, from.depth, from.offset},
                          {"IX", LoopDim::ox, 2, LoopDim::fx, 1, 0, 0, from.size, 1, from.depth, from.offset}},
                         Bits{8},
                         false,
                         from.layer}};
        layers_.push_back(layer);
        return made;
    }

    /// The centre of the first map, and the second one repeated `times`.
    Map concatenated(Map centre, Map from, std::int64_t times = 1)
    {
        const Map made{id(), centre.channels + from.channels, times * from.size};
        Layer layer = named("Concat", Operation::concatenation, made.size);
        layer.sizes[LoopDim::g] = made.channels;
        layer.output.relevant = dims({LoopDim::b, LoopDim::g, LoopDim::oy, LoopDim::ox});
        const std::int64_t crop = (made.size - centre.size) / 2;
        const auto input = [&](const std::string& name, Map map, std::int64_t before, std::int64_t margin,
                               std::int64_t repeats) {
            const std::int64_t behind = made.channels - before - map.channels;
            return Operand{
                name,
                dims({LoopDim::b}),
                {{"G" + name, LoopDim::g, 1, LoopDim::c, 1, before, behind, map.channels},
                 {"IY", LoopDim::oy, 1, LoopDim::fy, 1, margin, margin, map.size, repeats, map.depth, map.offset},
                 {"IX", LoopDim::ox, 1, LoopDim::fx, 1, margin, margin, map.size, repeats, map.depth, map.offset}},
                Bits{8},
                false,
                map.layer};
        };
        layer.inputs = {input("X", centre, 0, crop, 1), input("Y", from, centre.channels, 0, times)};
        layers_.push_back(layer);
        return made;
    }

    Map added(Map a, Map b)
    {
        const Map made{id(), a.channels, a.size};
        Layer layer = named("Add", Operation::addition, made.size);
        layer.sizes[LoopDim::g] = made.channels;
        layer.output.relevant = dims({LoopDim::b, LoopDim::g, LoopDim::oy, LoopDim::ox});
        const auto input = [&](const std::string& name, Map map) {
            return Operand{name,
                           dims({LoopDim::b, LoopDim::g}),
                           {{"IY", LoopDim::oy, 1, LoopDim::fy, 1, 0, 0, map.size, 1, map.depth, map.offset},
                            {"IX", LoopDim::ox, 1, LoopDim::fx, 1, 0, 0, map.size, 1, map.depth, map.offset}},
                           Bits{8},
                           false,
                           map.layer};
        };
        layer.inputs = {input("X", a), input("Y", b)};
        layers_.push_back(layer);
        return made;
    }

    Workload network(const std::string& name) const { return {name, layers_}; }

private:
    LayerId id() const { return static_cast<LayerId>(layers_.size()); }

    Layer named(const std::string& type, Operation operation, std::int64_t size) const
    {
        Layer layer;
        layer.id = id();
        layer.name = "layer " + std::to_string(layer.id);
        layer.operator_type = type;
        layer.operation = operation;
        layer.output.name = "O";
        layer.output.precision = Bits{16};
        layer.final_precision = Bits{8};
        layer.sizes[LoopDim::ox] = layer.sizes[LoopDim::oy] = size;
        return layer;
    }

    std::vector<Layer> layers_;
};

/// U-Net with two levels of eight and sixteen channels in place of five, on 60 x 60 pixels: windows without padding, crops, and
/// up-convolutions of 2x2. 60 56 | 28 24 | 12 8 | 16 12 | 24 20.
Workload small_unet()
{
    SquareMaps maps;
    const auto twice = [&](SquareMaps::Map from, std::int64_t channels) {
        return maps.convolution(maps.convolution(from, channels, 3), channels, 3);
    };
    const auto first = twice({std::nullopt, 1, 60}, 8);
    const auto second = twice(maps.halved(first), 16);
    auto up = twice(maps.halved(second), 32);
    up = twice(maps.concatenated(second, maps.convolution(up, 16, 2, 2, 1)), 16);
    up = twice(maps.concatenated(first, maps.convolution(up, 8, 2, 2, 1)), 8);
    maps.convolution(up, 2, 1);
    return maps.network("small_unet");
}

/// As in networks of detection: a deep map, repeated three times, beside a shallow one, without a layer between.
Workload repeated_beside()
{
    SquareMaps maps;
    const auto shallow = maps.convolution({std::nullopt, 2, 26}, 4, 3);
    const auto deep = maps.convolution(maps.halved(maps.halved(shallow)), 6, 1);
    maps.convolution(maps.concatenated(shallow, deep, 3), 3, 3);
    return maps.network("repeated_beside");
}

/// As a generator of images: windows that overlap, by two and by three, and one that leaves gaps.
Workload generator()
{
    SquareMaps maps;
    const auto seed = maps.convolution({std::nullopt, 3, 7}, 8, 3);
    const auto larger = maps.transposed(maps.transposed(seed, 6, 4, 2), 4, 5, 3);
    maps.convolution(maps.transposed(larger, 3, 2, 3), 2, 3);
    return maps.network("generator");
}

/// Up-convolutions as layers that make 2 x 2 positions in a pixel: beside another map, below a window with padding whose map is cut at its
/// edges, under a maximum, and added to another map. 12 | 24 12 | 22 20 | 40 | 118 59.
Workload decoder()
{
    SquareMaps maps;
    const SquareMaps::Map input{std::nullopt, 3, 12};
    const auto skip = maps.convolution(maps.convolution(input, 5, 3, 1, 1, 1), 4, 1, 2);
    const auto up = maps.convolution(maps.convolution(input, 6, 3, 1, 1, 1), 4 * 8, 1);
    const auto joined = maps.concatenated(skip, SquareMaps::out_of_depth(up, 2));
    const auto cut = maps.convolution(maps.halved(joined), 4 * 6, 2, 1, 0, 1);
    const auto smooth = maps.convolution(SquareMaps::out_of_depth(cut, 2, 1, 1), 5, 3, 1, 1, 1);
    const auto deep = maps.convolution(smooth, 4 * 5, 3);
    const auto sum = maps.added(maps.convolution(smooth, 5, 1, 2, -4), SquareMaps::out_of_depth(deep, 2));
    maps.halved(SquareMaps::out_of_depth(maps.convolution(sum, 9, 1), 3, 1, 1));
    return maps.network("decoder");
}

Workload up_sampling_network(const std::string& name)
{
    if (name == "unet") return small_unet();
    if (name == "decoder") return decoder();
    return name == "generator" ? generator() : repeated_beside();
}

struct UpSamplingCase {
    const char* network;
    const char* accelerator;
    OverlapMode mode;
    TileSize tile;
    Cuts::Kind cuts;
};

std::string text_of(const UpSamplingCase& each)
{
    std::string name = std::string{each.network} + "_on_" + each.accelerator + '_' + std::string{name_of(each.mode)} +
                       '_' + std::to_string(each.tile.x) + 'x' + std::to_string(each.tile.y) +
                       (each.cuts == Cuts::Kind::each ? "_each" : "");
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

void PrintTo(const UpSamplingCase& each, std::ostream* out) { *out << text_of(each); }

class UpSamplingNetwork : public ::testing::TestWithParam<UpSamplingCase> {};

TEST_P(UpSamplingNetwork, IsComputedBitForBit)
{
    const UpSamplingCase& each = GetParam();
    Cuts cuts;
    cuts.kind = each.cuts;
    const Workload workload = up_sampling_network(each.network);
    const Setting setting = planned(each.accelerator, workload, each.mode, each.tile, cuts);
    const sim::NetworkData data = sim::random_data(setting.workload, 1);
    const sim::ComputedRun run = sim::simulate(setting.accelerator, setting.workload, setting.schedule, data);
    EXPECT_EQ(run.outputs, validate::reference_outputs(setting.workload, data));
    EXPECT_EQ(run.outputs, sim::compute_network(setting.workload, data));
}

constexpr auto kFused = Cuts::Kind::automatic;
constexpr auto kEach = Cuts::Kind::each;

INSTANTIATE_TEST_SUITE_P(All, UpSamplingNetwork,
                         ::testing::Values(UpSamplingCase{"unet", "meta_prototype_df", kCached, {8, 8}, kFused},
                                           UpSamplingCase{"unet", "meta_prototype_df", kCached, {5, 20}, kFused},
                                           UpSamplingCase{"unet", "tpu_like_df", kColumns, {4, 7}, kFused},
                                           UpSamplingCase{"unet", "ascend_like_df", kRecompute, {9, 5}, kFused},
                                           UpSamplingCase{"unet", "tpu_like_df", kRecompute, {6, 6}, kEach},
                                           UpSamplingCase{"repeated", "meta_prototype_df", kCached, {5, 4}, kFused},
                                           UpSamplingCase{"repeated", "ascend_like_df", kColumns, {3, 16}, kFused},
                                           UpSamplingCase{"repeated", "tpu_like_df", kRecompute, {4, 4}, kFused},
                                           UpSamplingCase{"repeated", "meta_prototype_df", kCached, {6, 6}, kEach},
                                           UpSamplingCase{"decoder", "meta_prototype_df", kCached, {12, 12}, kFused},
                                           UpSamplingCase{"decoder", "tpu_like_df", kColumns, {7, 11}, kFused},
                                           UpSamplingCase{"decoder", "ascend_like_df", kRecompute, {16, 5}, kFused},
                                           UpSamplingCase{"decoder", "meta_prototype_df", kCached, {9, 4}, kFused},
                                           UpSamplingCase{"decoder", "tpu_like_df", kRecompute, {8, 8}, kEach},
                                           UpSamplingCase{"generator", "meta_prototype_df", kCached, {8, 9}, kFused},
                                           UpSamplingCase{"generator", "tpu_like_df", kColumns, {18, 6}, kFused},
                                           UpSamplingCase{"generator", "ascend_like_df", kRecompute, {11, 17}, kFused},
                                           UpSamplingCase{"generator", "meta_prototype_df", kRecompute, {7, 5}, kEach}),
                         [](const auto& test) { return text_of(test.param); });

TEST(ValuesInDepth, AreFoundWhereChannelsHoldThem)
{
    using sim::FeatureValues;
    // Pixels 3 and 4 of a row: 2 x 2 positions of two channels each. Columns 6 to 9, rows 0 and 1.
    const FeatureValues pixels{0, 10, 1, 11, 2, 12, 3, 13, 4, 14, 5, 15, 6, 16, 7, 17};
    const sim::FeatureBox box{{3, 5}, {0, 1}};
    sim::Depth depth{2, 2, {{0, 10}, {0, 2}}, 99};
    EXPECT_EQ(sim::from_depth({pixels, box}, 8, {{7, 10}, {0, 2}}, depth),
              (FeatureValues{1, 10, 11, 3, 12, 13, 5, 14, 15, 7, 16, 17}));
    // Column 9 is cut, and row 0.
    depth.map = {{0, 9}, {1, 2}};
    EXPECT_EQ(sim::from_depth({pixels, box}, 8, {{8, 10}, {0, 2}}, depth),
              (FeatureValues{99, 99, 12, 99, 99, 99, 16, 99}));
    // Rows alone.
    EXPECT_EQ(sim::from_depth({{0, 1, 2}, {{0, 1}, {-1, 0}}}, 3, {{0, 1}, {-2, 0}}, {1, 3, {{0, 1}, {-3, 3}}}),
              (FeatureValues{1, 2}));
}

TEST(UpSampledValues, AreFoundSeveralTimes)
{
    using sim::FeatureValues;
    // Columns 3 and 4 of two channels are at places 6, 7 and 8, 9 of columns repeated twice.
    const sim::FeatureBox box{{3, 5}, {0, 1}};
    const sim::FeatureBox places{{7, 10}, {0, 1}};
    EXPECT_EQ(sim::upsampled({{1, 2, 3, 4}, box}, 2, places, {2, 1}), (FeatureValues{1, 2, 2, 3, 4, 4}));
    // Rows -1 and 0: places -1 to 1 of rows repeated three times.
    EXPECT_EQ(sim::upsampled({{0, 5}, {{0, 1}, {-1, 1}}}, 1, {{0, 1}, {-1, 2}}, {1, 3}), (FeatureValues{0, 5, 5}));
    // Of column 4, place 8 is there; places 7 and 9 are zeros behind columns 3 and 4.
    EXPECT_EQ(sim::upsampled({{1, 2, 3, 4}, box}, 2, places, {2, 1, true}), (FeatureValues{0, 2, 0, 0, 4, 0}));
    EXPECT_EQ(sim::upsampled({{7}, {{0, 1}, {0, 1}}}, 1, {{0, 1}, {0, 1}}, {1, 1}), (FeatureValues{7}));
}

}  // namespace
}  // namespace plumbline::test
