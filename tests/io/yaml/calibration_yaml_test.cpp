// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/calibration_yaml.hpp"

#include <cmath>
#include <filesystem>
#include <random>

#include <gtest/gtest.h>

#include "io/edited_text.hpp"
#include "model/input_error.hpp"
#include "model/tiny.hpp"
#include "plumbline/calibration_parameters.hpp"

namespace plumbline::test {
namespace {

const std::string kProfile = R"(schema: plumbline-calibration-1
accelerator: tiny
memories:
  sram:
    bandwidth: 0.9
    access_latency: 4
    burst: 256
  dram: {burst_overhead: 2.5, energy_scale: 1.25}
top:
  efficiency: 0.8
  refresh_share: 0.05
steps: {dispatch: 25}
fitted_to: [tiny 4x4]
)";

void expect_calibration_refused(const std::string& from, const std::string& to, int line, const std::string& field,
                                const std::string& part)
{
    const std::string text = edited(kProfile, from, to);
    expect_input_error([&] { io::parse_calibration(text, "profile.yaml", tiny_accelerator()); },
                       {"profile.yaml", line, field}, part);
}

/// Any number of the range, of any magnitude.
double anything(const ParameterFacts& facts, std::mt19937_64& random)
{
    const double fraction = std::ldexp(static_cast<double>(random() | 1U), -64);
    const int magnitude = static_cast<int>(random() % 40);
    return std::max(std::ldexp(facts.most * fraction, -magnitude), facts.positive ? 1e-300 : facts.least);
}

Calibration any_profile(const Accelerator& accelerator, std::mt19937_64& random)
{
    Calibration profile{accelerator.name(), {}, {}, {}, {"a, b: c", "- 1", "fsrcnn 60x72"}};
    for (const ParameterId& id : latency_parameters_of(accelerator)) {
        profile = with(profile, id, anything(facts_of(id.parameter), random));
    }
    for (const ParameterId& id : energy_parameters_of(accelerator)) {
        profile = with(profile, id, anything(facts_of(id.parameter), random));
    }
    return profile;
}

TEST(CalibrationYaml, ReadsEveryParameter)
{
    MemoryCalibration sram;
    sram.memory = "sram";
    sram.bandwidth = 0.9;
    sram.access_latency = 4;
    sram.burst = Bits{256};
    MemoryCalibration dram;
    dram.memory = "dram";
    dram.burst_overhead = 2.5;
    dram.energy_scale = 1.25;
    EXPECT_EQ(io::parse_calibration(kProfile, "profile.yaml", tiny_accelerator()),
              (Calibration{"tiny", {sram, dram}, {0.8, 0.05}, {25}, {"tiny 4x4"}}));
}

TEST(CalibrationYaml, LeavesOutWhatIsNeutral)
{
    EXPECT_EQ(io::parse_calibration("schema: plumbline-calibration-1\n", "profile.yaml"), Calibration{});
}

TEST(CalibrationYaml, ReadsBackWhatItWroteBitForBit)
{
    std::mt19937_64 random{5};
    for (int i = 0; i < 200; ++i) {
        const Calibration profile = any_profile(tiny_accelerator(), random);
        ASSERT_EQ(io::parse_calibration(io::to_yaml(profile), "profile.yaml", tiny_accelerator()), profile);
    }
    EXPECT_EQ(io::parse_calibration(io::to_yaml({}), "profile.yaml"), Calibration{});
}

TEST(CalibrationYaml, QuotesNamesThatYamlWouldMisread)
{
    MemoryCalibration odd;
    for (const std::string name : {"null", "a: b", "#1", "true", "with space", "0x10"}) {
        odd.memory = name;
        const Calibration profile{name, {odd}, {}, {}, {name}};
        EXPECT_EQ(io::parse_calibration(io::to_yaml(profile), "profile.yaml"), profile) << io::to_yaml(profile);
    }
}

TEST(CalibrationYaml, StaysEqualAcrossAFile)
{
    std::mt19937_64 random{6};
    const Calibration profile = any_profile(tiny_accelerator(), random);
    const std::string path = ::testing::TempDir() + "plumbline_calibration.yaml";
    io::write_calibration(profile, path);
    EXPECT_EQ(io::read_calibration(path), profile);
    EXPECT_EQ(io::read_calibration(path, tiny_accelerator()), profile);
    std::filesystem::remove(path);
    EXPECT_THROW(io::read_calibration(path), InputError);
}

TEST(CalibrationYaml, RefusesValuesOutOfRangeWhereTheyStand)
{
    expect_calibration_refused("bandwidth: 0.9", "bandwidth: 0", 5, "memories.sram.bandwidth",
                               "is 0, expected a number from 1e-06");
    expect_calibration_refused("access_latency: 4", "access_latency: -4", 6, "memories.sram.access_latency",
                               "is -4, expected cycles from 0 to 100000");
    expect_calibration_refused("access_latency: 4", "access_latency: .nan", 6, "memories.sram.access_latency",
                               "expected a number");
    expect_calibration_refused("burst: 256", "burst: 0", 7, "memories.sram.burst",
                               "expected a positive number of bits");
    expect_calibration_refused("energy_scale: 1.25", "energy_scale: 0", 8, "memories.dram.energy_scale", "above 0");
    expect_calibration_refused("0.05", "0.31", 11, "top.refresh_share", "is 0.31, expected a number from 0 to 0.3");
    expect_calibration_refused("dispatch: 25", "dispatch: .inf", 12, "steps.dispatch", "expected a number");
}

TEST(CalibrationYaml, RefusesValuesOfTheWrongKind)
{
    expect_calibration_refused("efficiency: 0.8", "efficiency: high", 10, "top.efficiency",
                               "is 'high', expected a number");
    expect_calibration_refused("burst: 256", "burst: 2.5", 7, "memories.sram.burst", "expected an integer");
    expect_calibration_refused("steps: {dispatch: 25}", "steps: 25", 12, "steps", "expected a map");
    expect_calibration_refused("[tiny 4x4]", "tiny", 13, "fitted_to", "expected a list");
}

TEST(CalibrationYaml, RefusesWhatItDoesNotKnow)
{
    expect_calibration_refused("calibration-1", "calibration-9", 1, "schema", "expected plumbline-calibration-1");
    expect_calibration_refused("schema: plumbline-calibration-1\n", "", 1, "schema", "is missing");
    expect_calibration_refused("bandwidth: 0.9", "bandwith: 0.9", 5, "memories.sram.bandwith",
                               "did you mean 'bandwidth'?");
    expect_calibration_refused("efficiency: 0.8", "bandwidth: 0.8", 10, "top.bandwidth", "is not a known key");
    expect_calibration_refused("accelerator: tiny", "accelerator: huge", 2, "accelerator",
                               "expected a profile of 'tiny'");
    expect_calibration_refused("  dram: {", "  cache: {", 8, "memories.cache", "is no memory of tiny");
    expect_calibration_refused("{burst_overhead: 2.5", "{bandwidth: 0.5", 8, "memories.dram.bandwidth",
                               "top.efficiency instead");
}

}  // namespace
}  // namespace plumbline::test
