// SPDX-License-Identifier: Apache-2.0
#include "plumbline/calibration.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "model/input_error.hpp"
#include "model/tiny.hpp"
#include "plumbline/calibration_parameters.hpp"

namespace plumbline::test {
namespace {

using enum CalibrationParameter;

MemoryCalibration slow_sram()
{
    MemoryCalibration memory;
    memory.memory = "sram";
    memory.bandwidth = 0.5;
    memory.access_latency = 3;
    return memory;
}

std::vector<ParameterId> all_parameters()
{
    std::vector<ParameterId> ids = latency_parameters_of(tiny_accelerator());
    for (const ParameterId& id : energy_parameters_of(tiny_accelerator())) ids.push_back(id);
    return ids;
}

TEST(Calibration, IsNeutralUntilToldOtherwise)
{
    const Calibration nothing;
    EXPECT_TRUE(nothing.neutral());
    for (const ParameterId& id : all_parameters()) {
        EXPECT_EQ(value_of(nothing, id), facts_of(id.parameter).neutral) << name_of(id);
    }
    EXPECT_FALSE((Calibration{"tiny", {slow_sram()}, {}, {}}.neutral()));
    EXPECT_FALSE((Calibration{"tiny", {}, {0.9, 0}, {}}.neutral()));
    EXPECT_FALSE((Calibration{"tiny", {}, {}, {1}}.neutral()));
}

TEST(Calibration, IsLookedUpByTheNameOfAMemory)
{
    const Calibration profile{"tiny", {slow_sram()}, {}, {}};
    EXPECT_EQ(profile.of("sram").bandwidth, 0.5);
    EXPECT_EQ(profile.of("sram").access_latency, 3);
    EXPECT_EQ(profile.of("dram"), MemoryCalibration{});
}

TEST(Calibration, BeginsAtTheNeutralValueAndKeepsItsRange)
{
    for (CalibrationParameter parameter : kAllCalibrationParameters) {
        const ParameterFacts& facts = facts_of(parameter);
        EXPECT_TRUE(facts.allows(facts.neutral)) << facts.name;
        EXPECT_TRUE(facts.allows(facts.most)) << facts.name;
        EXPECT_TRUE(facts.allows(facts.search_least)) << facts.name;
        EXPECT_EQ(facts.allows(facts.least), !facts.positive) << facts.name;
        EXPECT_FALSE(facts.allows(std::nextafter(facts.most, 2 * facts.most))) << facts.name;
        EXPECT_FALSE(facts.allows(-1e-9)) << facts.name;
        EXPECT_FALSE(facts.allows(std::numeric_limits<double>::quiet_NaN())) << facts.name;
    }
}

TEST(Calibration, RefusesWhatIsOutOfRangeByName)
{
    MemoryCalibration memory = slow_sram();
    memory.bandwidth = 1.5;
    expect_input_error(
        [&] {
            Calibration{"tiny", {memory}, {}, {}};
        },
        "memories.sram.bandwidth", "is 1.5, expected a number from 1e-06 to 1");
    memory = slow_sram();
    memory.burst = Bits{0};
    expect_input_error(
        [&] {
            Calibration{"tiny", {memory}, {}, {}};
        },
        "memories.sram.burst", "positive number of bits");
    expect_input_error([] { Calibration{"tiny", {}, {1, 0.4}, {}}; }, "top.refresh_share", "from 0 to 0.3");
    expect_input_error([] { Calibration{"tiny", {}, {}, {-1}}; }, "steps.dispatch", "is -1, expected cycles from 0");
    expect_input_error([] { Calibration{"tiny", {slow_sram(), slow_sram()}, {}, {}}; }, "memories.sram", "given twice");
    expect_input_error([] { Calibration{"tiny", {MemoryCalibration{}}, {}, {}}; }, "memories", "without the name");
}

TEST(Calibration, BelongsToOneAccelerator)
{
    const Accelerator accelerator = tiny_accelerator();
    EXPECT_NO_THROW(check(Calibration{"tiny", {slow_sram()}, {0.9, 0.1}, {5}}, accelerator));
    EXPECT_NO_THROW(check(Calibration{}, accelerator));
    expect_input_error(
        [&] {
            check(Calibration{"huge", {}, {}, {}}, accelerator);
        },
        "accelerator", "is 'huge', expected a profile of 'tiny'");
    MemoryCalibration memory;
    memory.memory = "cache";
    expect_input_error(
        [&] {
            check(Calibration{"tiny", {memory}, {}, {}}, accelerator);
        },
        "memories.cache", "is no memory of tiny, expected one of reg_o, sram, dram");
    memory.memory = "dram";
    memory.bandwidth = 0.5;
    expect_input_error(
        [&] {
            check(Calibration{"tiny", {memory}, {}, {}}, accelerator);
        },
        "memories.dram.bandwidth", "expected top.efficiency instead");
}

TEST(CalibrationParameters, AreThoseThatTheAcceleratorHas)
{
    std::vector<std::string> names;
    for (const ParameterId& id : latency_parameters_of(tiny_accelerator())) names.push_back(name_of(id));
    EXPECT_THAT(names, ::testing::UnorderedElementsAre("top.efficiency", "top.refresh_share", "steps.dispatch",
                                                       "memories.reg_o.bandwidth", "memories.sram.bandwidth",
                                                       "memories.reg_o.access_latency", "memories.sram.access_latency",
                                                       "memories.dram.access_latency", "memories.reg_o.burst_overhead",
                                                       "memories.sram.burst_overhead", "memories.dram.burst_overhead"));
    EXPECT_EQ(energy_parameters_of(tiny_accelerator()).size(), 3U);
}

TEST(CalibrationParameters, SetOneNumberAndLeaveTheOthers)
{
    const Calibration before{"tiny", {slow_sram()}, {0.9, 0.1}, {5}, {"tiny 4x4"}};
    for (const ParameterId& id : all_parameters()) {
        const Calibration after = with(before, id, 0.25);
        for (const ParameterId& each : all_parameters()) {
            EXPECT_EQ(value_of(after, each), each == id ? 0.25 : value_of(before, each))
                << name_of(id) << name_of(each);
        }
        EXPECT_EQ(after.fitted_to(), before.fitted_to());
    }
    EXPECT_THROW(with(before, {bandwidth, "sram"}, 0), InputError);
}

}  // namespace
}  // namespace plumbline::test
