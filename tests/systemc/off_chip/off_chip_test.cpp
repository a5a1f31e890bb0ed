// SPDX-License-Identifier: Apache-2.0
// Off-chip memory of a user's own behind the machine's socket: addresses, time and errors.
#include "off_chip/off_chip_port.hpp"

#include <gmock/gmock.h>

#include "plumbline/sim/counters.hpp"
#include "plumbline/sim/machine.hpp"
#include "plumbline/sim/schedule_program.hpp"
#include "slow_dram.hpp"
#include "systemc/nanoseconds.hpp"
#include "systemc/two_layers.hpp"

namespace plumbline::sim {
namespace {

using namespace plumbline::small;

/// A copy of the 4 bytes of input from off-chip memory, 2 cycles at its port; then a layer fetches its 2 bytes
/// of weights in one cycle, and takes 6 more.
struct OneCopy {
    Layer layer = convolution({{LoopDim::k, 2}, {LoopDim::ox, 4}});
    Workload workload{"small", {layer}};
    Accelerator accelerator = small::accelerator();
    ScheduleProgram program = compile(accelerator, workload, schedule());

    Schedule schedule() const
    {
        const Copy copy{CopyReason::stack_input,
                        {std::nullopt, 1, 1, 4, Bits{8}},
                        {MemoryOperand::i1, kDram},
                        {MemoryOperand::i1, kSram}};
        const ComputeStep compute{0, mapping(layer, {{LoopDim::ox, 4}}, {{0, 1}, {0, 1, 1}, {1}}, 2)};
        return small::schedule({stack_of_one_tile({0}, layer.sizes, {CopyStep{0, {copy}}, compute})});
    }

    Cycles cycles_with(const sc_core::sc_time& waits, const sc_core::sc_time& annotates, OffChipOptions options = {})
    {
        MachineOptions machine_options;
        machine_options.off_chip = options;
        Machine machine{"machine", accelerator, program, machine_options};
        machine.off_chip().bind(dram.socket);
        dram.waits = waits;
        dram.annotates = annotates;
        sc_core::sc_start();
        return machine.counters(workload).cycles;
    }

    SlowDram dram{"dram"};
};

using test::nanoseconds;

TEST(OffChip, DoesNotSpeedUpATransferByAFasterMemory)
{
    OneCopy run;
    EXPECT_EQ(run.cycles_with(nanoseconds(0), nanoseconds(0)), Cycles{2 + 1 + 6});
}

TEST(OffChip, HidesWhatTheMemoryTakesBehindTheTimeOfThePort)
{
    OneCopy run;
    EXPECT_EQ(run.cycles_with(nanoseconds(0.5), nanoseconds(0.5)), Cycles{2 + 1 + 6});
}

TEST(OffChip, SlowsATransferDownToTheDelayThatTheMemoryAnnotates)
{
    OneCopy run;
    EXPECT_EQ(run.cycles_with(nanoseconds(0), nanoseconds(100)), Cycles{100 + 100 + 6});
}

TEST(OffChip, SlowsATransferDownToTheTimeThatTheMemoryWaits)
{
    OneCopy run;
    EXPECT_EQ(run.cycles_with(nanoseconds(70), nanoseconds(30)), Cycles{100 + 100 + 6});
}

TEST(OffChip, SendsBurstsOneAfterTheOther)
{
    // 4 bytes of input, then 2 of weights, in bursts of 1 that take 50 cycles each.
    OneCopy run;
    EXPECT_EQ(run.cycles_with(nanoseconds(0), nanoseconds(50), {0x1000, 1}), Cycles{4 * 50 + 2 * 50 + 6});
    ASSERT_EQ(run.dram.transactions.size(), 4U + 2U);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(run.dram.transactions[i].address, 0x1000 + i);
        EXPECT_EQ(run.dram.transactions[i].length, 1U);
    }
}

TEST(OffChip, NamesMemoryAddressAndResponseOfARefusedTransaction)
{
    sc_core::sc_report_handler::set_actions(sc_core::SC_ERROR, sc_core::SC_THROW);
    OneCopy run;
    run.dram.answers = tlm::TLM_ADDRESS_ERROR_RESPONSE;
    try {
        run.cycles_with(nanoseconds(0), nanoseconds(0), {0xab00, 0});
        FAIL() << "nobody complained";
    } catch (const sc_core::sc_report& report) {
        EXPECT_STREQ(report.get_msg_type(), "machine.off_chip");
        EXPECT_STREQ(report.get_msg(),
                     "off-chip memory answered TLM_ADDRESS_ERROR_RESPONSE to a read of 4 bytes at 0xab00");
    }
}

TEST(OffChip, ReadsAndWritesWithinTheAreasOfTheLayout)
{
    const TwoLayers network;
    const Accelerator accelerator = small::accelerator();
    const ScheduleProgram program = compile(accelerator, network.workload(), network.schedule());
    Machine machine{"machine", accelerator, program};
    SlowDram dram{"dram"};
    machine.off_chip().bind(dram.socket);
    sc_core::sc_start();
    std::vector<std::uint64_t> touched(program.off_chip().areas.size());
    for (const SlowDram::Transaction& each : dram.transactions) {
        bool inside = false;
        for (AreaId id = 0; id < touched.size(); ++id) {
            const OffChipArea& area = program.off_chip().areas[id];
            if (each.address < area.address || each.address + each.length > area.address + area.size) continue;
            inside = true;
            touched[id] += each.length;
            EXPECT_EQ(each.read, area.kind != OffChipArea::Kind::output_map);
        }
        EXPECT_TRUE(inside) << each.address;
    }
    // The input is fetched with two columns twice per tile; weights once; the output written once.
    EXPECT_THAT(touched, testing::ElementsAre(2 * 2 * (3 + 5 + 5), 3 * 2, 2 * 3 * 3, 2 * 7 * 2));
}

TEST(OffChipMaps, TakeABoxAsTheStretchesThatItsRowsAre)
{
    const TwoLayers network;
    const Workload workload = network.workload();
    const OffChipLayout layout = off_chip_layout(small::accelerator(), workload, network.schedule());
    const OffChipMaps maps{layout, workload};
    std::vector<unsigned char> data(36);
    const auto stretches = [&](const FeatureBox& part, const FeatureBox& box) {
        std::vector<std::array<std::uint64_t, 3>> all;
        for (const Segment& each : maps.segments({}, part, box, data.data())) {
            all.push_back({each.offset, static_cast<std::uint64_t>(each.data - data.data()), each.length});
        }
        return all;
    };
    using Stretch = std::array<std::uint64_t, 3>;  // where in the area, where in the data, how long
    const FeatureBox columns{{2, 5}, {0, 2}};
    // The input has 2 channels of 2 rows of 9 columns.
    EXPECT_THAT(stretches(columns, columns),
                testing::ElementsAre(Stretch{2, 0, 3}, Stretch{11, 3, 3}, Stretch{20, 6, 3}, Stretch{29, 9, 3}));
    EXPECT_THAT(stretches({{3, 5}, {1, 2}}, columns), testing::ElementsAre(Stretch{12, 4, 2}, Stretch{30, 10, 2}));
    const FeatureBox row{{0, 9}, {1, 2}};
    EXPECT_THAT(stretches(row, row), testing::ElementsAre(Stretch{9, 0, 9}, Stretch{27, 9, 9}));
    const FeatureBox all{{0, 9}, {0, 2}};
    EXPECT_THAT(stretches(all, all), testing::ElementsAre(Stretch{0, 0, 36}));
    EXPECT_TRUE(stretches({}, all).empty());
}

TEST(OffChipMaps, FindSamplesInTheWholeMap)
{
    // Of 2 channels of 2 rows of 9 columns, samples are the odd columns of the first row: 1, 3, 5 and 7.
    const TwoLayers network;
    const Workload workload = network.workload();
    const OffChipLayout layout = off_chip_layout(small::accelerator(), workload, network.schedule());
    std::vector<unsigned char> data(4);
    const FeatureBox box{{1, 3}, {0, 1}};  // columns 3 and 5
    std::vector<std::uint64_t> offsets;
    for (const Segment& each : OffChipMaps{layout, workload}.segments({}, box, box, data.data(), {{2, 1}, {2, 0}})) {
        EXPECT_EQ(each.length, 1U);
        EXPECT_EQ(each.data - data.data(), static_cast<std::ptrdiff_t>(offsets.size()));
        offsets.push_back(each.offset);
    }
    EXPECT_THAT(offsets, testing::ElementsAre(3, 5, 18 + 3, 18 + 5));
}

TEST(SegmentRing, BeginsAgainWhenAllIsTaken)
{
    std::array<unsigned char, 8> data{};
    SegmentRing ring{{{100, data.data(), 3}, {200, data.data() + 3, 2}}};
    std::vector<std::uint64_t> offsets;
    std::vector<std::uint64_t> fresh;
    for (const std::uint64_t most : {2U, 2U, 9U, 9U}) {
        fresh.push_back(ring.fresh());
        offsets.push_back(ring.take(most).offset);
    }
    EXPECT_THAT(offsets, testing::ElementsAre(100, 102, 200, 100));
    EXPECT_THAT(fresh, testing::ElementsAre(5, 3, 2, 0));
}

TEST(OffChipLayout, AlignsOneAreaPerTensorThatIsOffChip)
{
    const TwoLayers network;
    const OffChipLayout layout = off_chip_layout(small::accelerator(), network.workload(), network.schedule());
    using Kind = OffChipArea::Kind;
    // The output of layer 0 stays in the sram.
    EXPECT_THAT(layout.areas, testing::ElementsAre(OffChipArea{Kind::input_map, 0, "I", 0, 2 * 9 * 2},
                                                   OffChipArea{Kind::weights, 0, "W", 64, 3 * 2},
                                                   OffChipArea{Kind::weights, 1, "W", 128, 2 * 3 * 3},
                                                   OffChipArea{Kind::output_map, 1, "O", 192, 2 * 7 * 2}));
    EXPECT_EQ(layout.size(), 256U);
}

TEST(OffChipLayout, HasAlsoWhatALayerStepsOver)
{
    // Single pixels, 3 apart: 4 outputs reach over 10 columns, in 2 channels.
    const Layer layer = convolution({{LoopDim::c, 2}, {LoopDim::ox, 4}}, 0, 3);
    const Workload workload{"small", {layer}};
    const LayerMapping mapped = mapping(layer, {{LoopDim::c, 2}, {LoopDim::ox, 4}}, {{1, 2}, {0, 2}, {2}});
    const OffChipLayout layout = off_chip_layout(small::accelerator(), workload, small::schedule(layer, mapped));
    EXPECT_EQ(layout.areas.at(*layout.find(OffChipArea::Kind::input_map, 0)).size, 10U * 2);
}

TEST(OffChipLayout, HasWholePixelsOfColumnsAmongChannels)
{
    // Two columns lie in each pixel; 4 columns from the second one of a pixel reach into three pixels.
    Layer layer = convolution({{LoopDim::c, 2}, {LoopDim::ox, 4}});
    for (Operand& input : layer.inputs)
        for (SlidingAxis& axis : input.sliding) {
            if (axis.position != LoopDim::ox) continue;
            axis.depth_to_space = 2;
            axis.depth_offset = 1;
        }
    const Workload workload{"small", {layer}};
    const LayerMapping mapped = mapping(layer, {{LoopDim::c, 2}, {LoopDim::ox, 4}}, {{1, 2}, {0, 2}, {2}});
    const OffChipLayout layout = off_chip_layout(small::accelerator(), workload, small::schedule(layer, mapped));
    EXPECT_EQ(layout.areas.at(*layout.find(OffChipArea::Kind::input_map, 0)).size, 3U * 2 * 2);
}

}  // namespace
}  // namespace plumbline::sim
