// SPDX-License-Identifier: Apache-2.0
#include "plumbline/layer_cost.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"

namespace plumbline {
namespace {

using tiny::kDram;
using tiny::kRegister;
using tiny::kSram;

/// 1x1 convolution of 2 output channels, 4 input channels, 3 columns: 24 MACs. K runs in space; C 4 at the output
/// register, then OX 3 at sram; nothing is left for dram.
class PointwiseByHand : public ::testing::Test {
protected:
    PointwiseByHand()
    {
        const TemporalLoop c4{LoopDim::c, 4};
        const TemporalLoop ox3{LoopDim::ox, 3};
        const SpatialLoop k2{LoopDim::k, 2};
        mapping.sizes = layer.sizes;
        mapping.operands = {
            {"O", MemoryOperand::o, {kRegister, kSram, kDram}, {{c4}, {ox3}, {}}, {{}, {k2}, {}, {}}},
            {"W", MemoryOperand::i2, {kSram, kDram}, {{c4, ox3}, {}}, {{k2}, {}, {}}},
            {"I", MemoryOperand::i1, {kSram, kDram}, {{c4, ox3}, {}}, {{k2}, {}, {}}},
        };
        check(mapping, layer, accelerator);
        cost = layer_cost(accelerator, layer, mapping, Estimator::uniform);
    }

    double words(std::size_t operand, std::size_t level, Direction direction) const
    {
        return cost.operands[operand].levels[level].accesses[direction].count();
    }

    Accelerator accelerator = tiny::accelerator();
    Layer layer = tiny::convolution(0, {2, 4, 1, 3});
    LayerMapping mapping;
    LayerCost cost;
};

TEST_F(PointwiseByHand, OutputsAccumulateInTheRegisterAndLeaveOnce)
{
    // 12 iterations, 2 registers in use: 24 sums read, 24 written (DeFiNES reads the first one, too).
    EXPECT_EQ(words(0, 0, Direction::read_down), 24);
    EXPECT_EQ(words(0, 0, Direction::write_from_down), 24);
    // Each register hands over 3 finished outputs, one word each.
    EXPECT_EQ(words(0, 0, Direction::read_up), 6);
    EXPECT_EQ(words(0, 0, Direction::write_from_up), 0);
    // sram takes 2 outputs of 8 bits at a time, 3 times: 2 granules of 8 in a 32-bit word.
    EXPECT_EQ(words(0, 1, Direction::write_from_down), 3 * 0.5);
    // and sends all 6 up at once: 6 granules; dram writes them 2 a word.
    EXPECT_EQ(words(0, 1, Direction::read_up), 1.5);
    EXPECT_EQ(words(0, 2, Direction::write_from_down), 3);
}

TEST_F(PointwiseByHand, WeightsAndInputsComeFromDramOnce)
{
    EXPECT_EQ(words(1, 0, Direction::read_down), 12 * 0.5);  // 2 weights each iteration
    EXPECT_EQ(words(1, 0, Direction::write_from_up), 2);     // 8 weights of 8 bits
    EXPECT_EQ(words(1, 1, Direction::read_down), 4);
    EXPECT_EQ(words(2, 0, Direction::read_down), 12 * 0.25);  // 1 input, broadcast to both MACs
    EXPECT_EQ(words(2, 0, Direction::write_from_up), 3);      // 12 inputs
    EXPECT_EQ(words(2, 1, Direction::read_down), 6);
}

TEST_F(PointwiseByHand, EnergyIsWordsTimesEnergyPerWord)
{
    const double registers = (24 + 24 + 6) * 0.5;
    const double sram = (1.5 + 6 + 3) * 4 + (1.5 + 2 + 3) * 8;
    const double dram = (4 + 6) * 100 + 3 * 200;
    EXPECT_DOUBLE_EQ(cost.mac_energy.count(), 24);
    EXPECT_DOUBLE_EQ(cost.memory_energy.count(), registers + sram + dram);
}

TEST_F(PointwiseByHand, LatencyIsIterationsStallsLoadingAndOffloading)
{
    EXPECT_EQ(cost.temporal, Cycles{12});
    EXPECT_EQ(cost.ideal, Cycles{12});
    // The sram read port serves weights and inputs, a cycle each per iteration, in the same 12 cycles. After the first
    // iteration, which belongs to loading, 11 + 11 allowed cycles share a union of 12: 10 too many.
    EXPECT_EQ(cost.stall, Cycles{10});
    // dram's 16-bit port brings 8 weights in 4 cycles and 12 inputs in 6; the port is shared.
    EXPECT_EQ(cost.loading, Cycles{10});
    // 6 outputs through dram's port take 3 cycles, and one for the latency of sram on the way.
    EXPECT_EQ(cost.offloading, Cycles{4});
    EXPECT_EQ(cost.latency(), Cycles{36});
}

TEST(LayerCost, PartialSumsTravelBothWaysAndAreWide)
{
    // Outputs change every iteration and the reduction runs outside: sums go to dram unfinished and come back.
    const Accelerator accelerator = tiny::accelerator();
    const Layer layer = tiny::convolution(0, {2, 4, 1, 3});
    const SpatialLoop k2{LoopDim::k, 2};
    const TemporalLoop c4{LoopDim::c, 4};
    const TemporalLoop ox3{LoopDim::ox, 3};
    LayerMapping mapping;
    mapping.sizes = layer.sizes;
    mapping.operands = {
        {"O", MemoryOperand::o, {kRegister, kSram, kDram}, {{}, {}, {ox3, c4}}, {{}, {k2}, {}, {}}},
        {"W", MemoryOperand::i2, {kSram, kDram}, {{ox3, c4}, {}}, {{k2}, {}, {}}},
        {"I", MemoryOperand::i1, {kSram, kDram}, {{ox3, c4}, {}}, {{k2}, {}, {}}},
    };
    const LayerCost cost = layer_cost(accelerator, layer, mapping, Estimator::uniform);
    const auto& dram = cost.operands[0].levels[2].accesses;
    // 2 sums of 16 bits, one word each, 12 times.
    EXPECT_EQ(dram[Direction::write_from_down].count(), 24);
    EXPECT_EQ(dram[Direction::read_down].count(), 24);
}

TEST(LayerCost, FractionalUnrollingCountsOnAverageAndTakesWholeLanes)
{
    // 3 output channels on 2 MACs: 2 iterations that keep 1.5 MACs busy.
    const Accelerator accelerator = tiny::accelerator();
    const Layer layer = tiny::convolution(0, {3, 1, 1, 1});
    const SpatialLoop k{LoopDim::k, 1.5};
    const TemporalLoop k2{LoopDim::k, 2};
    LayerMapping mapping;
    mapping.sizes = layer.sizes;
    mapping.operands = {
        {"O", MemoryOperand::o, {kRegister, kSram, kDram}, {{}, {k2}, {}}, {{}, {k}, {}, {}}},
        {"W", MemoryOperand::i2, {kSram, kDram}, {{k2}, {}}, {{k}, {}, {}}},
        {"I", MemoryOperand::i1, {kSram, kDram}, {{k2}, {}}, {{k}, {}, {}}},
    };
    const LayerCost cost = layer_cost(accelerator, layer, mapping, Estimator::uniform);
    EXPECT_EQ(cost.macs, 3);
    EXPECT_EQ(cost.temporal, Cycles{2});
    // 1.5 registers round to 2, as do 1.5 outputs per iteration; 3 outputs leave sram.
    EXPECT_EQ(cost.operands[0].levels[0].accesses[Direction::write_from_down].count(), 4);
    EXPECT_EQ(cost.operands[0].levels[1].accesses[Direction::read_up].count(), 3 * 0.25);
}

TEST_F(PointwiseByHand, RefinedDoesNotReadTheFirstPartialSums)
{
    const LayerCost refined = layer_cost(accelerator, layer, mapping, Estimator::refined);
    // 24 sums written, 6 of them the first of an output. Nothing else differs: all lanes are full.
    EXPECT_EQ(refined.operands[0].levels[0].accesses[Direction::read_down].count(), 24 - 6);
    EXPECT_DOUBLE_EQ(refined.memory_energy.count(), cost.memory_energy.count() - 6 * 0.5);
}

TEST_F(PointwiseByHand, RefinedTakesAsLongAsTheBusiestPortForEachIteration)
{
    const LayerCost refined = layer_cost(accelerator, layer, mapping, Estimator::refined);
    EXPECT_EQ(refined.temporal, Cycles{12});
    // Weights and inputs take a cycle each of sram's read port. Outputs leave their registers in one, while it is read.
    EXPECT_EQ(refined.stall, Cycles{12});
    EXPECT_EQ(refined.loading, Cycles{4 + 6});
    // The last outputs leave their registers in a cycle, then all 6 pass dram's port, 2 in a cycle.
    EXPECT_EQ(refined.offloading, Cycles{1 + 3});
}

TEST(LayerCost, RefinedCountsTheLastIterationWithTheLanesThatWork)
{
    // 3 output channels on 2 MACs, 4 input channels: 4 iterations with 2 lanes, then 4 with one.
    const Accelerator accelerator = tiny::accelerator();
    const Layer layer = tiny::convolution(0, {3, 4, 1, 1});
    const SpatialLoop k{LoopDim::k, 1.5};
    const TemporalLoop k2{LoopDim::k, 2};
    const TemporalLoop c4{LoopDim::c, 4};
    LayerMapping mapping;
    mapping.sizes = layer.sizes;
    mapping.operands = {
        {"O", MemoryOperand::o, {kRegister, kSram, kDram}, {{c4}, {k2}, {}}, {{}, {k}, {}, {}}},
        {"W", MemoryOperand::i2, {kSram, kDram}, {{c4, k2}, {}}, {{k}, {}, {}}},
        {"I", MemoryOperand::i1, {kSram, kDram}, {{c4, k2}, {}}, {{k}, {}, {}}},
    };
    const LayerCost cost = layer_cost(accelerator, layer, mapping, Estimator::refined);
    const auto words = [&](std::size_t operand, std::size_t level, Direction direction) {
        return cost.operands[operand].levels[level].accesses[direction].count();
    };
    EXPECT_EQ(words(0, 0, Direction::write_from_down), 4 * 2 + 4 * 1);
    EXPECT_EQ(words(0, 0, Direction::read_down), 3 * 2 + 3 * 1);
    EXPECT_EQ(words(0, 0, Direction::read_up), 3);
    // sram: granules of 8 bits, a quarter of a word; 2 weights or outputs at a time, then 1.
    EXPECT_EQ(words(0, 1, Direction::write_from_down), (2 + 1) * 0.25);
    EXPECT_EQ(words(1, 0, Direction::read_down), (4 * 2 + 4 * 1) * 0.25);
    EXPECT_EQ(words(2, 0, Direction::read_down), 8 * 0.25);
    // dram: 12 weights of 8 bits, 2 a word.
    EXPECT_EQ(words(1, 1, Direction::read_down), 6);
}

TEST(LayerCost, OfTilesAddsUp)
{
    LayerCost one;
    one.macs = 3;
    one.mac_energy = Picojoules{1.5};
    one.temporal = Cycles{7};
    one.operands = {{"O", MemoryOperand::o, {{0, {Accesses{1}, Accesses{2}, Accesses{3}, Accesses{4}}, {}}}}};
    LayerCost sum = one;
    sum *= 4;
    sum += one;
    EXPECT_EQ(sum.macs, 15);
    EXPECT_EQ(sum.mac_energy, Picojoules{7.5});
    EXPECT_EQ(sum.temporal, Cycles{35});
    EXPECT_EQ(sum.operands[0].levels[0].accesses[Direction::write_from_up], Accesses{20});
}

}  // namespace
}  // namespace plumbline
