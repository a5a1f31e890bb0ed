// SPDX-License-Identifier: Apache-2.0
// A real network on a real accelerator: FSRCNN in RAM, the fidelities against each other.
#include <gmock/gmock.h>

#include <chrono>
#include <iostream>

#include "accelerator_platform.hpp"
#include "functional/networks.hpp"
#include "plumbline/validate/reference_network.hpp"

namespace plumbline::test {
namespace {

using Fidelity = sim::AcceleratorFidelity;

constexpr std::uint64_t kMegabyte = 0x100000;
constexpr std::uint64_t kJob = 0x40;
constexpr std::uint64_t kInput = 1 * kMegabyte;
constexpr std::uint64_t kWeights = 4 * kMegabyte;
constexpr std::uint64_t kOutput = 8 * kMegabyte;
constexpr std::uint64_t kScratch = 24 * kMegabyte;
constexpr std::uint64_t kRam = 40 * kMegabyte;

/// A whole frame on one accelerator.
struct Frame {
    Frame(const Setting& setting, const sim::AcceleratorOptions& options, const std::string& name)
        : ram{(name + "_ram").c_str(), 0, kRam},
          accelerator{name.c_str(), setting.accelerator, {{setting.workload, setting.schedule}}, options},
          host{(name + "_host").c_str()}
    {
        host.socket.bind(accelerator.registers);
        accelerator.dma.bind(ram.socket);
        accelerator.interrupt(line);
        host.interrupt(line);
        plumbline_job job{};
        job.magic = PLUMBLINE_JOB_MAGIC;
        job.version = PLUMBLINE_JOB_VERSION;
        job.flags = PLUMBLINE_JOB_INTERRUPT;
        job.input = kInput;
        job.weights = kWeights;
        job.output = kOutput;
        job.scratch = kScratch;
        std::memcpy(ram.at(kJob), &job, sizeof job);
        host.stops = false;
        host.script = [this](RegisterHost& cpu) { run(cpu); };
    }

    void run(RegisterHost& cpu)
    {
        cpu.enable_interrupts();
        cpu.start(kJob);
        const auto begin = std::chrono::steady_clock::now();
        cpu.await_interrupt();
        seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        EXPECT_EQ(cpu.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_NONE);
        cycles = cpu.read_pair(PLUMBLINE_REG_CYCLES_LOW);
        const std::uint32_t memories = PLUMBLINE_CAPABILITIES_MEMORIES(cpu.read(PLUMBLINE_REG_CAPABILITIES));
        for (std::uint32_t place = 0; place < memories * 12; ++place) {
            cpu.write(PLUMBLINE_REG_COUNTER_SELECT,
                      PLUMBLINE_COUNTER(place / 12, place / 4 % 3, place % 4, PLUMBLINE_COUNTER_GRANULES));
            granules.push_back(cpu.read_pair(PLUMBLINE_REG_COUNTER_LOW));
        }
        finished = true;
    }

    Ram ram;
    sim::Accelerator accelerator;
    RegisterHost host;
    sc_core::sc_signal<bool> line{sc_core::sc_gen_unique_name("line")};
    double seconds = 0;
    std::uint64_t cycles = 0;
    std::vector<std::uint64_t> granules;
    bool finished = false;
};

sim::AcceleratorOptions at(Fidelity fidelity)
{
    sim::AcceleratorOptions options;
    options.fidelity = fidelity;
    return options;
}

TEST(AnalyticalFrame, CountsWhatTheMachineCountsInAboutTheSameCycles)
{
    const Setting setting = planned("meta_prototype_df", network_named("fsrcnn"), OverlapMode::fully_cached, {60, 72});
    Frame simulated{setting, at(Fidelity::transaction), "simulated"};
    Frame predicted{setting, at(Fidelity::analytical), "predicted"};
    sc_core::sc_start();
    ASSERT_TRUE(simulated.finished && predicted.finished);
    EXPECT_EQ(predicted.granules, simulated.granules);
    const double deviation = static_cast<double>(predicted.cycles) / static_cast<double>(simulated.cycles) - 1;
    std::cout << "cycles: " << simulated.cycles << " simulated, " << predicted.cycles << " predicted, "
              << deviation * 100 << " %\n";
    EXPECT_LE(std::abs(deviation), 0.05);
}

/// Every map smaller, so that a run takes a second or two.
Workload smaller(const Workload& workload, std::int64_t columns, std::int64_t rows)
{
    std::vector<Layer> layers = workload.layers();
    for (Layer& layer : layers) {
        layer.sizes[LoopDim::ox] -= columns;
        layer.sizes[LoopDim::oy] -= rows;
    }
    return {workload.name(), std::move(layers)};
}

struct Case {
    Fidelity fidelity;
    OverlapMode mode;
    bool each_layer_alone;
};

class SmallFrame : public testing::TestWithParam<Case> {};

void expect_computed_in_system_memory(const Setting& setting, Fidelity fidelity)
{
    sim::AcceleratorOptions options = at(fidelity);
    options.data = sim::AcceleratorData::real;
    Frame frame{setting, options, "npu"};
    const sim::NetworkData data = sim::random_data(setting.workload, 5);
    const auto addresses = frame.accelerator.layout(0).addresses({kInput, kWeights, kOutput, kScratch});
    for (std::size_t id = 0; id < addresses.size(); ++id) {
        const sim::OffChipArea& area = frame.accelerator.layout(0).areas[id].tensor;
        if (area.kind == sim::OffChipArea::Kind::output_map) continue;
        const bool input = area.kind == sim::OffChipArea::Kind::input_map;
        const sim::FeatureValues& values = input ? data.input : data.weights.at(area.layer);
        std::memcpy(frame.ram.at(addresses[id]), values.data(), values.size());
    }
    sc_core::sc_start();
    ASSERT_TRUE(frame.finished);
    const auto expected = validate::reference_output(setting.workload, data);
    const auto* output = reinterpret_cast<const std::int8_t*>(frame.ram.at(kOutput));
    EXPECT_EQ(sim::FeatureValues(output, output + expected.size()), expected);
    EXPECT_EQ(frame.ram.outside, 0);
}

TEST_P(SmallFrame, IsComputedInSystemMemoryBitForBit)
{
    const Setting setting =
        planned("meta_prototype_df", smaller(network_named("fsrcnn"), 840, 468), GetParam().mode, {60, 36},
                Cuts{GetParam().each_layer_alone ? Cuts::Kind::each : Cuts::Kind::automatic, {}});
    expect_computed_in_system_memory(setting, GetParam().fidelity);
}

/// Two layers that read every other pixel of every other row.
Workload strided_layers()
{
    const auto layer = [](int id, int channels, int size, const std::string& source) {
        return "- {id: " + std::to_string(id) + R"(, operator_type: Conv,
   equation: 'O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]',
   dimension_relations: [ix=2*ox+1*fx, iy=2*oy+1*fy],
   loop_dims: [B, K, C, OY, OX, FY, FX],
   loop_sizes: [1, 5, )" +
               std::to_string(channels) + ", " + std::to_string(size) + ", " + std::to_string(size) + R"(, 1, 1],
   operand_precision: {O: 16, O_final: 8, W: 8, I: 8},
   operand_source: {I: )" +
               source + "}}\n";
    };
    return io::parse_workload(layer(0, 3, 15, "0") + layer(1, 5, 8, "0"), "strided.yaml");
}

class StridedFrame : public testing::TestWithParam<Fidelity> {};

TEST_P(StridedFrame, FindsItsPixelsInSystemMemory)
{
    const Setting setting =
        planned("meta_prototype_df", strided_layers(), OverlapMode::fully_cached, {3, 5}, Cuts{Cuts::Kind::each, {}});
    expect_computed_in_system_memory(setting, GetParam());
}

INSTANTIATE_TEST_SUITE_P(All, StridedFrame, testing::Values(Fidelity::transaction, Fidelity::analytical),
                         [](const auto& test) { return std::string{name_of(test.param)}; });

INSTANTIATE_TEST_SUITE_P(All, SmallFrame,
                         testing::Values(Case{Fidelity::transaction, OverlapMode::fully_cached, false},
                                         Case{Fidelity::transaction, OverlapMode::h_cached, false},
                                         Case{Fidelity::transaction, OverlapMode::fully_recompute, true},
                                         Case{Fidelity::analytical, OverlapMode::fully_cached, false}),
                         [](const auto& test) {
                             std::string name{name_of(test.param.fidelity)};
                             name += test.param.mode == OverlapMode::fully_cached ? "_fully_cached"
                                     : test.param.mode == OverlapMode::h_cached   ? "_h_cached"
                                                                                  : "_fully_recompute";
                             return name + (test.param.each_layer_alone ? "_layer_by_layer" : "");
                         });

}  // namespace
}  // namespace plumbline::test
