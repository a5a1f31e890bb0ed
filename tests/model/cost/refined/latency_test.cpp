// SPDX-License-Identifier: Apache-2.0
// How long layers take on the machine of hand_machine.hpp, as the refined estimator says, worked out by hand.
//
// 2 output channels over the MACs, 4 input channels, 3 columns: 12 iterations. sram's read port serves a weight and an input
// in each, so an iteration takes 2 cycles; an output is done after 4 of them.
#include <gtest/gtest.h>

#include "model/edge_machine.hpp"
#include "model/hand_latencies.hpp"
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

/// A buffer of two words above one MAC for one operand, filled through a port of so many bits; ports of their own for all else.
Accelerator one_mac(MemoryOperand operand, std::vector<Port> ports, bool rereads)
{
    Memory buffer{"buffer", Bits{16}, Picojoules{1}, Picojoules{1}, Cycles{1}, std::move(ports), {}, {}};
    buffer.services = {tiny::through(operand, 0, std::nullopt, std::nullopt, buffer.ports.size() - 1)};
    Memory above = tiny::sram();
    for (const char* name : {"r_port_2", "r_port_3"}) above.ports.push_back({name, PortType::read, Bits{8}, Bits{8}});
    above.services[0] = tiny::through(MemoryOperand::i1, 2, std::nullopt, std::nullopt, 1);
    above.services[1] = tiny::through(MemoryOperand::i2, 3, std::nullopt, std::nullopt, 1);
    return Accelerator{"one_mac", {{{"D1", 1}}, Picojoules{1}, rereads}, {buffer, above, tiny::dram()}};
}

/// One operand through the buffer, a word of it for each iteration.
LayerCost cost_through_buffer(const Accelerator& accelerator, const Layer& layer, const std::string& buffered,
                              const std::vector<TemporalLoop>& loops, const std::vector<AxisPadding>& padding = {})
{
    LayerMapping mapping;
    mapping.sizes = layer.sizes;
    for (const auto& [name, operand] :
         {std::pair{"O", MemoryOperand::o}, {"W", MemoryOperand::i2}, {"I", MemoryOperand::i1}}) {
        if (name == buffered)
            mapping.operands.push_back({name, operand, {0, kSram}, {{}, loops}, {{}, {}, {}}});
        else
            mapping.operands.push_back({name, operand, {kSram}, {loops}, {{}, {}}});
    }
    mapping.operands.back().padding = padding;
    check(mapping, layer, accelerator);
    return layer_cost(accelerator, layer, mapping, Estimator::refined, {});
}

TEST(RefinedLatency, IsThatOfTheBusiestPortOfEachIteration)
{
    // Seven columns on three lanes: outputs take 3 slots, 3 and 1, the weight 2 slots in each iteration.
    Memory memory = tiny::sram();
    memory.ports[1].width = Bits{8};
    memory.ports.push_back({"r_port_2", PortType::read, Bits{4}, Bits{4}});
    memory.services[1] = tiny::through(MemoryOperand::i2, 2, std::nullopt, std::nullopt, 1);
    const Accelerator accelerator{"busiest", {{{"D1", 3}}, Picojoules{1}, true}, {memory, tiny::dram()}};
    const Layer layer = tiny::convolution(0, {1, 1, 1, 7});
    const std::vector<TemporalLoop> loops{{LoopDim::ox, 3}};
    const SpatialLoop lanes{LoopDim::ox, 7.0 / 3};
    LayerMapping mapping;
    mapping.sizes = layer.sizes;
    mapping.operands = {{"O", MemoryOperand::o, {0}, {loops}, {{lanes}, {}}},
                        {"W", MemoryOperand::i2, {0}, {loops}, {{lanes}, {}}},
                        {"I", MemoryOperand::i1, {0}, {loops}, {{lanes}, {}}}};
    check(mapping, layer, accelerator);
    const LayerCost cost = layer_cost(accelerator, layer, mapping, Estimator::refined, {});
    EXPECT_EQ(cost.temporal + cost.stall, Cycles{3 + 3 + 2});
}

TEST(RefinedLatency, WaitsForNoFillOfWhatIsThere)
{
    // Windows of three columns, two apart: columns 0 1 2, 2 3 4, 4 5 6. A fill takes two cycles, an iteration one. There are six fills
    // after the first, of columns 1 to 6. Each begins as the iteration before it does, also the one that uses column 2 or 4 again: the
    // second word is not free before. So each is waited for by a cycle.
    const Layer layer = tiny::convolution(0, {1, 1, 1, 3, 1, 3, 2});
    const auto cost_at = [&](Bits width) {
        const Accelerator accelerator = one_mac(
            MemoryOperand::i1, {{"r", PortType::read, Bits{8}, Bits{8}}, {"w", PortType::write, width, Bits{1}}}, true);
        return cost_through_buffer(accelerator, layer, "I", {{LoopDim::fx, 3}, {LoopDim::ox, 3}});
    };
    const LayerCost cost = cost_at(Bits{4});
    EXPECT_EQ(cost.temporal + cost.stall, Cycles{9 + 6});
    EXPECT_EQ(cost_at(Bits{8}).stall, Cycles{});
}

TEST(RefinedLatency, KnowsWhichBlocksInPaddingFollowEachOther)
{
    // Windows of three columns, side by side on three MACs, over four positions of a map of four with a column of padding on each side: they
    // read 2, 3, 3 and 2 columns in as many cycles. The next block comes meanwhile: 3, 3 and 2 cycles; the first one before, in 2.
    Memory buffer{"buffer", Bits{48}, Picojoules{1}, Picojoules{1}, Cycles{1}, {}, {}, {0}};
    buffer.ports = {{"r", PortType::read, Bits{8}, Bits{8}}, {"w", PortType::write, Bits{8}, Bits{8}}};
    buffer.services = {tiny::through(MemoryOperand::i1, 0, std::nullopt, std::nullopt, 1)};
    Memory above = tiny::sram();
    above.ports.push_back({"r_port_2", PortType::read, Bits{8}, Bits{8}});
    above.services[0] = tiny::through(MemoryOperand::i1, 2, std::nullopt, std::nullopt, 1);
    const Accelerator accelerator{"padded", {{{"D1", 3}}, Picojoules{1}, true}, {buffer, above, tiny::dram()}};
    Layer layer = tiny::convolution(0, {1, 1, 1, 4, 1, 3});
    for (SlidingAxis& axis : layer.inputs[1].sliding) {
        const bool along = axis.position == LoopDim::ox;
        axis.padding_before = axis.padding_behind = along ? 1 : 0;
        axis.size = along ? 4 : 1;
    }
    const std::vector<TemporalLoop> loops{{LoopDim::ox, 4}};
    const SpatialLoop lanes{LoopDim::fx, 3};
    LayerMapping mapping;
    mapping.sizes = layer.sizes;
    mapping.operands = {{"O", MemoryOperand::o, {kSram}, {loops}, {{lanes}, {}}},
                        {"W", MemoryOperand::i2, {kSram}, {loops}, {{lanes}, {}}},
                        {"I", MemoryOperand::i1, {0, kSram}, {{}, loops}, {{lanes}, {}, {}}}};
    mapping.operands[2].padding = {{0, 0}, {1, 1}};
    check(mapping, layer, accelerator);
    const LayerCost cost = layer_cost(accelerator, layer, mapping, Estimator::refined, {});
    EXPECT_EQ(cost.temporal + cost.stall, Cycles{3 + 3 + 3 + 2});
    EXPECT_EQ(cost.loading, Cycles{2});
}

/// A layer whose windows begin with a column of padding, over a map of so many columns.
Layer padded_before(const tiny::Shape& shape, std::int64_t columns)
{
    Layer layer = tiny::convolution(0, shape);
    for (SlidingAxis& axis : layer.inputs[1].sliding) {
        const bool along = axis.position == LoopDim::ox;
        axis.padding_before = along ? 1 : 0;
        axis.size = along ? columns : 1;
    }
    return layer;
}

/// Two MACs below a buffer of inputs; what is read at sram passes a port of its own for each operand.
LayerCost cost_on_two_macs(Memory buffer, Bits width_above, const Layer& layer, const SpatialLoop& lanes,
                           const std::vector<TemporalLoop>& inside, const std::vector<TemporalLoop>& outside)
{
    Memory above = tiny::sram();
    above.ports.push_back({"r_port_2", PortType::read, width_above, Bits{1}});
    above.ports.push_back({"r_port_3", PortType::read, Bits{16}, Bits{8}});
    above.services[0] = tiny::through(MemoryOperand::i1, 2, std::nullopt, std::nullopt, 1);
    above.services[1] = tiny::through(MemoryOperand::i2, 3, std::nullopt, std::nullopt, 1);
    buffer.services = {tiny::through(MemoryOperand::i1, 0, std::nullopt, std::nullopt, 1)};
    const bool shared = !buffer.served_dimensions.empty();
    std::vector<TemporalLoop> loops = inside;
    loops.insert(loops.end(), outside.begin(), outside.end());
    const Accelerator accelerator{"two_macs", {{{"D1", 2}}, Picojoules{1}, true}, {buffer, above, tiny::dram()}};
    LayerMapping mapping;
    mapping.sizes = layer.sizes;
    mapping.operands = {{"O", MemoryOperand::o, {kSram}, {loops}, {{lanes}, {}}},
                        {"W", MemoryOperand::i2, {kSram}, {loops}, {{lanes}, {}}},
                        {"I", MemoryOperand::i1, {0, kSram}, {inside, outside}, {{}, {}, {}}}};
    mapping.operands[2].spatial[shared ? 0 : 1] = {lanes};
    mapping.operands[2].padding = {{0, 0}, {1, 0}};
    check(mapping, layer, accelerator);
    return layer_cost(accelerator, layer, mapping, Estimator::refined, {});
}

TEST(RefinedLatency, KnowsThatBlocksOfIdleLanesAreSmallerInPadding)
{
    // Windows of two columns at three positions of a map of three, a column of padding before: - 0, 0 1, 1 2. Of three channels two are in
    // the first three windows and one is in the others: 2, 4, 4, 1, 2 and 2 words, one a cycle, the first ones before. A window takes two
    // cycles, so those of four words are waited for: 6 * 2 + 2 * 2.
    Memory buffer{"buffer", Bits{64}, Picojoules{1}, Picojoules{1}, Cycles{1}, {}, {}, {0}};
    buffer.ports = {{"r", PortType::read, Bits{16}, Bits{8}}, {"w", PortType::write, Bits{8}, Bits{8}}};
    const LayerCost cost =
        cost_on_two_macs(buffer, Bits{8}, padded_before({1, 3, 1, 3, 1, 2}, 3), {LoopDim::c, 3.0 / 2},
                         {{LoopDim::fx, 2}}, {{LoopDim::ox, 3}, {LoopDim::c, 2}});
    EXPECT_EQ(cost.temporal + cost.stall, Cycles{6 * 2 + 2 * 2});
}

TEST(RefinedLatency, ReadsAboveForBusyLanesAloneInPadding)
{
    // Windows of three columns at four positions, a column of padding before, two taps side by side and then the third: - 0 and 1, 0 1 and
    // 2, … Each MAC has a buffer for its word. Together they are read above, one in two cycles: 1, 1, 2, 1, 2, 1, 2 and 1; the first one
    // before. An iteration takes three cycles to read its word, and waits for each of three second words.
    Memory buffer{"buffer", Bits{16}, Picojoules{1}, Picojoules{1}, Cycles{1}, {}, {}, {}};
    buffer.ports = {{"r", PortType::read, Bits{3}, Bits{1}}, {"w", PortType::write, Bits{8}, Bits{8}}};
    const LayerCost cost = cost_on_two_macs(buffer, Bits{4}, padded_before({1, 1, 1, 4, 1, 3}, 5),
                                            {LoopDim::fx, 3.0 / 2}, {}, {{LoopDim::fx, 2}, {LoopDim::ox, 4}});
    EXPECT_EQ(cost.temporal + cost.stall, Cycles{8 * 3 + 3});
}

TEST(RefinedLatency, FillsNothingWhereAllLiesBeyondAnEdge)
{
    // Windows of three columns over four positions of a map of four, two columns of padding behind, tap by tap: 0 1 2, 1 2 3, 2 3 -, 3 - -.
    // Eight fills follow the first one; each takes two cycles, an iteration one: 12 + 8 cycles. The share of blocks with nothing in
    // them is taken of all blocks, of which the first one is no change: 12 + 11 * 9 / 12 = 20.25.
    Layer layer = tiny::convolution(0, {1, 1, 1, 4, 1, 3});
    for (SlidingAxis& axis : layer.inputs[1].sliding) {
        const bool along = axis.position == LoopDim::ox;
        axis.padding_behind = along ? 2 : 0;
        axis.size = along ? 4 : 1;
    }
    const Accelerator accelerator = one_mac(
        MemoryOperand::i1, {{"r", PortType::read, Bits{8}, Bits{8}}, {"w", PortType::write, Bits{4}, Bits{1}}}, true);
    const LayerCost cost =
        cost_through_buffer(accelerator, layer, "I", {{LoopDim::fx, 3}, {LoopDim::ox, 4}}, {{0, 0}, {0, 2}});
    EXPECT_EQ(cost.temporal + cost.stall, Cycles{21});
}

TEST(RefinedLatency, IsThatOfReadsThatPaddingSpares)
{
    // Windows of three columns over both positions of a map of two with a column of padding on each side, tap by tap: - 0 1, 0 1 -. The
    // four that are there take two cycles each to read, the other two iterations a cycle. Their mean is not that of 4/3 slots.
    Layer layer = tiny::convolution(0, {1, 1, 1, 2, 1, 3});
    for (SlidingAxis& axis : layer.inputs[1].sliding) {
        const bool along = axis.position == LoopDim::ox;
        axis.padding_before = axis.padding_behind = along ? 1 : 0;
        axis.size = along ? 2 : 1;
    }
    const Accelerator wide = one_mac(
        MemoryOperand::i2, {{"r", PortType::read, Bits{8}, Bits{8}}, {"w", PortType::write, Bits{8}, Bits{8}}}, true);
    std::vector<Memory> memories = wide.memories();
    memories[kSram].ports[2].width = memories[kSram].ports[2].granule = Bits{4};
    const Accelerator accelerator{"narrow", wide.array(), memories};
    const LayerCost cost =
        cost_through_buffer(accelerator, layer, "W", {{LoopDim::fx, 3}, {LoopDim::ox, 2}}, {{0, 0}, {1, 1}});
    EXPECT_EQ(cost.temporal + cost.stall, Cycles{4 * 2 + 2});
}

TEST(RefinedLatency, IsThatOfReadsThatWindowsSpare)
{
    // Windows of three columns at two positions, tap by tap: 0 1, 1 2, 2 3. What the iteration before has read stays at the MACs. Four
    // reads take two cycles each, the other two iterations a cycle.
    const Layer layer = tiny::convolution(0, {1, 1, 1, 2, 1, 3});
    const auto cost_where = [&](bool rereads) {
        const Accelerator wide =
            one_mac(MemoryOperand::i2,
                    {{"r", PortType::read, Bits{8}, Bits{8}}, {"w", PortType::write, Bits{8}, Bits{8}}}, rereads);
        std::vector<Memory> memories = wide.memories();
        memories[kSram].ports[2].width = memories[kSram].ports[2].granule = Bits{4};
        const Accelerator accelerator{"narrow", wide.array(), memories};
        const LayerCost cost = cost_through_buffer(accelerator, layer, "W", {{LoopDim::ox, 2}, {LoopDim::fx, 3}});
        return cost.temporal + cost.stall;
    };
    EXPECT_EQ(cost_where(false), Cycles{4 * 2 + 2});
    EXPECT_EQ(cost_where(true), Cycles{6 * 2});
}

TEST(RefinedLatency, WaitsWhereAFillFollowsAShortVisit)
{
    // Windows of three columns over both positions of a map of two with a column of padding on each side, tap by tap: - 0 1, 0 1 -, of two
    // channels. Visits take 2, 4, 4, 4, 4 and 2 cycles, and each fill takes 4. The first one is beside a visit of 2: 20 + 2 cycles.
    Layer layer = tiny::convolution(0, {1, 2, 1, 2, 1, 3});
    for (SlidingAxis& axis : layer.inputs[1].sliding) {
        const bool along = axis.position == LoopDim::ox;
        axis.padding_before = axis.padding_behind = along ? 1 : 0;
        axis.size = along ? 2 : 1;
    }
    const Accelerator accelerator = one_mac(
        MemoryOperand::i1, {{"r", PortType::read, Bits{4}, Bits{4}}, {"w", PortType::write, Bits{4}, Bits{4}}}, true);
    const TemporalLoop channels{LoopDim::c, 2};
    const std::vector<TemporalLoop> taps{{LoopDim::fx, 3}, {LoopDim::ox, 2}};
    const std::vector<TemporalLoop> loops{channels, taps[0], taps[1]};
    LayerMapping mapping;
    mapping.sizes = layer.sizes;
    mapping.operands = {{"O", MemoryOperand::o, {kSram}, {loops}, {{}, {}}},
                        {"W", MemoryOperand::i2, {kSram}, {loops}, {{}, {}}},
                        {"I", MemoryOperand::i1, {0, kSram}, {{channels}, taps}, {{}, {}, {}}}};
    mapping.operands[2].padding = {{0, 0}, {1, 1}};
    check(mapping, layer, accelerator);
    const LayerCost cost = layer_cost(accelerator, layer, mapping, Estimator::refined, {});
    EXPECT_EQ(cost.temporal + cost.stall, Cycles{20 + 2});
}

TEST(RefinedLatency, LetsFillsHaveThePortThatMacsLeaveAlone)
{
    // Each of three weights is used in two iterations, and the next one comes meanwhile through the port by which it is read. Where it is
    // read once, the fill has the port in the other iteration. Where it is read twice, there are three slots in two cycles.
    const Layer layer = tiny::convolution(0, {3, 1, 1, 2});
    const auto cost_where = [&](bool rereads) {
        const Accelerator accelerator =
            one_mac(MemoryOperand::i2, {{"rw", PortType::read_write, Bits{8}, Bits{8}}}, rereads);
        const LayerCost cost = cost_through_buffer(accelerator, layer, "W", {{LoopDim::ox, 2}, {LoopDim::k, 3}});
        return cost.temporal + cost.stall;
    };
    EXPECT_EQ(cost_where(false), Cycles{6});
    EXPECT_EQ(cost_where(true), Cycles{6 + 2});
}

TEST(RefinedLatency, LetsAFillHaveThePortOfWhatStaysAtTheMacs)
{
    // As above, but the buffer has space for one weight: the next one comes in the second iteration, in which nobody reads the first.
    const Layer layer = tiny::convolution(0, {3, 1, 1, 2});
    const auto cost_where = [&](bool rereads) {
        const Accelerator two = one_mac(MemoryOperand::i2, {{"rw", PortType::read_write, Bits{8}, Bits{8}}}, rereads);
        std::vector<Memory> memories = two.memories();
        memories[0].size = Bits{8};
        const Accelerator accelerator{"one_word", two.array(), memories};
        const LayerCost cost = cost_through_buffer(accelerator, layer, "W", {{LoopDim::ox, 2}, {LoopDim::k, 3}});
        return cost.temporal + cost.stall;
    };
    EXPECT_EQ(cost_where(false), Cycles{6});
    EXPECT_EQ(cost_where(true), Cycles{6 + 2});
}

TEST(RefinedLatency, IsThatOfEachPhaseWorkedOutByHand)
{
    for (const tiny::HandLatency& hand : tiny::hand_latencies()) {
        check(hand.mapping, hand.layer, hand.accelerator);
        const LayerCost cost = layer_cost(hand.accelerator, hand.layer, hand.mapping, Estimator::refined, {});
        EXPECT_EQ(cost.loading, hand.loading) << hand.name;
        EXPECT_EQ(cost.temporal + cost.stall, hand.computing) << hand.name;
        EXPECT_EQ(cost.offloading, hand.offloading) << hand.name;
    }
}

}  // namespace
}  // namespace plumbline
