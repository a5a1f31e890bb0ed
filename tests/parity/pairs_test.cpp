// SPDX-License-Identifier: Apache-2.0
// Laws that hold for all fifty pairs of accelerator and network, also those that the references do not have.
#include <tuple>

#include "pair.hpp"
#include "plumbline/memory_use.hpp"

namespace plumbline::parity {
namespace {

const char* const kAccelerators[] = {"Ascend_like",    "Ascend_like_DF",    "Edge_TPU_like", "Edge_TPU_like_DF",
                                     "Meta_prototype", "Meta_prototype_DF", "TPU_like",      "TPU_like_DF",
                                     "Tesla_NPU_like", "Tesla_NPU_like_DF"};
const char* const kNetworks[] = {"dmcnnvd", "fsrcnn", "mccnn", "mobilenetv1", "resnet18"};

constexpr OverlapMode kModes[] = {OverlapMode::fully_recompute, OverlapMode::h_cached, OverlapMode::fully_cached};

class AnyPair : public ::testing::TestWithParam<std::tuple<const char*, const char*>> {
protected:
    TileSize whole_map() const
    {
        const Layer& last = pair.workload.layers().back();
        return {columns(last.output, last.sizes), rows(last.output, last.sizes)};
    }

    /// Small enough for several tiles, where the map is not a single feature.
    TileSize small_tile() const
    {
        const TileSize map = whole_map();
        return {std::max<std::int64_t>(1, map.x / 5), std::max<std::int64_t>(1, map.y / 4)};
    }

    Schedule planned(TileSize tile, OverlapMode mode, Cuts::Kind cuts, CapacityPolicy capacity) const
    {
        PlanOptions options;
        options.stacks = {{tile, mode}};
        options.cuts.kind = cuts;
        options.capacity = capacity;
        options.search.factors = 3;
        const auto schedule = plan_schedule(pair.accelerator, pair.workload, pair.rules, options);
        EXPECT_TRUE(schedule) << schedule.reason();
        return *schedule;
    }

    std::int64_t macs(const Schedule& schedule) const
    {
        return predict(pair.accelerator, pair.workload, schedule).macs();
    }

    Pair pair{std::get<0>(GetParam()), std::get<1>(GetParam())};
};

TEST_P(AnyPair, OverflowsNoMemoryWhereCapacityIsReserved)
{
    for (OverlapMode mode : kModes) {
        const Schedule schedule = planned(small_tile(), mode, Cuts::Kind::automatic, CapacityPolicy::reserved);
        EXPECT_NO_THROW(check(schedule, pair.accelerator, pair.workload));
        for (const MemoryUse& use : memory_use(pair.accelerator, pair.workload, schedule))
            EXPECT_FALSE(use.overflows()) << pair.accelerator.memory(use.memory).name << " holds " << use.total();
    }
}

TEST_P(AnyPair, ComputesNoLessWhereMoreIsRecomputed)
{
    const auto of = [&](TileSize tile, OverlapMode mode) {
        return macs(planned(tile, mode, Cuts::Kind::automatic, CapacityPolicy::optimistic));
    };
    const std::int64_t cached = of(small_tile(), OverlapMode::fully_cached);
    const std::int64_t columns_cached = of(small_tile(), OverlapMode::h_cached);
    EXPECT_LE(cached, of(whole_map(), OverlapMode::fully_cached));  // one tile: layer by layer
    EXPECT_LE(cached, columns_cached);
    EXPECT_LE(columns_cached, of(small_tile(), OverlapMode::fully_recompute));
}

TEST_P(AnyPair, TakesNoNoticeOfTheModeInASingleTile)
{
    const auto classes = [&](OverlapMode mode) {
        return planned(whole_map(), mode, Cuts::Kind::none, CapacityPolicy::optimistic).stacks.at(0).classes;
    };
    EXPECT_EQ(classes(OverlapMode::fully_recompute), classes(OverlapMode::fully_cached));
}

std::string both_names(const ::testing::TestParamInfo<std::tuple<const char*, const char*>>& test)
{
    return std::string{std::get<0>(test.param)} + "__" + std::get<1>(test.param);
}

INSTANTIATE_TEST_SUITE_P(All, AnyPair,
                         ::testing::Combine(::testing::ValuesIn(kAccelerators), ::testing::ValuesIn(kNetworks)),
                         both_names);

TEST(LongLivedMaps, MakeWayForTheLayersBetween)
{
    // The tile's share of layer 13's output, read again by the addition 16, fills sram_64KB_I to the last bit; layer 15's
    // input has to pass through it.
    const Pair pair{"Ascend_like", "resnet18"};
    PlanOptions options;
    options.stacks = {{TileSize{4, 4}, OverlapMode::fully_cached}};
    options.search.factors = 5;
    const auto schedule = plan_schedule(pair.accelerator, pair.workload, pair.rules, options);
    EXPECT_TRUE(schedule) << schedule.reason();
}

/// Chains of convolutions, whose halo can be counted from windows and strides alone.
class Chain : public ::testing::TestWithParam<const char*> {
protected:
    static std::int64_t axis_size(const Operand& input, LoopDim position, const LoopSizes& sizes, std::int64_t output)
    {
        for (const SlidingAxis& axis : input.sliding)
            if (axis.position == position) return (output - 1) * axis.stride + sizes[axis.window];
        return output;
    }

    /// Outputs of each layer along one axis, summed over tiles of `tile` that recompute their halo; last layer first.
    std::vector<std::int64_t> recomputed(LoopDim position, std::int64_t map, std::int64_t tile) const
    {
        const auto& layers = pair.workload.layers();
        std::vector<std::int64_t> sums(layers.size());
        for (std::int64_t done = 0; done < map;) {
            std::int64_t size = done == 0 && map % tile != 0 ? map % tile : tile;
            done += size;
            for (std::size_t i = 0; i < layers.size(); ++i) {
                const Layer& layer = layers[layers.size() - 1 - i];
                sums[i] += size;
                size = axis_size(layer.inputs.back(), position, layer.sizes, size);
            }
        }
        return sums;
    }

    Pair pair{"Meta_prototype_DF", GetParam()};
};

TEST_P(Chain, RecomputesExactlyTheHalo)
{
    const auto& layers = pair.workload.layers();
    const LoopSizes& last = layers.back().sizes;
    const TileSize tile{last[LoopDim::ox] / 7, last[LoopDim::oy] / 5};
    const auto x = recomputed(LoopDim::ox, last[LoopDim::ox], tile.x);
    const auto y = recomputed(LoopDim::oy, last[LoopDim::oy], tile.y);
    std::int64_t expected = 0;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const Layer& layer = layers[layers.size() - 1 - i];
        expected += layer.macs() / (layer.sizes[LoopDim::ox] * layer.sizes[LoopDim::oy]) * x[i] * y[i];
    }
    const Schedule schedule = pair.planned(1, tile, 3, {Cuts::Kind::none, {}});
    EXPECT_EQ(predict(pair.accelerator, pair.workload, schedule).macs(), expected);
}

INSTANTIATE_TEST_SUITE_P(All, Chain, ::testing::Values("dmcnnvd", "fsrcnn", "mccnn"));

}  // namespace
}  // namespace plumbline::parity
