// SPDX-License-Identifier: Apache-2.0
// Two MACs over K, 8-bit data, 16-bit sums; sram moves 32 bits a cycle each way, dram 16 (hand_machine.hpp).
#include <gmock/gmock.h>

#include "model/checks/findings.hpp"
#include "model/hand_machine.hpp"
#include "plumbline/check.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

/// 64 output channels of 4 input channels on 8 x 8 pixels, 3x3: 64 * 4 * 64 * 9 = 147,456 MACs in 73,728 cycles; weights
/// 64 * 4 * 9, inputs 4 * 10 * 10 and outputs 64 * 64 bytes are 6,800 * 8 = 54,400 bits, 0.74 a cycle.
const tiny::Shape kBusy{64, 4, 8, 8, 3, 3};

std::vector<Finding> findings(const Layer& layer, const Accelerator& accelerator = tiny::accelerator(),
                              const MappingRules& rules = tiny::rules())
{
    return check_layers(accelerator, Workload{"net", {layer}}, rules);
}

TEST(CheckLayers, FindsNothingWhereTheArrayIsBusyAndFed)
{
    // Each cycle reads a feature and two weights from sram: 24 of its 32 bits. The registers take 16 bits each.
    EXPECT_THAT(findings(tiny::convolution(0, kBusy)), IsEmpty());
}

/// Of 8 x 8 pixels; 64 output channels are 32 iterations over two MACs.
std::vector<Finding> findings_of_ordering(std::vector<OrderedLoop> ordering)
{
    MappingRule rule = tiny::rules().rules().front();
    rule.ordering = std::move(ordering);
    return findings(tiny::convolution(0, kBusy), tiny::accelerator(), MappingRules{{rule}});
}

TEST(CheckLayers, FindsPrescribedLoopsThatDoNotDivide)
{
    // Two runs of 5 are 10 iterations over 8 columns.
    EXPECT_THAT(findings_of_ordering({{LoopDim::c, 4}, {LoopDim::ox, 5}}),
                ElementsAre(suspicious("rules[0].temporal_ordering[1]",
                                       "does not divide the 8 iterations over OX in layer 'conv0': it runs 2 times, "
                                       "and 20.0 % of its iterations have nothing to do")));
    // Of 32 iterations over K, 4 are taken; three runs of 3 are 9 for the other 8.
    EXPECT_THAT(findings_of_ordering({{LoopDim::k, 4}, {{}, {}}, {LoopDim::k, 3}}),
                ElementsAre(suspicious("rules[0].temporal_ordering[2]",
                                       "does not divide the 8 iterations over K in layer 'conv0': it runs 3 times, "
                                       "and 11.1 % of its iterations have nothing to do")));
    EXPECT_THAT(findings_of_ordering({{LoopDim::ox, 4}, {LoopDim::ox, 2}, {LoopDim::k, 64}, {LoopDim::c, {}}}),
                IsEmpty());
}

/// With another width of sram's read port.
Accelerator with_port(Bits width, bool rereads = true)
{
    const Accelerator whole = tiny::accelerator();
    std::vector<Memory> memories = whole.memories();
    memories[tiny::kSram].ports[0].width = width;
    MacArray array = whole.array();
    array.rereads_inputs = rereads;
    return {"narrow", array, memories};
}

TEST(CheckLayers, FindsAPortThatStarvesTheArray)
{
    // A feature of 8 bits and two weights of 8 need 24 bits each cycle; of 16 a cycle the array gets two thirds of what it needs.
    EXPECT_THAT(findings(tiny::convolution(0, kBusy), with_port(Bits{16})),
                ElementsAre(suspicious(
                    "memories.sram.ports[0].bandwidth_max",
                    "offers 16 bit per cycle, but the array needs 24 (W 16, I 8) in layer 'conv0' of net: it "
                    "waits 33.3 % of the time")));
}

TEST(CheckLayers, CountsInputsThatStayOnceAnArrayDoesNotRereadThem)
{
    // Weights change at best every 64 pixels (16 / 64 = 0.25 bit), features at best every 32 pairs of channels (8 / 32 = 0.25).
    EXPECT_THAT(findings(tiny::convolution(0, kBusy), with_port(Bits{16}, false)), IsEmpty());
}

TEST(CheckLayers, FindsLayersThatLeaveMostOfTheArrayIdle)
{
    // One output channel keeps one MAC busy; on eight, seven eighths are idle.
    MacArray array;
    array.dimensions = {{"D1", 8}};
    const Accelerator whole = tiny::accelerator();
    const Accelerator wide{"wide", array, whole.memories()};
    const std::vector<Finding> found = findings(tiny::convolution(0, {1, 4, 8, 8, 3, 3}), wide);
    EXPECT_THAT(found, UnorderedElementsAre(
                           remark("layers[0]",
                                  "layer 'conv0' leaves 87.5 % of the array of wide idle, for 100.0 % of the network"),
                           suspicious("rules[0]", "net keeps 12.5 % of the array of wide busy")));
}

TEST(CheckLayers, FindsOperandsThatARuleHoldsNowhere)
{
    MappingRule rule = tiny::rules().rules().front();
    rule.links = {{"O", MemoryOperand::o}, {"I", MemoryOperand::i1}};
    EXPECT_THAT(
        findings(tiny::convolution(0, kBusy), tiny::accelerator(), MappingRules{{rule}}),
        ElementsAre(error("rules[0].memory_operand_links", "missing in mapping rule 'default' (layer 'conv0')")));
}

TEST(CheckLayers, FindsOutputsAndInputsInEachOthersPlace)
{
    MappingRule rule = tiny::rules().rules().front();
    rule.links = {{"O", MemoryOperand::i1}, {"W", MemoryOperand::i2}, {"I", MemoryOperand::o}};
    EXPECT_THAT(findings(tiny::convolution(0, kBusy), tiny::accelerator(), MappingRules{{rule}}),
                ElementsAre(error("rules[0].memory_operand_links", "is I1 in mapping rule 'default', expected O")));
}

TEST(CheckLayers, FindsAMemoryThatIsTooSmallForOneIteration)
{
    // sram holds an element of each operand: 8 bits of I, 8 of W, 8 of a finished output.
    EXPECT_THAT(findings(tiny::convolution(0, kBusy), tiny::accelerator(Bits{16})),
                Contains(error("memories.sram.size", "sram has 16 bit, but needs at least")));
}

TEST(CheckLayers, FindsAnOffChipPortThatDecidesHowLongItTakes)
{
    // A fully connected layer: 64 * 64 weights, 64 features, 64 outputs of a byte in 64 * 64 / 2 = 2,048 cycles are
    // 4,224 * 8 / 2,048 = 16.5 bits a cycle, and dram has 16.
    EXPECT_THAT(findings(tiny::convolution(0, {64, 64})),
                ElementsAre(suspicious("memories.dram.ports[0].bandwidth_max", "net need 16.5 on average")));
}

}  // namespace
}  // namespace plumbline
