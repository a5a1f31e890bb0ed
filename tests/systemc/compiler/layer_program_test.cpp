// SPDX-License-Identifier: Apache-2.0
// What a layer moves, without time: laws on layers followed by hand, and random ones against a count of every element.
#include "compiler/layer_program.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <set>

#include "compiler/compile_layer.hpp"
#include "systemc/brute_force.hpp"
#include "systemc/small_machine.hpp"

namespace plumbline::sim {
namespace {

using namespace plumbline::small;
using brute_force::Moved;

struct Counted {
    brute_force::Totals totals;
    std::int64_t macs = 0;
    std::int64_t finished = 0;

    std::int64_t bits(MemoryId memory, MemoryOperand operand, Direction direction) const
    {
        const auto found = totals.find({memory, operand, direction});
        return found == totals.end() ? 0 : found->second.bits;
    }
};

void add(Counted& counted, const Accelerator& accelerator, const std::vector<Access>& accesses)
{
    for (const Access& access : accesses) {
        Moved& moved = counted.totals[{access.memory, access.operand, access.direction}];
        moved.bits += bits(access);
        moved.granules += port_time(access, accelerator.memory(access.memory)).granules;
        if (access.memory == accelerator.top()) counted.finished += access.finished * access.times;
    }
}

Counted count(const Accelerator& accelerator, const Layer& layer, const LayerMapping& mapping)
{
    const LayerProgram program = compile(accelerator, layer, mapping);
    Counted counted;
    for (const LinkProgram& link : program.links) {
        for (const auto& list : {link.fills, link.drains}) {
            for (TransferId id : list) {
                if (id != kNoTransfer)
                    add(counted, accelerator, program.transfers[static_cast<std::size_t>(id)].accesses);
            }
        }
    }
    for (const Chunk& chunk : program.chunks) {
        add(counted, accelerator, program.works[chunk.work].accesses);
        counted.macs += program.works[chunk.work].macs;
    }
    return counted;
}

TEST(LayerProgram, DoesEachMultiplicationOnceEdgesIncluded)
{
    // 5 channels on 2 lanes: 3 iterations, the last one half empty.
    const Layer layer = convolution({{LoopDim::k, 5}, {LoopDim::ox, 7}});
    const Loops loops{{LoopDim::k, 3}, {LoopDim::ox, 7}};
    EXPECT_EQ(count(accelerator(), layer, mapping(layer, loops, {{0, 2}, {0, 2}, {2}}, 5.0 / 3)).macs, 35);
}

TEST(LayerProgram, MovesNothingOfWeightsWithoutBits)
{
    Layer pooling = convolution({{LoopDim::k, 4}, {LoopDim::c, 2}});
    pooling.operation = Operation::maximum_pooling;
    pooling.inputs.front().precision = Bits{0};
    const LayerProgram program = compile(
        accelerator(), pooling, mapping(pooling, {{LoopDim::c, 2}, {LoopDim::k, 4}}, {{1, 2, 2}, {0, 1, 2}, {1, 2}}));
    for (const LinkProgram& link : program.links) {
        if (link.operand != MemoryOperand::i2) continue;
        EXPECT_THAT(link.fills, testing::Each(kNoTransfer));
    }
    for (const Transfer& transfer : program.transfers) {
        for (const Access& access : transfer.accesses) EXPECT_GT(bits(access), 0);
    }
}

TEST(LayerProgram, DoesNotReadTheFirstPartialSum)
{
    // One output out of 9 products: 9 writes, 8 reads of 16 bits; the last write is final and has 8 bits.
    const Layer layer = convolution({{LoopDim::fx, 9}});
    const Counted counted = count(accelerator(), layer, mapping(layer, {{LoopDim::fx, 9}}, {{1, 1}, {0, 1}, {1}}));
    EXPECT_EQ(counted.bits(kRegO, MemoryOperand::o, Direction::read_down), 8 * 16);
    EXPECT_EQ(counted.bits(kRegO, MemoryOperand::o, Direction::write_from_down), 8 * 16 + 8);
}

TEST(LayerProgram, LeavesAStationaryBlockWhereItIs)
{
    // Weights depend on K alone: they stay in the register while OX advances.
    const Layer layer = convolution({{LoopDim::k, 3}, {LoopDim::ox, 20}});
    const Cuts cuts{{0, 2}, {0, 2}, {2}};
    const Counted stationary = count(accelerator(), layer, mapping(layer, {{LoopDim::ox, 20}, {LoopDim::k, 3}}, cuts));
    EXPECT_EQ(stationary.bits(kRegW, MemoryOperand::i2, Direction::write_from_up), 3 * 8);
    const Counted streaming = count(accelerator(), layer, mapping(layer, {{LoopDim::k, 3}, {LoopDim::ox, 20}}, cuts));
    EXPECT_EQ(streaming.bits(kRegW, MemoryOperand::i2, Direction::write_from_up), 20 * 3 * 8);
}

TEST(LayerProgram, TakesOutputsUpOnceWhenTheirReductionIsInside)
{
    const Layer layer = convolution({{LoopDim::c, 4}, {LoopDim::ox, 6}});
    const Loops loops{{LoopDim::c, 4}, {LoopDim::ox, 6}};
    const Counted counted = count(accelerator(), layer, mapping(layer, loops, {{1, 2, 2}, {0, 2}, {2}}));
    EXPECT_EQ(counted.bits(kRegO, MemoryOperand::o, Direction::read_up), 6 * 8);
    EXPECT_EQ(counted.bits(kRegO, MemoryOperand::o, Direction::write_from_up), 0);
    EXPECT_EQ(counted.finished, 6);
}

TEST(LayerProgram, BringsPartialSumsBackThatWereBegunBefore)
{
    // C outside OX: each of 6 outputs leaves the register 4 times, 3 times as a partial sum that comes back.
    const Layer layer = convolution({{LoopDim::c, 4}, {LoopDim::ox, 6}});
    const Loops loops{{LoopDim::ox, 6}, {LoopDim::c, 4}};
    const Counted counted = count(accelerator(), layer, mapping(layer, loops, {{0, 2}, {0, 2}, {2}}));
    EXPECT_EQ(counted.bits(kRegO, MemoryOperand::o, Direction::read_up), 6 * (3 * 16 + 8));
    EXPECT_EQ(counted.bits(kRegO, MemoryOperand::o, Direction::write_from_up), 6 * 3 * 16);
    EXPECT_EQ(counted.bits(kSram, MemoryOperand::o, Direction::read_down), 6 * 3 * 16);
}

TEST(LayerProgram, ReadsSharedInputsOnceAndWritesThemToEachInstance)
{
    // Two lanes of K need the same input; each has its own weight.
    const Layer layer = convolution({{LoopDim::k, 2}, {LoopDim::ox, 3}});
    const Counted counted = count(accelerator(), layer, mapping(layer, {{LoopDim::ox, 3}}, {{0, 1}, {0, 1}, {1}}, 2));
    EXPECT_EQ(counted.bits(kSram, MemoryOperand::i1, Direction::read_down), 3 * 8);
    EXPECT_EQ(counted.bits(kRegW, MemoryOperand::i2, Direction::read_down), 3 * 2 * 8);
}

TEST(LayerProgram, FetchesTheFeaturesThatWindowsTouch)
{
    // Windows of 3 at 4 positions one apart touch 6 columns, at 4 positions two apart 9; of one row.
    const Loops loops{{LoopDim::fx, 3}, {LoopDim::ox, 4}};
    const auto fetched = [&](std::int64_t stride) {
        const Layer layer = convolution({{LoopDim::fx, 3}, {LoopDim::ox, 4}}, 0, stride);
        return count(accelerator(), layer, mapping(layer, loops, {{1, 2}, {0, 2}, {2, 2}}))
            .bits(kDram, MemoryOperand::i1, Direction::read_down);
    };
    EXPECT_EQ(fetched(1), 6 * 8);
    EXPECT_EQ(fetched(2), 9 * 8);
}

TEST(LayerProgram, HasOnePatternForChunksThatDoTheSame)
{
    // Eight chunks of 256 iterations, one per K. In the first nothing was before, in the last nothing comes after.
    const Layer layer = convolution({{LoopDim::c, 16}, {LoopDim::ox, 16}, {LoopDim::k, 8}});
    const Loops loops{{LoopDim::c, 16}, {LoopDim::ox, 16}, {LoopDim::k, 8}};
    const LayerProgram program = compile(accelerator(), layer, mapping(layer, loops, {{1, 3}, {0, 3}, {3}}));
    ASSERT_EQ(program.chunks.size(), 8U);
    std::set<const ChunkPattern*> patterns;
    for (const ChunkWork& work : program.works) patterns.insert(work.pattern.get());
    EXPECT_EQ(patterns.size(), 3U);
}

/// A layer and a mapping of it, any that fits the machine.
class Arbitrary {
public:
    explicit Arbitrary(unsigned seed, std::int64_t times = 1) : random_{seed}, times_{times} {}

    Layer layer()
    {
        Layer layer = convolution({{LoopDim::k, upto(5 * times_)},
                                   {LoopDim::c, upto(4 * times_)},
                                   {LoopDim::oy, upto(3)},
                                   {LoopDim::ox, upto(6 * times_)},
                                   {LoopDim::fx, upto(3)},
                                   {LoopDim::fy, upto(2)}},
                                  0, upto(2), upto(2));
        return layer;
    }

    LayerMapping mapping(const Layer& layer)
    {
        std::vector<SpatialLoop> spatial;
        for (LoopDim dim : {LoopDim::k, LoopDim::c, LoopDim::ox}) {
            const std::int64_t lanes = std::min<std::int64_t>(upto(2), layer.sizes[dim]);
            if (lanes > 1) spatial.push_back({dim, static_cast<double>(lanes)});
        }
        const Loops loops = temporal(layer, spatial);
        LayerMapping mapping;
        mapping.sizes = layer.sizes;
        mapping.operands = {operand("O", MemoryOperand::o, loops, cuts(3, loops.size()), distribute(spatial)),
                            operand("W", MemoryOperand::i2, loops, cuts(3, loops.size()), distribute(spatial)),
                            operand("I", MemoryOperand::i1, loops, cuts(2, loops.size()), distribute(spatial))};
        return mapping;
    }

private:
    std::int64_t upto(std::int64_t most)
    {
        return 1 + static_cast<std::int64_t>(random_() % static_cast<unsigned>(most));
    }

    Loops temporal(const Layer& layer, const std::vector<SpatialLoop>& spatial)
    {
        Loops loops;
        for (LoopDim dim : kAllLoopDims) {
            std::int64_t size = layer.sizes[dim];
            for (const SpatialLoop& loop : spatial) {
                if (loop.dim == dim) size = divide_up(size, static_cast<std::int64_t>(loop.size));
            }
            if (size % 2 == 0 && upto(2) == 1) loops.push_back({dim, 2}), size /= 2;
            if (size > 1 || upto(4) == 1) loops.push_back({dim, size});
        }
        std::shuffle(loops.begin(), loops.end(), random_);
        return loops;
    }

    std::vector<std::size_t> cuts(std::size_t levels, std::size_t loops)
    {
        std::vector<std::size_t> cuts{loops};
        while (cuts.size() < static_cast<std::size_t>(upto(static_cast<std::int64_t>(levels)))) {
            cuts.push_back(random_() % (loops + 1));
        }
        std::sort(cuts.begin(), cuts.end());
        return cuts;
    }

    /// Unrolled loops within or across the instances of level 0; no higher memory is replicated.
    Lanes distribute(const std::vector<SpatialLoop>& spatial)
    {
        Lanes lanes(2);
        for (const SpatialLoop& loop : spatial) lanes[random_() % 2].push_back(loop);
        return lanes;
    }

    std::mt19937 random_;
    std::int64_t times_;  ///< that maps and channels are as large
};

void expect_count_of_every_element(Arbitrary arbitrary, unsigned seed)
{
    const Accelerator machine = accelerator();
    const Layer layer = arbitrary.layer();
    const LayerMapping mapping = arbitrary.mapping(layer);
    const Counted counted = count(machine, layer, mapping);
    brute_force::Counter slow{machine, layer, mapping};
    ASSERT_EQ(counted.macs, slow.macs()) << "seed " << seed;
    ASSERT_EQ(counted.macs, layer.macs()) << "seed " << seed;
    const brute_force::Totals all = slow.count();
    for (const auto& [border, moved] : counted.totals) ASSERT_EQ(all.count(border), 1U) << "seed " << seed;
    for (const auto& [border, expected] : all) {
        const auto found = counted.totals.find(border);
        const Moved moved = found == counted.totals.end() ? Moved{} : found->second;
        ASSERT_EQ(moved.bits, expected.bits) << "seed " << seed << ' ' << machine.memory(border.memory).name << ' '
                                             << name_of(border.operand) << ' ' << name_of(border.direction);
        ASSERT_EQ(moved.granules, expected.granules) << "seed " << seed;
    }
}

TEST(LayerProgram, MovesWhatACountOfEveryElementSays)
{
    for (unsigned seed = 0; seed < 400; ++seed) expect_count_of_every_element(Arbitrary{seed}, seed);
}

TEST(LayerProgram, MovesWhatACountOfEveryElementSaysWhereRoundsAreAlike)
{
    for (unsigned seed = 0; seed < 200; ++seed) expect_count_of_every_element(Arbitrary{seed, 3}, seed);
}

}  // namespace
}  // namespace plumbline::sim
