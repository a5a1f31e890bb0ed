// SPDX-License-Identifier: Apache-2.0
// How long layers take on the machine of hand_machine.hpp, as the refined estimator says, worked out by hand.
//
// 2 output channels over the MACs, 4 input channels, 3 columns: 12 iterations. sram's read port serves a weight and an input
// in each, so an iteration takes 2 cycles; an output is done after 4 of them.
#include <gtest/gtest.h>

#include "model/edge_machine.hpp"
#include "model/hand_machine.hpp"
#include "plumbline/layer_cost.hpp"

namespace plumbline {
namespace {

using tiny::kDram;
using tiny::kRegister;
using tiny::kSram;

constexpr std::int64_t kIteration = 2;
constexpr std::int64_t kIterations = 12;

/// Output registers of so many words above a write port of so many bits.
Accelerator machine(std::int64_t outputs, Bits write_width)
{
    std::vector<Memory> memories{tiny::output_register(), tiny::sram(), tiny::dram()};
    memories[kRegister].size = memories[kRegister].size * outputs;
    memories[kSram].ports[1].width = write_width;
    memories[kSram].ports[1].granule = Bits{1};
    MacArray array;
    array.dimensions = {{"D1", 2}};
    return Accelerator{"tiny", array, memories};
}

/// Everything in sram, outputs in registers while they are accumulated.
LayerCost cost_on(const Accelerator& accelerator, const std::vector<Resident>& residents = {})
{
    const Layer layer = tiny::convolution(0, {2, 4, 1, 3});
    const TemporalLoop c4{LoopDim::c, 4};
    const TemporalLoop ox3{LoopDim::ox, 3};
    const SpatialLoop k2{LoopDim::k, 2};
    LayerMapping mapping;
    mapping.sizes = layer.sizes;
    mapping.operands = {
        {"O", MemoryOperand::o, {kRegister, kSram}, {{c4}, {ox3}}, {{}, {k2}, {}}},
        {"W", MemoryOperand::i2, {kSram}, {{c4, ox3}}, {{k2}, {}}},
        {"I", MemoryOperand::i1, {kSram}, {{c4, ox3}}, {{k2}, {}}},
    };
    check(mapping, layer, accelerator);
    return layer_cost(accelerator, layer, mapping, Estimator::refined, residents);
}

TEST(RefinedLatency, IsThatOfTheMacsWhereOutputsLeaveInOneIteration)
{
    const LayerCost cost = cost_on(machine(1, Bits{8}));
    EXPECT_EQ(cost.temporal + cost.stall, Cycles{kIterations * kIteration});
    EXPECT_EQ(cost.loading, Cycles{});
    EXPECT_EQ(cost.offloading, Cycles{2 * 8 / 8});
}

TEST(RefinedLatency, WaitsForARegisterOfOneWord)
{
    // Both outputs take 8 cycles, of which one iteration over the next outputs hides 2. Outputs change twice.
    const LayerCost cost = cost_on(machine(1, Bits{2}));
    EXPECT_EQ(cost.temporal + cost.stall, Cycles{kIterations * kIteration + 2 * (8 - kIteration)});
    EXPECT_EQ(cost.offloading, Cycles{8});
}

TEST(RefinedLatency, HidesOutputsThatLeaveARegisterOfTwoWords)
{
    EXPECT_EQ(cost_on(machine(2, Bits{2})).stall, Cycles{kIterations * (kIteration - 1)});
}

TEST(RefinedLatency, WaitsWhereOthersLeaveNoSpaceForASecondWord)
{
    // Of two words one is somebody else's, so the register is as good as one of a single word. Elsewhere it takes nothing.
    const Resident in_register{ResidentKind::feature_map, kRegister, Bits{16}};
    const Resident in_sram{ResidentKind::feature_map, kSram, Bits{16}};
    EXPECT_EQ(cost_on(machine(2, Bits{2}), {in_register}).stall, cost_on(machine(1, Bits{2})).stall);
    EXPECT_EQ(cost_on(machine(2, Bits{2}), {in_sram}).stall, cost_on(machine(2, Bits{2})).stall);
}

TEST(RefinedLatency, IsThatOfAPortThatIsSlowerThanTheMacs)
{
    // 16 cycles for what is computed in 8.
    const LayerCost cost = cost_on(machine(2, Bits{1}));
    EXPECT_EQ(cost.temporal + cost.stall, Cycles{kIterations * kIteration + 2 * (16 - 4 * kIteration)});
}

TEST(RefinedLatency, CountsTheLatencyOfMemoriesWhereItIsNotHidden)
{
    // Of sram before the first iteration; reads after that follow each other. Writes have none.
    Accelerator slow = machine(1, Bits{8});
    std::vector<Memory> memories = slow.memories();
    memories[kSram].latency = Cycles{5};
    const Accelerator accelerator{"tiny", slow.array(), memories};
    const LayerCost cost = cost_on(accelerator);
    EXPECT_EQ(cost.loading, Cycles{5 - 1});
    EXPECT_EQ(cost.temporal + cost.stall, Cycles{kIterations * kIteration});
    EXPECT_EQ(cost.offloading, Cycles{2});
}

TEST(RefinedLatency, TakesALatencyOfZeroForOneOfACycle)
{
    // A port moves a word in a whole cycle: what answers at once takes no less.
    const Accelerator at_once = machine(1, Bits{2});
    std::vector<Memory> memories = at_once.memories();
    for (Memory& memory : memories) memory.latency = Cycles{0};
    const LayerCost zero = cost_on({"tiny", at_once.array(), memories});
    const LayerCost one = cost_on(at_once);
    EXPECT_EQ(zero.loading, one.loading);
    EXPECT_EQ(zero.temporal + zero.stall, one.temporal + one.stall);
    EXPECT_EQ(zero.offloading, one.offloading);
}

TEST(RefinedLatency, CountsShortBlocksBesideLongIterations)
{
    // On average an iteration and the fill beside it take 3.5 cycles each. But they are never short at the same time.
    const LayerCost cost =
        layer_cost(tiny::edge_machine(), tiny::edge_layer(), tiny::edge_mapping(), Estimator::refined, {});
    EXPECT_EQ(cost.temporal + cost.stall, tiny::kEdgeCycles);
    EXPECT_EQ(cost.loading, tiny::kEdgeLoading);
    EXPECT_EQ(cost.offloading, Cycles{});
}

}  // namespace
}  // namespace plumbline
