// SPDX-License-Identifier: Apache-2.0
#include "plumbline/mapper.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "model/hand_machine.hpp"
#include "plumbline/layer_cost.hpp"

namespace plumbline {
namespace {

using tiny::kDram;
using tiny::kRegister;
using tiny::kSram;

class MapperOnTinyMachine : public ::testing::Test {
protected:
    MappingProblem problem(const Accelerator& on) const
    {
        MappingProblem problem;
        problem.accelerator = &on;
        problem.layer = &layer;
        problem.sizes = layer.sizes;
        problem.rule = &rules.rules()[0];
        problem.levels = {{kRegister, kSram, kDram}, {kSram, kDram}, {kSram, kDram}};
        return problem;
    }

    Accelerator accelerator = tiny::accelerator();
    MappingRules rules = tiny::rules();
    Layer layer = tiny::convolution(0, {8, 6, 4, 4, 3, 3});
};

TEST_F(MapperOnTinyMachine, FindsAMappingThatPassesItsCheck)
{
    const auto best = search_mapping(problem(accelerator), {});
    ASSERT_TRUE(best);
    EXPECT_NO_THROW(check(best->mapping, layer, accelerator));
    const LayerCost again = layer_cost(accelerator, layer, best->mapping);
    EXPECT_EQ(again.energy(), best->cost.energy());
    EXPECT_EQ(again.latency(), best->cost.latency());
}

TEST_F(MapperOnTinyMachine, AThreadCountChangesNothing)
{
    SearchOptions options;
    options.factors = 8;
    options.threads = 1;
    const auto one = search_mapping(problem(accelerator), options);
    for (int threads : {2, 3, 7}) {
        options.threads = threads;
        const auto many = search_mapping(problem(accelerator), options);
        EXPECT_EQ(many->mapping, one->mapping);
        EXPECT_EQ(many->cost.energy(), one->cost.energy());
        EXPECT_EQ(many->orders, one->orders);
    }
}

TEST_F(MapperOnTinyMachine, FinerFactorsAreNotWorseInEnergy)
{
    // A merged factor is a pair of factors run one after the other, so the finer search has all orders of the coarser one. It need not
    // have their allocations, which are greedy; here it does.
    double last = std::numeric_limits<double>::infinity();
    for (int factors : {4, 5, 6, 7, 8}) {
        SearchOptions options;
        options.factors = factors;
        const double energy = search_mapping(problem(accelerator), options)->cost.energy().count();
        EXPECT_LE(energy, last * (1 + 1e-12)) << factors;
        last = energy;
    }
}

TEST_F(MapperOnTinyMachine, ObjectivesAreMinimised)
{
    SearchOptions options;
    options.factors = 7;
    const auto energy = search_mapping(problem(accelerator), options);
    options.objective = Objective::latency;
    const auto latency = search_mapping(problem(accelerator), options);
    options.objective = Objective::edp;
    const auto edp = search_mapping(problem(accelerator), options);
    const auto product = [](const BestMapping& m) {
        return m.cost.energy().count() * static_cast<double>(m.cost.latency().count());
    };
    EXPECT_LE(energy->cost.energy(), latency->cost.energy());
    EXPECT_LE(latency->cost.latency(), energy->cost.latency());
    EXPECT_LE(product(*edp), product(*energy));
    EXPECT_LE(product(*edp), product(*latency));
}

TEST_F(MapperOnTinyMachine, NothingFittingIsAnAnswer)
{
    // An sram of 16 bits cannot hold even one iteration's weight, input and output of 8 bits each.
    const Accelerator small = tiny::accelerator(Bits{16});
    MappingProblem asked = problem(small);
    asked.capacity = CapacityPolicy::reserved;
    const auto none = search_mapping(asked, {});
    ASSERT_FALSE(none);
    EXPECT_EQ(none.reason(), "no order of its temporal loops fits the memories it may use");
}

TEST_F(MapperOnTinyMachine, ReservedSpaceIsNotUsed)
{
    const auto bits_in_sram = [&](const BestMapping& mapped) {
        Bits total{};
        for (std::size_t i = 0; i < mapped.mapping.operands.size(); ++i) {
            const OperandMapping& operand = mapped.mapping.operands[i];
            LoopSizes held = kUnitLoopSizes;
            const std::size_t last = i == 0 ? 1 : 0;
            for (std::size_t level = 0; level <= last; ++level) {
                for (const TemporalLoop& loop : operand.temporal[level]) held[loop.dim] *= loop.size;
                for (const SpatialLoop& loop : operand.spatial[level])
                    held[loop.dim] *= static_cast<std::int64_t>(loop.size);
            }
            const Operand& described = i == 0 ? layer.output : layer.inputs[i - 1];
            total += (i == 0 ? layer.final_precision : described.precision) * elements(described, held);
        }
        return total;
    };
    MappingProblem narrow = problem(accelerator);
    narrow.reserved = {Bits{0}, Bits{700}, Bits{0}};
    const auto mapped = search_mapping(narrow, {});
    ASSERT_TRUE(mapped);
    EXPECT_LE(bits_in_sram(*mapped), Bits{1024 - 700});
    EXPECT_GE(mapped->cost.energy(), search_mapping(problem(accelerator), {})->cost.energy());
}

TEST_F(MapperOnTinyMachine, UnrollsLessWhereOneIterationDoesNotFit)
{
    // Two lanes of K hold 2 weights, an input and 2 outputs: 40 bits and more; one lane fits 32.
    const Accelerator small = tiny::accelerator(Bits{32});
    MappingProblem asked = problem(small);
    asked.capacity = CapacityPolicy::reserved;
    const auto mapped = search_mapping(asked, {});
    ASSERT_TRUE(mapped) << mapped.reason();
    EXPECT_EQ(mapped->mapping.operands[1].spatial[0], (std::vector<SpatialLoop>{{LoopDim::k, 1}}));
}

TEST_F(MapperOnTinyMachine, RuleForAMissingArrayDimensionIsRefused)
{
    MappingRule wrong = rules.rules()[0];
    wrong.unrollings[0].array_dimension = "D7";
    MappingProblem asked = problem(accelerator);
    asked.rule = &wrong;
    EXPECT_THROW(search_mapping(asked, {}), InputError);
}

/// A register of inputs beside each of two lanes, on which rows are interleaved.
TEST(MapperOnInterleavedLanes, FillsRegistersWithWhatALaneHolds)
{
    // 3 x 2 outputs, windows of 3 rows. All of them on one lane: input rows 0 to 4 of 2 columns, 80 bit.
    Memory reg_i;
    reg_i.name = "reg_i";
    reg_i.ports = {{"r", PortType::read, Bits{8}, Bits{8}}, {"w", PortType::write, Bits{8}, Bits{8}}};
    reg_i.services = {tiny::through(MemoryOperand::i1, 0, std::nullopt, std::nullopt, 1)};
    const Layer layer = tiny::convolution(0, {1, 1, 3, 2, 3, 1});
    const MappingRules rules{{{"default",
                               {{"D1", LoopDim::oy, 2}},
                               {{"O", MemoryOperand::o}, {"W", MemoryOperand::i2}, {"I", MemoryOperand::i1}}}}};
    for (std::int64_t size : {80, 72, 64}) {
        reg_i.size = Bits{size};
        const Accelerator machine{"lanes", {{{"D1", 2}}, Picojoules{1}}, {reg_i, tiny::dram()}};
        MappingProblem problem;
        problem.accelerator = &machine;
        problem.layer = &layer;
        problem.sizes = layer.sizes;
        problem.rule = &rules.rules()[0];
        problem.levels = {{1}, {1}, {0, 1}};
        problem.capacity = CapacityPolicy::reserved;
        const auto best = search_mapping(problem, {});
        ASSERT_TRUE(best);
        std::int64_t inside = 1;
        for (const TemporalLoop& loop : best->mapping.operands[2].temporal[0]) inside *= loop.size;
        EXPECT_EQ(inside == 2 * 2 * 3, size == 80) << size << " bit hold " << inside << " iterations";
    }
}

TEST_F(MapperOnTinyMachine, CountsAllWeightsWhereTheyStay)
{
    // 8 * 6 * 9 weights of 8 bits are 3456 bit; a buffer of half of that holds some at a time, but not all.
    const Accelerator small = tiny::accelerator(Bits{1728});
    MappingProblem asked = problem(small);
    asked.capacity = CapacityPolicy::reserved;
    EXPECT_TRUE(search_mapping(asked, {}));
    asked.staying_weights = kSram;
    EXPECT_FALSE(search_mapping(asked, {}));
}

}  // namespace
}  // namespace plumbline
