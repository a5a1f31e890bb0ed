// SPDX-License-Identifier: Apache-2.0
// Whole runs of the small machine: time followed by hand, and laws that hold for any run.
#include "plumbline/sim/simulate.hpp"

#include <gmock/gmock.h>

#include "plumbline/error.hpp"
#include "plumbline/sim/dram.hpp"
#include "plumbline/sim/machine.hpp"
#include "plumbline/sim/schedule_program.hpp"
#include "systemc/equal_counters.hpp"
#include "systemc/small_machine.hpp"
#include "systemc/two_layers.hpp"

namespace plumbline::sim {
namespace {

using namespace plumbline::small;

/// One layer, as if somebody had brought its data to the sram before.
Counters run(const Accelerator& machine, const Layer& layer, const LayerMapping& mapping)
{
    SimulationOptions options;
    options.overcommit = Overcommit::report;
    Counters counters = simulate(machine, Workload{"small", {layer}}, schedule(layer, mapping), options);
    EXPECT_TRUE(counters.findings.overcommitments.empty());
    return counters;
}

Counters run(const Layer& layer, const LayerMapping& mapping) { return run(accelerator(), layer, mapping); }

TEST(Simulate, TakesACyclePerIterationWhenNothingIsContended)
{
    // 4 positions, 2 lanes of K. One fill of the two weights first; then one input is read a cycle. A position's
    // outputs leave as the next is computed, the last ones take a cycle more: 1 + 4 + 1.
    const Layer layer = convolution({{LoopDim::k, 2}, {LoopDim::ox, 4}});
    const Counters counters = run(layer, mapping(layer, {{LoopDim::ox, 4}}, {{0, 1}, {0, 1}, {1}}, 2));
    ASSERT_EQ(counters.times.size(), 1U);
    EXPECT_EQ(counters.times[0].loading, Cycles{1});
    EXPECT_EQ(counters.times[0].offloading, Cycles{1});
    EXPECT_EQ(counters.cycles, Cycles{6});
}

TEST(Simulate, StartsAMachineThatWaitsForAStart)
{
    // The run above.
    const Layer layer = convolution({{LoopDim::k, 2}, {LoopDim::ox, 4}});
    const LayerMapping mapped = mapping(layer, {{LoopDim::ox, 4}}, {{0, 1}, {0, 1}, {1}}, 2);
    SimulationOptions options;
    options.overcommit = Overcommit::report;
    options.machine.start = Start::on_demand;
    EXPECT_EQ(simulate(accelerator(), Workload{"small", {layer}}, schedule(layer, mapped), options).cycles, Cycles{6});
}

TEST(Simulate, SlowsDownWhereOperandsMeetAtAPort)
{
    // K outside the lanes changes the weights in each of 8 iterations: 8 inputs and 7 more weights share the read port.
    const Layer layer = convolution({{LoopDim::k, 4}, {LoopDim::ox, 4}});
    const Loops loops{{LoopDim::k, 2}, {LoopDim::ox, 4}};
    const Counters counters = run(layer, mapping(layer, loops, {{0, 2}, {0, 2}, {2}}, 2));
    EXPECT_EQ(counters.cycles, Cycles{1 + 8 + 7 + 1});
}

/// Weights in dram, of which the sram gets 4 blocks of 16: one for each K. A block is used for 256 iterations, in 16
/// passes. In each iteration a weight and an input are read from the sram, through one port: 2 cycles.
const Layer kBlocks = convolution({{LoopDim::c, 16}, {LoopDim::ox, 16}, {LoopDim::k, 4}});
LayerMapping blocks_of_16()
{
    return mapping(kBlocks, {{LoopDim::c, 16}, {LoopDim::ox, 16}, {LoopDim::k, 4}}, {{1, 3}, {0, 1, 3}, {3}});
}
constexpr Cycles kComputing{2 * 1024 - 1};  // the first weight is in its register before

/// Cycles of the run with so much space, and with so many bits of dram a cycle.
Cycles run_blocks(Bits sram, std::int64_t dram_width)
{
    std::vector<plumbline::Memory> memories = accelerator(sram).memories();
    memories[kDram].ports[0].width = memories[kDram].ports[0].granule = Bits{dram_width};
    const Accelerator machine{"small", accelerator().array(), memories};
    return run(machine, kBlocks, blocks_of_16()).cycles;
}

// Inputs, final outputs and one block of weights, in bytes.
constexpr Bits kTight = bytes(16 * 16 + 16 * 4 + 16);
constexpr Bits kRoomy = kTight + bytes(16);

TEST(Simulate, FillsTheNextBlockMeanwhileWhereThereIsSpaceForTwo)
{
    // 128 bits at 2 a cycle: 64 cycles, in the 512 of the block before. Only the first fill is waited for.
    EXPECT_EQ(run_blocks(kRoomy, 2), Cycles{64 + 1} + kComputing + Cycles{1});
}

TEST(Simulate, FillsTheNextBlockInTheLastPassWhereThereIsSpaceForOne)
{
    // At 4 bits a cycle the fill takes 32 cycles, as long as the last pass over the block before: no stall.
    EXPECT_EQ(run_blocks(kTight, 4), Cycles{32 + 1} + kComputing + Cycles{1});
}

TEST(Simulate, StallsForABlockThatTheLastPassIsTooShortFor)
{
    // At 2 bits a cycle it takes 64: 32 more than the pass, before each of the 3 later blocks.
    EXPECT_EQ(run_blocks(kTight, 2), Cycles{64 + 1} + kComputing + Cycles{3 * 32} + Cycles{1});
}

TEST(Simulate, WaitsForARegisterToBeDrainedThatIsNeededAgain)
{
    // Each 20 iterations the register's two sums leave, final, through a port of 4 bits: 4 cycles, in the first of
    // which the next sums may begin. Three cycles are waited, at two of the three ends of sums; the last drain ends the
    // run.
    const Layer layer = convolution({{LoopDim::k, 2}, {LoopDim::c, 20}, {LoopDim::ox, 3}});
    const Loops loops{{LoopDim::c, 20}, {LoopDim::ox, 3}};
    std::vector<plumbline::Memory> memories = accelerator().memories();
    memories[kSram].ports[1].width = memories[kSram].ports[1].granule = Bits{4};
    memories[kSram].ports[0].width = Bits{64};
    memories[kSram].ports.push_back(port("r_w", PortType::read, 32, 8));
    memories[kSram].services[1].port[Direction::read_down] = 2;
    const Accelerator machine{"small", accelerator().array(), memories};
    const Counters counters = run(machine, layer, mapping(layer, loops, {{1, 2}, {0, 2}, {2}}, 2));
    EXPECT_EQ(counters.times[0].loading, Cycles{1});
    EXPECT_EQ(counters.times[0].offloading, Cycles{4});
    EXPECT_EQ(counters.cycles, Cycles{1 + 60 + 2 * 3 + 4});
}

TEST(Simulate, RunsTheHopsOfACopyOneByOneAndCopiesSideBySide)
{
    // 480 bits from dram take 30 cycles alone. Two such copies share the port of the dram: 60. The layer follows.
    const Layer layer = convolution({{LoopDim::k, 2}, {LoopDim::ox, 4}});
    const Copy copy{CopyReason::stack_input,
                    {std::nullopt, 3, 4, 5, Bits{8}},
                    {MemoryOperand::i1, kDram},
                    {MemoryOperand::i1, kSram}};
    const ComputeStep compute{0, mapping(layer, {{LoopDim::ox, 4}}, {{0, 1}, {0, 1}, {1}}, 2)};
    const Schedule steps = schedule({stack_of_one_tile({0}, layer.sizes, {CopyStep{0, {copy, copy}}, compute})});
    SimulationOptions options;
    options.overcommit = Overcommit::report;
    const Counters counters = simulate(accelerator(), Workload{"small", {layer}}, steps, options);
    ASSERT_EQ(counters.times.size(), 2U);
    EXPECT_EQ(counters.times[0].cycles, Cycles{60});
    EXPECT_EQ(counters.cycles, Cycles{66});
    for (const Traffic& traffic : counters.traffic) {
        if (traffic.activity.kind != Activity::Kind::copy) continue;
        EXPECT_EQ(traffic.bits, Bits{960});
        EXPECT_EQ(traffic.words.count(), traffic.memory == kDram ? 60 : 30);
    }
}

Traffic total_of(const Counters& counters, LayerId layer, MemoryId memory, MemoryOperand operand, Direction direction)
{
    Traffic sum;
    for (const Traffic& each : counters.traffic) {
        if (!(each.activity == Activity{Activity::Kind::compute, layer}) || each.memory != memory) continue;
        if (each.operand == operand && each.direction == direction) sum = each;
    }
    return sum;
}

TEST(Simulate, WritesEachOutputOfTheNetworkToOffChipMemoryOnce)
{
    const TwoLayers network;
    EXPECT_EQ(simulate(accelerator(), network.workload(), network.schedule()).outputs, 2 * 7 * 2);
}

TEST(Simulate, DoesTheMultiplicationsOfAllTiles)
{
    const TwoLayers network;
    const Counters counters = simulate(accelerator(), network.workload(), network.schedule());
    const std::int64_t first = 2 * (3 + 5 + 5) * 3 * 2;  // two columns of each tile are made by the neighbour too
    const std::int64_t second = 2 * 7 * 2 * 3 * 3;
    EXPECT_EQ(counters.macs(), first + second);
}

TEST(Simulate, WritesAtOneEndOfALinkWhatIsReadAtTheOther)
{
    const TwoLayers network;
    const Counters counters = simulate(accelerator(), network.workload(), network.schedule());
    for (LayerId layer : {0, 1}) {
        const auto bits = [&](MemoryId memory, MemoryOperand operand, Direction direction) {
            return total_of(counters, layer, memory, operand, direction).bits;
        };
        EXPECT_EQ(bits(kDram, MemoryOperand::i2, Direction::read_down),
                  bits(kSram, MemoryOperand::i2, Direction::write_from_up));
        EXPECT_EQ(bits(kSram, MemoryOperand::i2, Direction::read_down),
                  bits(kRegW, MemoryOperand::i2, Direction::write_from_up));
        EXPECT_EQ(bits(kRegO, MemoryOperand::o, Direction::read_up),
                  bits(kSram, MemoryOperand::o, Direction::write_from_down));
        EXPECT_EQ(bits(kSram, MemoryOperand::o, Direction::read_down),
                  bits(kRegO, MemoryOperand::o, Direction::write_from_up));
        EXPECT_EQ(bits(kSram, MemoryOperand::o, Direction::read_up),
                  bits(kDram, MemoryOperand::o, Direction::write_from_down));
        EXPECT_GT(bits(kSram, MemoryOperand::i2, Direction::read_down), Bits{0});
    }
}

TEST(Simulate, KeepsPortsNoLongerBusyThanItRuns)
{
    const TwoLayers network;
    const Counters counters = simulate(accelerator(), network.workload(), network.schedule());
    for (const PortActivity& port : counters.ports) {
        EXPECT_GE(port.busy, Cycles{0});
        EXPECT_GE(port.idle, Cycles{0});
        EXPECT_EQ(port.busy + port.stalled + port.idle, counters.cycles);
    }
}

TEST(Simulate, TellsOfAllOffChipTraffic)
{
    // Features and weights are bytes, and so every access is a whole number of them.
    const TwoLayers network;
    std::int64_t read = 0;
    std::int64_t written = 0;
    SimulationOptions options;
    options.off_chip = [&](const OffChipTransaction& each) {
        (each.read ? read : written) += static_cast<std::int64_t>(each.length);
    };
    const Counters counters = simulate(accelerator(), network.workload(), network.schedule(), options);
    Bits counted_read{};
    Bits counted_written{};
    for (const Traffic& traffic : counters.traffic) {
        if (traffic.memory != kDram) continue;
        (is_read(traffic.direction) ? counted_read : counted_written) += traffic.bits;
    }
    EXPECT_GT(counted_written, Bits{0});
    EXPECT_EQ(Bits{8 * read}, counted_read);
    EXPECT_EQ(Bits{8 * written}, counted_written);
}

TEST(Simulate, CountsTheSameWhenTileClassesAreFolded)
{
    // Classes that occur several times: the middle ones of a wider map.
    TwoLayers network;
    network.first.sizes[LoopDim::ox] = 15;
    network.second.sizes[LoopDim::ox] = 13;
    Schedule schedule = network.schedule();
    schedule.stacks[0].grid = {5, 2};
    for (TileClass& tile : schedule.stacks[0].classes) {
        if (tile.column == TilePosition::middle) tile.count = 3;
    }
    const Accelerator machine = accelerator();
    const ScheduleProgram program = compile(machine, network.workload(), schedule);
    Machine every_tile{"every_tile", machine, program};
    Machine folded{"folded", machine, program};
    folded.fold_classes(true);
    Dram dram{"dram", dram_parameters(machine.memory(kDram))};
    Dram dram_of_folded{"dram_of_folded", dram_parameters(machine.memory(kDram))};
    every_tile.off_chip().bind(dram.socket);
    folded.off_chip().bind(dram_of_folded.socket);
    sc_core::sc_start();
    EXPECT_EQ(every_tile.counters(network.workload()).outputs, 2 * 13 * 2);
    expect_equal(every_tile.counters(network.workload()), folded.counters(network.workload()));
}

TEST(Simulate, CountsTheSameEachTime)
{
    const TwoLayers network;
    const Accelerator machine = accelerator();
    const ScheduleProgram program = compile(machine, network.workload(), network.schedule());
    Machine once{"once", machine, program};
    Machine again{"again", machine, program};
    Dram dram{"dram", dram_parameters(machine.memory(kDram))};
    Dram dram_of_again{"dram_of_again", dram_parameters(machine.memory(kDram))};
    once.off_chip().bind(dram.socket);
    again.off_chip().bind(dram_of_again.socket);
    sc_core::sc_start();
    expect_equal(once.counters(network.workload()), again.counters(network.workload()));
}

TEST(Simulate, ReportsTilesDone)
{
    const TwoLayers network;
    std::vector<std::int64_t> done;
    SimulationOptions options;
    options.progress = [&](std::int64_t tiles, std::int64_t all) {
        EXPECT_EQ(all, 6);
        done.push_back(tiles);
    };
    simulate(accelerator(), network.workload(), network.schedule(), options);
    EXPECT_THAT(done, testing::ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST(Simulate, SaysThatAProcessSimulatesOnce)
{
    sc_core::sc_report_handler::set_actions(sc_core::SC_ERROR, sc_core::SC_THROW);
    const TwoLayers network;
    simulate(accelerator(), network.workload(), network.schedule());
    EXPECT_THROW(simulate(accelerator(), network.workload(), network.schedule()), sc_core::sc_report);
}

TEST(Simulate, RefusesAScheduleOfAnotherMachine)
{
    const Layer layer = convolution({{LoopDim::ox, 4}});
    LayerMapping mapping = small::mapping(layer, {{LoopDim::ox, 4}}, {{0, 1}, {0, 1}, {1}});
    mapping.operands[0].levels[0] = kDram;
    EXPECT_THROW(run(layer, mapping), InputError);
}

}  // namespace
}  // namespace plumbline::sim
