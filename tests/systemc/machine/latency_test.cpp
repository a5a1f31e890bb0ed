// SPDX-License-Identifier: Apache-2.0
// What latencies of memories cost, followed by hand: `latency` cycles instead of one before the first word that a
// transfer reads, and before the first iteration of a step. Both fidelities take the same time to the cycle.
#include <gmock/gmock.h>

#include "plumbline/sim/simulate.hpp"
#include "systemc/small_machine.hpp"

namespace plumbline::sim {
namespace {

using namespace plumbline::small;

class Latency : public testing::TestWithParam<Fidelity> {
protected:
    Latency() : memories{accelerator().memories()} {}

    /// One layer whose data is where its mapping begins, after some copies.
    Counters run(const Layer& layer, const LayerMapping& mapping, const std::vector<Copy>& copies = {}) const
    {
        std::vector<Step> steps{ComputeStep{layer.id, mapping}};
        if (!copies.empty()) steps.insert(steps.begin(), CopyStep{layer.id, copies});
        SimulationOptions options;
        options.overcommit = Overcommit::report;
        options.machine.fidelity = GetParam();
        const Accelerator machine{"small", accelerator().array(), memories};
        return simulate(machine, Workload{"small", {layer}},
                        schedule({stack_of_one_tile({layer.id}, layer.sizes, steps)}), options);
    }

    std::vector<plumbline::Memory> memories;
};

/// Four positions on two lanes of K; inputs and weights in the sram. Without latency: a cycle for the two weights, four
/// iterations, a cycle until the last sums are in the sram.
const Layer kRow = convolution({{LoopDim::k, 2}, {LoopDim::ox, 4}});
LayerMapping row() { return mapping(kRow, {{LoopDim::ox, 4}}, {{0, 1}, {0, 1}, {1}}, 2); }

/// 480 bits: 30 words of 16.
Copy copy(Place from, Place to) { return {CopyReason::previous_output, {std::nullopt, 3, 4, 5, Bits{8}}, from, to}; }

TEST_P(Latency, DelaysTheFirstWordThatACopyReads)
{
    memories[kDram].latency = Cycles{8};
    const Counters counters = run(kRow, row(), {copy({MemoryOperand::i1, kDram}, {MemoryOperand::i1, kSram})});
    EXPECT_EQ(counters.times[0].cycles, Cycles{7 + 30});
}

TEST_P(Latency, DelaysEachHopOfACopyByThatOfWhereItReads)
{
    // Up from the register, then up from the sram. The dram is only written.
    memories[kRegO].latency = Cycles{3};
    memories[kSram].latency = Cycles{5};
    memories[kDram].latency = Cycles{8};
    const Counters counters = run(kRow, row(), {copy({MemoryOperand::o, kRegO}, {MemoryOperand::i1, kDram})});
    EXPECT_EQ(counters.times[0].cycles, Cycles{(2 + 30) + (4 + 30)});
}

TEST_P(Latency, OfMemoriesThatInputsAreReadFromDelaysTheFirstIterationAlone)
{
    // 4 cycles before the weights leave the sram, and 4 until its first feature is at the array.
    memories[kSram].latency = Cycles{5};
    const Counters counters = run(kRow, row());
    EXPECT_EQ(counters.times[0].loading, Cycles{(4 + 1) + 4});
    EXPECT_EQ(counters.cycles, Cycles{(4 + 1) + 4 + 4 + 1});
}

TEST_P(Latency, OfTheLongestOfTheLowestMemoriesCounts)
{
    // The array reads weights from their registers, features from the sram. Partial sums do not matter.
    memories[kRegW].latency = Cycles{7};
    memories[kSram].latency = Cycles{5};
    memories[kRegO].latency = Cycles{1};
    EXPECT_EQ(run(kRow, row()).times[0].loading, Cycles{(4 + 1) + 6});
}

TEST_P(Latency, DelaysBlocksOnTheirWayDownLevelByLevel)
{
    // Two weights, 16 bits: 7 + 1 cycles out of the dram, 2 + 1 out of the sram; 2 until the array has its first feature.
    memories[kDram].latency = Cycles{8};
    memories[kSram].latency = Cycles{3};
    const LayerMapping from_dram = mapping(kRow, {{LoopDim::ox, 4}}, {{0, 1}, {0, 1, 1}, {1}}, 2);
    EXPECT_EQ(run(kRow, from_dram).times[0].loading, Cycles{(7 + 1) + (2 + 1) + 2});
}

TEST_P(Latency, OfWhereOutputsAreWrittenCostsNothing)
{
    // The four outputs of both channels, 8 bits each, go on to the dram when all are there: 64 bits at 16 a cycle.
    memories[kDram].latency = Cycles{9};
    const LayerMapping to_dram = mapping(kRow, {{LoopDim::ox, 4}}, {{0, 1, 1}, {0, 1}, {1}}, 2);
    const Counters counters = run(kRow, to_dram);
    EXPECT_EQ(counters.times[0].offloading, Cycles{1 + 4});
    EXPECT_EQ(counters.cycles, Cycles{1 + 4 + 1 + 4});
}

TEST_P(Latency, IsWaitedOutForEachSumThatLeavesItsOnlyRegister)
{
    // A sum takes 3 cycles to leave: 2 of latency and one on its way. The next iteration may run meanwhile, the one after
    // it not before. So sums leave one after the other from the end of the first iteration on, which is cycle 2.
    memories[kRegO].latency = Cycles{3};
    EXPECT_EQ(run(kRow, row()).cycles, Cycles{1 + 1 + 4 * 3});
}

/// Weights in dram, of which the sram gets 4 blocks of 16, one for each K; a block is used for 16 iterations per position.
/// In each iteration a weight and a feature are read from the sram through one port: 2 cycles, 32 a pass over the block.
struct Blocks {
    explicit Blocks(std::int64_t positions)
        : layer{convolution({{LoopDim::c, 16}, {LoopDim::ox, positions}, {LoopDim::k, 4}})},
          mapping{small::mapping(layer, {{LoopDim::c, 16}, {LoopDim::ox, positions}, {LoopDim::k, 4}},
                                 {{1, 3}, {0, 1, 3}, {3}})},
          tight{bytes(16 * positions + positions * 4 + 16)},
          computing{2 * (16 * positions * 4) - 1}  // the first weight is in its register before
    {}

    Layer layer;
    LayerMapping mapping;
    Bits tight;  ///< inputs, outputs and one block of weights
    Cycles computing;
};

/// Blocks that last for 256 iterations are part of the chunks that are simulated; those for 1024 are not.
constexpr std::int64_t kFine = 16;
constexpr std::int64_t kCoarse = 64;

TEST_P(Latency, IsHiddenBehindTheBlockBeforeWhereThereIsSpaceForTwo)
{
    // 128 bits in 32 cycles after 39 of latency, in the 512 or 2048 cycles of the block before. The first is waited for.
    const Blocks blocks{kFine};
    memories[kDram].latency = Cycles{40};
    memories[kDram].ports[0].width = memories[kDram].ports[0].granule = Bits{4};
    memories[kSram].size = blocks.tight + bytes(16);
    EXPECT_EQ(run(blocks.layer, blocks.mapping).cycles, Cycles{39 + 32 + 1} + blocks.computing + Cycles{1});
}

TEST_P(Latency, IsHiddenBehindALongBlockToo)
{
    const Blocks blocks{kCoarse};
    memories[kDram].latency = Cycles{40};
    memories[kDram].ports[0].width = memories[kDram].ports[0].granule = Bits{4};
    memories[kSram].size = blocks.tight + bytes(16);
    EXPECT_EQ(run(blocks.layer, blocks.mapping).cycles, Cycles{39 + 32 + 1} + blocks.computing + Cycles{1});
}

TEST_P(Latency, StallsTheArrayBeforeEachBlockWhereThereIsSpaceForOne)
{
    // 32 cycles, as long as the last pass over the block before, in which they may start: what is late are 39 cycles,
    // before each of 4 blocks.
    const Blocks blocks{kFine};
    memories[kDram].latency = Cycles{40};
    memories[kDram].ports[0].width = memories[kDram].ports[0].granule = Bits{4};
    memories[kSram].size = blocks.tight;
    EXPECT_EQ(run(blocks.layer, blocks.mapping).cycles, Cycles{32 + 1} + blocks.computing + Cycles{4 * 39} + Cycles{1});
}

TEST_P(Latency, StallsTheArrayBeforeEachLongBlockToo)
{
    const Blocks blocks{kCoarse};
    memories[kDram].latency = Cycles{40};
    memories[kDram].ports[0].width = memories[kDram].ports[0].granule = Bits{4};
    memories[kSram].size = blocks.tight;
    EXPECT_EQ(run(blocks.layer, blocks.mapping).cycles, Cycles{32 + 1} + blocks.computing + Cycles{4 * 39} + Cycles{1});
}

INSTANTIATE_TEST_SUITE_P(Fidelities, Latency, testing::Values(Fidelity::cycle, Fidelity::transaction),
                         [](const auto& fidelity) { return std::string{name_of(fidelity.param)}; });

}  // namespace
}  // namespace plumbline::sim
