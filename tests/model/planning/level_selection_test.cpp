// SPDX-License-Identifier: Apache-2.0
#include "planning/memory/level_selection.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"
#include "planning/stack_cuts.hpp"

namespace plumbline::detail {
namespace {

TEST(EnteringMemory, IsNoneThatIsTooSmallHoweverFarTheMapIsRaised)
{
    // Inputs lie in sram, in a smaller memory above it, or off chip.
    Memory small = tiny::sram(Bits{32});
    small.name = "small";
    small.services = {tiny::through(MemoryOperand::i1, 0, std::nullopt, std::nullopt, 1)};
    const Accelerator machine{
        "small above sram", tiny::accelerator().array(), {tiny::output_register(), tiny::sram(), small, tiny::dram()}};
    constexpr MemoryId kSram = 1;
    constexpr MemoryId kDram = 3;
    const Workload workload{"one", {tiny::convolution(0, {2, 2, 4, 4})}};  // 2 channels of 4 x 4 pixels: 256 bit
    const MappingRules rules = tiny::rules();
    const StackGraph graph = make_stack_graph(workload, rules, layer_ids(workload));
    SizedTiles tiles{graph, {{0, 4}, {0, 4}}, false};
    MappingCache mappings;
    SearchProof proof;
    const StackPlan stack{machine, graph,    tiles, CapacityPolicy::reserved, {}, std::nullopt, Bits{},
                          false,   mappings, proof};
    const TilePlan tile{{{4, 4}, true, true, {}}, true, {}, nullptr};
    EXPECT_EQ(entering_memory(TileState{stack, tile, {0, 0}}, 0), kSram);
    EXPECT_EQ(entering_memory(TileState{stack, tile, {1, 1}}, 0), kDram);
}

TEST(OverfullMemory, IsOneWithMoreThanItHasSpaceFor)
{
    const Accelerator machine = tiny::accelerator(Bits{104});
    MappingProblem problem;
    problem.accelerator = &machine;
    EXPECT_FALSE(overfull(problem));
    problem.reserved = {Bits{}, Bits{104}, Bits{}};
    EXPECT_FALSE(overfull(problem));
    problem.reserved[tiny::kSram] = Bits{105};
    EXPECT_EQ(overfull(problem), "sram has 104 bit, but other maps, weights and caches need 105 bit");
}

}  // namespace
}  // namespace plumbline::detail
