// SPDX-License-Identifier: Apache-2.0
// What a profile makes of an accelerator, and what that does to predictions, by hand.
#include "plumbline/calibrated_accelerator.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"
#include "model/input_error.hpp"
#include "plumbline/copy_cost.hpp"
#include "plumbline/layer_cost.hpp"

namespace plumbline {
namespace {

using tiny::kDram;
using tiny::kRegister;
using tiny::kSram;

class CalibratedAccelerator : public ::testing::Test {
protected:
    CalibratedAccelerator()
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
    }

    /// From dram to sram.
    Cycles fetch(const Accelerator& by, Bits amount) const
    {
        return copy_cost(by, {{amount, {MemoryOperand::i1, kDram}, {MemoryOperand::i1, kSram}}}, Estimator::uniform)
            .latency;
    }
    LayerCost cost(const Accelerator& by) const { return layer_cost(by, layer, mapping, Estimator::uniform); }

    Accelerator accelerator = tiny::accelerator();
    Layer layer = tiny::convolution(0, {2, 4, 1, 3});
    LayerMapping mapping;
};

MemoryCalibration memory(const char* name, double bandwidth, double latency = 0, double overhead = 0)
{
    MemoryCalibration memory;
    memory.memory = name;
    memory.bandwidth = bandwidth;
    memory.access_latency = latency;
    memory.burst_overhead = overhead;
    return memory;
}

TEST_F(CalibratedAccelerator, IsTheSameByANeutralProfile)
{
    EXPECT_EQ(calibrated(accelerator, {}), accelerator);
    EXPECT_EQ(calibrated(accelerator, {"tiny", {memory("sram", 1)}, {}, {}}), accelerator);
}

TEST_F(CalibratedAccelerator, MovesAFractionOfAPortsWidth)
{
    // 1600 bits are 100 words of dram; at 0.8 of them a cycle 125 cycles, however that comes about.
    EXPECT_EQ(fetch(accelerator, Bits{1600}), Cycles{100});
    EXPECT_EQ(fetch(calibrated(accelerator, {"tiny", {}, {0.8, 0}, {}}), Bits{1600}), Cycles{125});
    EXPECT_EQ(fetch(calibrated(accelerator, {"tiny", {}, {1, 0.2}, {}}), Bits{1600}), Cycles{125});
    // 50 words of sram take 250 cycles at a fifth: longer than those of dram.
    EXPECT_EQ(fetch(calibrated(accelerator, {"tiny", {memory("sram", 0.2)}, {}, {}}), Bits{1600}), Cycles{250});
}

TEST_F(CalibratedAccelerator, TransfersWaitForTheirSourceAndLoseTimeInBursts)
{
    // 100 words, 4 bursts of 512 bits at most, each 1.5 cycles; the first word 7 cycles late.
    const Accelerator real = calibrated(accelerator, {"tiny", {memory("dram", 1, 7, 1.5)}, {}, {}});
    EXPECT_EQ(fetch(real, Bits{1600}), Cycles{100 + 4 * 3 / 2 + 7});
    EXPECT_EQ(real.memory(kDram).latency, accelerator.memory(kDram).latency + Cycles{7});
    // Who writes does not wait.
    const Accelerator slow_sram = calibrated(accelerator, {"tiny", {memory("sram", 1, 7)}, {}, {}});
    EXPECT_EQ(fetch(slow_sram, Bits{1600}), Cycles{100});
}

TEST_F(CalibratedAccelerator, LayersLoadBothInputsThroughTheSlowPort)
{
    // 4 words of weights and 6 of inputs come through dram's port one after the other, and wait 10 cycles each.
    const LayerCost before = cost(accelerator);
    const LayerCost after = cost(calibrated(accelerator, {"tiny", {memory("dram", 1, 10)}, {0.5, 0}, {}}));
    EXPECT_EQ(before.loading, Cycles{4 + 6});
    EXPECT_EQ(after.loading, Cycles{2 * (4 + 6) + 2 * 10});
    EXPECT_EQ(after.temporal, before.temporal);
}

TEST_F(CalibratedAccelerator, TheArraysWordsRestAndAreNoBursts)
{
    // sram hands 3 bytes to the array in each of 12 iterations, in two words through one port: 12 stalls; at half the
    // width each takes 4 cycles.
    const Accelerator slow = calibrated(accelerator, {"tiny", {memory("sram", 0.5)}, {}, {}});
    const Accelerator bursts = calibrated(accelerator, {"tiny", {memory("sram", 1, 0, 100)}, {}, {}});
    EXPECT_GT(cost(slow).stall, cost(accelerator).stall);
    EXPECT_LT(cost(bursts).stall, cost(accelerator).stall + Cycles{3 * 2 * 100});  // but for blocks that come and go
}

TEST_F(CalibratedAccelerator, DispatchesEveryStep)
{
    const Accelerator real = calibrated(accelerator, {"tiny", {}, {}, {25}});
    EXPECT_EQ(cost(real).loading, cost(accelerator).loading + Cycles{25});
    EXPECT_EQ(copy_cost(real, CopyStep{}).latency, Cycles{25});
}

TEST_F(CalibratedAccelerator, ScalesEnergies)
{
    MemoryCalibration dear = memory("dram", 1);
    dear.energy_scale = 1.5;
    const Accelerator real = calibrated(accelerator, {"tiny", {dear}, {}, {}});
    EXPECT_EQ(real.memory(kDram).read_energy, Picojoules{150});
    EXPECT_EQ(real.memory(kDram).write_energy, Picojoules{300});
    EXPECT_EQ(real.memory(kSram).read_energy, accelerator.memory(kSram).read_energy);
    EXPECT_EQ(cost(real).latency(), cost(accelerator).latency());
}

TEST_F(CalibratedAccelerator, RefusesAProfileOfAnother)
{
    EXPECT_THROW(calibrated(accelerator, {"huge", {}, {}, {1}}), InputError);
    EXPECT_THROW(calibrated(accelerator, {"tiny", {memory("flash", 0.5)}, {}, {}}), InputError);
}

}  // namespace
}  // namespace plumbline
