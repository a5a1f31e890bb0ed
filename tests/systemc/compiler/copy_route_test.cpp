// SPDX-License-Identifier: Apache-2.0
#include "compiler/copy_route.hpp"

#include <gmock/gmock.h>

#include "plumbline/error.hpp"
#include "systemc/small_machine.hpp"

namespace plumbline::sim {
namespace {

using small::kDram;
using small::kRegO;
using small::kSram;

Copy copy(Place from, Place to)
{
    return {CopyReason::previous_output, {std::nullopt, 3, 4, 5, Bits{8}}, from, to};  // 480 bits
}

std::vector<std::pair<MemoryId, Direction>> borders(const std::vector<Transfer>& hops)
{
    std::vector<std::pair<MemoryId, Direction>> all;
    for (const Transfer& hop : hops) {
        for (const Access& access : hop.accesses) all.emplace_back(access.memory, access.direction);
    }
    return all;
}

TEST(CopyRoute, StaysWhereTheMemoryIsTheSame)
{
    EXPECT_TRUE(copy_hops(small::accelerator(), copy({MemoryOperand::o, kSram}, {MemoryOperand::i1, kSram})).empty());
}

TEST(CopyRoute, DescendsAsTheOperandThatTheDataBecomes)
{
    const auto hops = copy_hops(small::accelerator(), copy({MemoryOperand::o, kDram}, {MemoryOperand::i1, kSram}));
    EXPECT_THAT(borders(hops), testing::ElementsAre(std::pair{kDram, Direction::read_down},
                                                    std::pair{kSram, Direction::write_from_up}));
    EXPECT_EQ(hops.front().accesses.front().operand, MemoryOperand::i1);
    EXPECT_EQ(cycles_alone(hops.front()), 30);  // 480 bits at 16 a cycle; the sram needs 15
}

TEST(CopyRoute, ClimbsAsTheOperandThatTheDataLeaves)
{
    const auto hops = copy_hops(small::accelerator(), copy({MemoryOperand::o, kRegO}, {MemoryOperand::i1, kDram}));
    EXPECT_THAT(borders(hops), testing::ElementsAre(
                                   std::pair{kRegO, Direction::read_up}, std::pair{kSram, Direction::write_from_down},
                                   std::pair{kSram, Direction::read_up}, std::pair{kDram, Direction::write_from_down}));
}

TEST(CopyRoute, TurnsAtTheLowestMemoryThatBothShare)
{
    const auto hops = copy_hops(small::accelerator(), copy({MemoryOperand::o, kRegO}, {MemoryOperand::i1, kSram}));
    EXPECT_THAT(borders(hops), testing::ElementsAre(std::pair{kRegO, Direction::read_up},
                                                    std::pair{kSram, Direction::write_from_down}));
}

TEST(CopyRoute, SaysWhichMemoryHasNoPortForIt)
{
    // Inputs do not climb.
    EXPECT_THROW(copy_hops(small::accelerator(), copy({MemoryOperand::i1, kSram}, {MemoryOperand::o, kDram})),
                 InputError);
}

}  // namespace
}  // namespace plumbline::sim
