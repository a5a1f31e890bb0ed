// SPDX-License-Identifier: Apache-2.0
// A machine of two MACs and a network of two layers, small enough to compute by hand: what model and machine say is the
// same, or differs by a known gap with a name.
//
// Each layer is a 1x1 convolution of 2 channels to 2 on 2 columns: 8 MACs, K over the two MACs, so 4 iterations, C inside
// OX. One tile covers all. Data is 8 bits, sums are 16.
#include <gtest/gtest.h>

#include "model/hand_machine.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/schedule_cost.hpp"
#include "plumbline/sim/simulate.hpp"

namespace plumbline {
namespace {

using tiny::kDram;
using tiny::kRegister;
using tiny::kSram;

class TwoPointwiseLayers : public ::testing::Test {
protected:
    TwoPointwiseLayers()
    {
        PlanOptions options;
        options.stacks = {{TileSize{2, 1}}};
        options.search.estimator = Estimator::uniform;
        schedule = *plan_schedule(accelerator, workload, tiny::rules(), options);
        predicted = predict(accelerator, workload, schedule, Estimator::uniform);
        simulated = sim::simulate(accelerator, workload, schedule);
    }

    double predicted_words(std::size_t layer, MemoryOperand operand, MemoryId memory, Direction direction) const
    {
        for (const OperandCost& cost : predicted.layers[layer].cost.operands)
            for (const LevelCost& level : cost.levels)
                if (cost.memory_operand == operand && level.memory == memory) return level.accesses[direction].count();
        return 0;
    }

    double simulated_words(LayerId layer, MemoryOperand operand, MemoryId memory, Direction direction) const
    {
        const sim::Activity computing{sim::Activity::Kind::compute, layer};
        for (const sim::Traffic& traffic : simulated.traffic)
            if (traffic.activity == computing && traffic.operand == operand && traffic.memory == memory &&
                traffic.direction == direction)
                return traffic.words.count();
        return 0;
    }

    /// In both layers, both sides move `words`.
    void expect_agreement(MemoryOperand operand, MemoryId memory, Direction direction, double words) const
    {
        for (LayerId layer : {0, 1}) {
            SCOPED_TRACE("layer " + std::to_string(layer));
            EXPECT_EQ(predicted_words(static_cast<std::size_t>(layer), operand, memory, direction), words);
            EXPECT_EQ(simulated_words(layer, operand, memory, direction), words);
        }
    }

    sim::ActivityTime time(sim::Activity::Kind kind, std::optional<LayerId> layer) const
    {
        for (const sim::ActivityTime& each : simulated.times)
            if (each.activity == sim::Activity{kind, layer}) return each;
        return {};
    }

    Accelerator accelerator = tiny::accelerator();
    Workload workload{"two", {tiny::convolution(0, {2, 2, 1, 2}), tiny::convolution(1, {2, 2, 1, 2}, 0)}};
    Schedule schedule;
    ScheduleCost predicted;
    sim::Counters simulated;
};

TEST_F(TwoPointwiseLayers, RunTheMappingThatTheArithmeticIsAbout)
{
    const TileClass& tile = schedule.stacks.at(0).classes.at(0);
    ASSERT_EQ(tile.steps.size(), 3U);  // the input's copy and two layers
    const auto& outputs = std::get<ComputeStep>(tile.steps[1]).mapping.operands[0];
    EXPECT_EQ(outputs.temporal[0], (std::vector<TemporalLoop>{{LoopDim::c, 2}}));
    EXPECT_EQ(outputs.temporal[1], (std::vector<TemporalLoop>{{LoopDim::ox, 2}}));
}

TEST_F(TwoPointwiseLayers, AgreeOnWeightsInputsAndFinishedOutputs)
{
    // 4 weights of 8 bits: 2 words of dram's 16 bits, one of sram's 32; 2 of them are read each iteration.
    expect_agreement(MemoryOperand::i2, kDram, Direction::read_down, 2);
    expect_agreement(MemoryOperand::i2, kSram, Direction::write_from_up, 1);
    expect_agreement(MemoryOperand::i2, kSram, Direction::read_down, 4 * 0.5);
    // One input each iteration, for both MACs.
    expect_agreement(MemoryOperand::i1, kSram, Direction::read_down, 4 * 0.25);
    // A sum written per MAC and iteration; 2 finished outputs leave each register and reach sram in pairs.
    expect_agreement(MemoryOperand::o, kRegister, Direction::write_from_down, 4 * 2);
    expect_agreement(MemoryOperand::o, kRegister, Direction::read_up, 2 * 2);
    expect_agreement(MemoryOperand::o, kSram, Direction::write_from_down, 2 * 0.5);
    // The second layer's 4 outputs go on to dram.
    EXPECT_EQ(predicted_words(1, MemoryOperand::o, kDram, Direction::write_from_down), 2);
    EXPECT_EQ(simulated_words(1, MemoryOperand::o, kDram, Direction::write_from_down), 2);
    EXPECT_EQ(simulated.outputs, 4);
}

TEST_F(TwoPointwiseLayers, DifferByTheFirstPartialSums)
{
    // 4 iterations of 2 MACs read a sum each time; the machine does not for the first of the 4 outputs' 2 summands.
    for (LayerId layer : {0, 1}) {
        EXPECT_EQ(predicted_words(static_cast<std::size_t>(layer), MemoryOperand::o, kRegister, Direction::read_down),
                  8);
        EXPECT_EQ(simulated_words(layer, MemoryOperand::o, kRegister, Direction::read_down), 8 - 4);
    }
}

TEST_F(TwoPointwiseLayers, AgreeOnCopies)
{
    // The 4 inputs: 32 bits, 2 cycles of dram's port.
    ASSERT_EQ(predicted.copies.size(), 1U);
    EXPECT_EQ(predicted.copies[0].cost.latency, Cycles{2});
    EXPECT_EQ(time(sim::Activity::Kind::copy, std::nullopt).cycles, Cycles{2});
}

TEST_F(TwoPointwiseLayers, AgreeOnLoadingAndOffloading)
{
    // Loading: 32 bits of weights through dram's port. Offloading: 16 bits to sram; then, in the second layer, 32 to dram.
    const Cycles offloading[] = {Cycles{1}, Cycles{1 + 2}};
    for (LayerId layer : {0, 1}) {
        const LayerCost& cost = predicted.layers[static_cast<std::size_t>(layer)].cost;
        const sim::ActivityTime run = time(sim::Activity::Kind::compute, layer);
        EXPECT_EQ(cost.loading, Cycles{2});
        EXPECT_EQ(run.loading, Cycles{2});
        EXPECT_EQ(cost.offloading, offloading[layer]);
        EXPECT_EQ(run.offloading, offloading[layer]);
        EXPECT_EQ(run.macs, 8);
    }
}

TEST_F(TwoPointwiseLayers, DifferByTheFirstPeriodsOfSharedPorts)
{
    // sram's read port serves weights and an input every iteration, a cycle each: the machine takes 2 cycles for each of
    // the 4 iterations. The model leaves the first period of each transfer to loading: 3 + 3 cycles share a union of 4.
    for (LayerId layer : {0, 1}) {
        const LayerCost& cost = predicted.layers[static_cast<std::size_t>(layer)].cost;
        const sim::ActivityTime run = time(sim::Activity::Kind::compute, layer);
        EXPECT_EQ(cost.temporal + cost.stall, Cycles{4 + (3 + 3 - 4)});
        EXPECT_EQ(run.cycles - run.loading - run.offloading, Cycles{4 * 2});
    }
    EXPECT_EQ(predicted.latency(), Cycles{2 + (2 + 6 + 1) + (2 + 6 + 3)});
    EXPECT_EQ(simulated.cycles, Cycles{2 + (2 + 8 + 1) + (2 + 8 + 3)});
}

}  // namespace
}  // namespace plumbline
