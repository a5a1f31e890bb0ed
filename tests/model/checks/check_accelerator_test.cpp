// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "model/checks/findings.hpp"
#include "model/hand_machine.hpp"
#include "plumbline/check.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using testing::ElementsAre;
using testing::IsEmpty;

/// The machine of hand_machine.hpp with something changed.
template <class Change>
std::vector<Finding> findings_after(Change change)
{
    const Accelerator whole = tiny::accelerator();
    std::vector<Memory> memories = whole.memories();
    change(memories);
    return check_accelerator(Accelerator{"changed", whole.array(), memories});
}

TEST(CheckAccelerator, FindsNothingInARisingHierarchy)
{
    // Sizes: 2 x 16, 1024, 64 MiB. Energies per bit read: 0.5/16, 4/32, 100/16; written: 0.5/16, 8/32, 200/16.
    EXPECT_THAT(check_accelerator(tiny::accelerator()), IsEmpty());
}

TEST(CheckAccelerator, FindsALevelThatHoldsLessThanTheOneBelow)
{
    // Two registers of 16 bits hold 32, so 31 above them are less, and a word of 32 is more than the memory has.
    const auto found = findings_after([](auto& memories) { memories[tiny::kSram].size = Bits{31}; });
    EXPECT_THAT(found,
                ElementsAre(suspicious("memories.sram.size", "holds 31 bit, but reg_o below it holds 32 bit of O"),
                            suspicious("memories.sram.ports[0].bandwidth_max", "a word of 32 bit")));
}

TEST(CheckAccelerator, FindsAnOuterLevelWithMoreInstances)
{
    const auto found = findings_after([](auto& memories) {
        memories[tiny::kRegister].served_dimensions = {0};
        memories[tiny::kSram].served_dimensions = {};
    });
    EXPECT_THAT(found,
                ElementsAre(suspicious("memories.sram.served_dimensions", "2 instances, but reg_o below it has 1")));
}

TEST(CheckAccelerator, FindsEnergyPerBitThatFallsGoingOutward)
{
    // 0.96 pJ for a word of 32 bits is 0.03 a bit; 0.5 pJ for 16 bits of the register are 0.03125.
    const auto found = findings_after([](auto& memories) { memories[tiny::kSram].read_energy = Picojoules{0.96}; });
    EXPECT_THAT(found,
                ElementsAre(suspicious("memories.sram.r_cost", "costs 0.03 pJ, less than the 0.03125 pJ of reg_o")));
    // 3.2 pJ for 16 bits are 0.2 a bit, 8 pJ for 32 are 0.25. The top memory is written from below.
    const auto written = findings_after([](auto& memories) { memories[tiny::kDram].write_energy = Picojoules{3.2}; });
    EXPECT_THAT(written,
                ElementsAre(suspicious("memories.dram.w_cost", "costs 0.2 pJ, less than the 0.25 pJ of sram")));
}

TEST(CheckAccelerator, FindsPortsThatCarryNothing)
{
    const auto found = findings_after([](auto& memories) {
        memories[tiny::kSram].ports.push_back({"spare", PortType::read, Bits{32}, Bits{8}});
    });
    EXPECT_THAT(found, ElementsAre(remark("memories.sram.ports[2]", "spare carries nothing")));
}

TEST(CheckAccelerator, FindsSeveralTopMemories)
{
    const auto found = findings_after([](auto& memories) {
        memories[tiny::kSram].served_dimensions = {};
        memories[tiny::kDram].served_dimensions = {};
    });
    EXPECT_THAT(found,
                ElementsAre(suspicious("memories.dram.served_dimensions", "2 instances of the off-chip memory")));
}

}  // namespace
}  // namespace plumbline
