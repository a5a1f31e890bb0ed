// SPDX-License-Identifier: Apache-2.0
#include "plumbline/accelerator.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "model/input_error.hpp"
#include "model/tiny.hpp"

namespace plumbline::test {
namespace {

/// The tiny accelerator with one thing changed.
template <class Change>
void expect_accelerator_refused(Change change, const std::string& field, const std::string& part)
{
    MacArray array = two_macs();
    std::vector<Memory> memories{register_file(), shared_sram(), off_chip()};
    change(array, memories);
    expect_input_error([&] { Accelerator("tiny", array, memories); }, field, part);
}

TEST(Accelerator, OrdersLevelsFromTheMacsOutwards)
{
    const Accelerator tiny = tiny_accelerator();
    EXPECT_EQ(tiny.levels(MemoryOperand::o), (std::vector<MemoryId>{0, 1, 2}));
    EXPECT_EQ(tiny.levels(MemoryOperand::i1), (std::vector<MemoryId>{1, 2}));
    EXPECT_EQ(tiny.level_of(MemoryOperand::i2, 2), 1U);
    EXPECT_EQ(tiny.level_of(MemoryOperand::i2, 0), std::nullopt);
    EXPECT_EQ(tiny.top(), 2U);
    EXPECT_EQ(tiny.memory_named("sram"), 1U);
    EXPECT_EQ(tiny.memory_named("tape"), std::nullopt);
}

TEST(Accelerator, ReplicatesAMemoryAlongTheDimensionsItDoesNotServe)
{
    const Accelerator tiny = tiny_accelerator();
    EXPECT_EQ(tiny.instances(0), 2);
    EXPECT_EQ(tiny.instances(1), 1);
    EXPECT_EQ(tiny.array().units(), 2);
}

TEST(Accelerator, FindsThePortOfADirection)
{
    const Accelerator tiny = tiny_accelerator();
    EXPECT_EQ(tiny.port(0, MemoryOperand::o, Direction::write_from_up).name, "w_port_1");
    EXPECT_EQ(tiny.port(1, MemoryOperand::i2, Direction::read_down).name, "r_port_1");
}

TEST(Accelerator, ComparesAsAValue)
{
    EXPECT_EQ(tiny_accelerator(), tiny_accelerator());
    Memory other = off_chip();
    other.read_energy = Picojoules{1};
    EXPECT_FALSE(tiny_accelerator() == (Accelerator{"tiny", two_macs(), {register_file(), shared_sram(), other}}));
}

TEST(Accelerator, NamesOperandsAndDirections)
{
    for (MemoryOperand operand : kAllMemoryOperands) EXPECT_EQ(memory_operand_named(name_of(operand)), operand);
    for (Direction direction : kAllDirections) EXPECT_EQ(direction_named(name_of(direction)), direction);
    EXPECT_EQ(memory_operand_named("I3"), std::nullopt);
    EXPECT_EQ(direction_named("sideways"), std::nullopt);
}

TEST(Accelerator, RefusesSizesThatAreNotPositive)
{
    expect_accelerator_refused([](auto&, auto& m) { m[1].size = Bits{-8}; }, "memories.sram.size", "is -8");
    expect_accelerator_refused([](auto&, auto& m) { m[1].ports[0].width = Bits{0}; },
                               "memories.sram.ports[0].bandwidth_max", "0");
    expect_accelerator_refused([](auto& a, auto&) { a.dimensions[0].size = 0; }, "operational_array.sizes[0]",
                               "positive");
    expect_accelerator_refused([](auto&, auto& m) { m[2].latency = Cycles{-1}; }, "memories.dram.latency", "-1");
}

TEST(Accelerator, RefusesEnergiesThatAreNone)
{
    const Picojoules nan{std::numeric_limits<double>::quiet_NaN()};
    expect_accelerator_refused([&](auto&, auto& m) { m[2].read_energy = nan; }, "memories.dram.r_cost",
                               "expected an energy");
    expect_accelerator_refused([](auto&, auto& m) { m[2].write_energy = Picojoules{-1}; }, "memories.dram.w_cost",
                               "-1");
    expect_accelerator_refused([](auto& a, auto&) { a.mac_energy = Picojoules{-1}; }, "operational_array.unit_energy",
                               "-1");
}

TEST(Accelerator, RefusesNamesGivenTwice)
{
    expect_accelerator_refused([](auto&, auto& m) { m[1].name = "dram"; }, "memories.dram", "another memory");
    expect_accelerator_refused([](auto&, auto& m) { m[1].ports[1].name = "r_port_1"; }, "memories.sram.ports[1].name",
                               "another");
    expect_accelerator_refused(
        [](auto& a, auto&) {
            a.dimensions.push_back({"D1", 2});
        },
        "operational_array.dimensions[1]", "D1");
}

TEST(Accelerator, RefusesAGranuleWiderThanItsPort)
{
    expect_accelerator_refused([](auto&, auto& m) { m[2].ports[0].granule = Bits{64}; },
                               "memories.dram.ports[0].bandwidth_min", "64 bits, expected at most bandwidth_max, 32");
}

TEST(Accelerator, RefusesADirectionThroughAPortOfTheWrongType)
{
    expect_accelerator_refused([](auto&, auto& m) { m[1].services[0].port[Direction::write_from_up] = 0; },
                               "memories.sram.ports[0]",
                               "I1 write_from_up goes through 'r_port_1', which is a read port");
    expect_accelerator_refused([](auto&, auto& m) { m[1].services[0].port[Direction::read_down] = 7; },
                               "memories.sram.ports", "port 7");
}

TEST(Accelerator, RefusesAMissingDirection)
{
    expect_accelerator_refused([](auto&, auto& m) { m[1].services[0].port[Direction::write_from_up].reset(); },
                               "memories.sram.ports", "no port for I1 write_from_up");
    expect_accelerator_refused([](auto&, auto& m) { m[0].services[0].port[Direction::read_up].reset(); },
                               "memories.reg_o.ports", "no port for O read_up");
    expect_accelerator_refused([](auto&, auto& m) { m[2].services[2].port[Direction::write_from_down].reset(); },
                               "memories.dram.ports", "no port for O write_from_down");
}

TEST(Accelerator, NeedsNoDirectionAboveTheTop)
{
    EXPECT_FALSE(tiny_accelerator().memory(2).service(MemoryOperand::o)->port[Direction::read_up].has_value());
}

TEST(Accelerator, RefusesAnOperandThatNothingServes)
{
    const auto drop_weights = [](auto&, std::vector<Memory>& memories) {
        for (Memory& memory : memories) {
            std::erase_if(memory.services, [](const auto& each) { return each.operand == MemoryOperand::i2; });
        }
    };
    expect_accelerator_refused(drop_weights, "memories", "no memory serves I2");
}

TEST(Accelerator, RefusesOperandsThatDoNotMeetAtTheTop)
{
    expect_accelerator_refused([](auto&, auto& m) { m[2].services.erase(m[2].services.begin()); },
                               "memories.dram.operands", "I1");
    expect_accelerator_refused([](auto&, auto& m) { m.clear(); }, "memories", "is empty");
}

TEST(Accelerator, RefusesServedDimensionsTheArrayLacks)
{
    expect_accelerator_refused([](auto&, auto& m) { m[1].served_dimensions = {3}; }, "memories.sram.served_dimensions",
                               "3");
    expect_accelerator_refused(
        [](auto&, auto& m) {
            m[1].served_dimensions = {0, 0};
        },
        "memories.sram.served_dimensions", "twice");
}

}  // namespace
}  // namespace plumbline::test
