// SPDX-License-Identifier: Apache-2.0
// Each assumption of `uniform` by itself, on layers small enough to count, and all of them on mappings drawn at random.
#include "plumbline/access_causes.hpp"

#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"
#include "model/tiny.hpp"
#include "plumbline/layer_cost.hpp"
#include "validate/agreement/random_mapping.hpp"

namespace plumbline {
namespace {

using tiny::kDram;
using tiny::kRegister;
using tiny::kSram;
using Words = std::map<std::tuple<MemoryId, MemoryOperand, Direction>, double>;

/// Words put down to one cause; where there are none, there is no entry.
Words words_by(AccessCause cause, const std::vector<AccessDifference>& rows)
{
    Words words;
    for (const AccessDifference& row : rows)
        if (const double count = row.words[cause].count(); count != 0)
            words[{row.memory, row.operand, row.direction}] = count;
    return words;
}

/// The hand machine with one layer on it. O, W and I in all of their memories.
struct Hand {
    Hand(const tiny::Shape& shape, std::vector<SpatialLoop> lanes)
        : layer{tiny::convolution(0, shape)},
          lanes_{std::move(lanes)}
    {
        mapping.sizes = layer.sizes;
    }

    /// Loops by level of the outputs, which have a register for each lane, and of the inputs and weights.
    std::vector<AccessDifference> causes(const std::vector<std::vector<TemporalLoop>>& outputs,
                                         const std::vector<std::vector<TemporalLoop>>& inputs)
    {
        mapping.operands = {{"O", MemoryOperand::o, {kRegister, kSram, kDram}, outputs, {{}, lanes_, {}, {}}},
                            {"W", MemoryOperand::i2, {kSram, kDram}, inputs, {lanes_, {}, {}}},
                            {"I", MemoryOperand::i1, {kSram, kDram}, inputs, {lanes_, {}, {}}}};
        check(mapping, layer, accelerator);
        return access_differences(accelerator, layer, mapping);
    }

    Accelerator accelerator = tiny::accelerator();
    Layer layer;
    LayerMapping mapping;

private:
    std::vector<SpatialLoop> lanes_;
};

constexpr TemporalLoop kC4{LoopDim::c, 4};
constexpr TemporalLoop kOx3{LoopDim::ox, 3};

TEST(AccessCauses, AreTheFirstPartialSumsAloneWhereAllLanesAreFull)
{
    Hand hand{{2, 4, 1, 3}, {{LoopDim::k, 2}}};
    const auto rows = hand.causes({{kC4}, {kOx3}, {}}, {{kC4, kOx3}, {}});
    // 2 x 3 outputs, each read once from a register that holds nothing yet.
    EXPECT_EQ(words_by(AccessCause::first_partial_sum, rows),
              (Words{{{kRegister, MemoryOperand::o, Direction::read_down}, 6}}));
    EXPECT_EQ(rows.size(), 1U);
}

TEST(AccessCauses, CountTheLastSumsAsOutputsWherePortsAreNarrowEnough)
{
    // Sums pass all memories in each of 12 iterations, 2 at a time, the last 3 times as outputs of 8 bits.
    Hand hand{{2, 4, 1, 3}, {{LoopDim::k, 2}}};
    const auto rows = hand.causes({{}, {}, {kOx3, kC4}}, {{kOx3, kC4}, {}});
    const auto last = words_by(AccessCause::last_partial_sum, rows);
    // Two outputs are a word of dram, two sums are two.
    EXPECT_EQ(last.at({kDram, MemoryOperand::o, Direction::write_from_down}), 3 * (2 - 1));
    // A register cannot read less than a sum: 6 outputs take what 6 sums take.
    EXPECT_EQ(last.count({kRegister, MemoryOperand::o, Direction::read_up}), 0U);
    // The first of the four rounds brings no sums down: 2 x 3 words of dram.
    EXPECT_EQ(words_by(AccessCause::first_partial_sum, rows).at({kDram, MemoryOperand::o, Direction::read_down}), 6);
}

TEST(AccessCauses, CountSumsThatLanesShareOnce)
{
    // 4 input channels on 2 lanes with a register each: 2 rounds of 3 sums, which come back to one of the registers.
    Hand hand{{1, 4, 1, 3}, {{LoopDim::c, 2}}};
    const TemporalLoop c2{LoopDim::c, 2};
    const auto rows = hand.causes({{}, {kOx3, c2}, {}}, {{kOx3, c2}, {}});
    const std::tuple reload{kRegister, MemoryOperand::o, Direction::write_from_up};
    EXPECT_EQ(words_by(AccessCause::shared_partial_sum, rows), (Words{{reload, 2 * 3 * (2 - 1)}}));
    EXPECT_EQ(words_by(AccessCause::first_partial_sum, rows).at(reload), 3);
    // The lanes themselves each add to a sum of their own, which both do not read the first time.
    EXPECT_EQ(words_by(AccessCause::first_partial_sum, rows).at({kRegister, MemoryOperand::o, Direction::read_down}),
              2 * 3);
}

TEST(AccessCauses, CountLanesThatAreBusyAndNotTheirAverageRoundedUp)
{
    // 3 output channels on 2 lanes: twice 1.5, which round to 2; 8 iterations write 12 sums and not 16.
    Hand hand{{3, 4, 1, 1}, {{LoopDim::k, 1.5}}};
    const TemporalLoop k2{LoopDim::k, 2};
    const auto rows = hand.causes({{kC4}, {k2}, {}}, {{kC4, k2}, {}});
    const auto edges = words_by(AccessCause::fractional_edges, rows);
    EXPECT_EQ(edges.at({kRegister, MemoryOperand::o, Direction::write_from_down}), 8 * 2 - 12);
    // A register hands over 3 outputs, not 2 x 2: of 8 bits, which its granules of 16 make as wide as sums.
    const std::tuple at_register{kRegister, MemoryOperand::o, Direction::read_up};
    EXPECT_EQ(edges.at(at_register), (4 - 3) * 0.5);
    EXPECT_EQ(words_by(AccessCause::granule_rounding, rows).at(at_register), (4 - 3) * 0.5);
}

TEST(AccessCauses, CountIterationsThatAreIdle)
{
    // 4 input channels in 5 iterations: the last has nothing to do, and reads neither weights nor inputs of a quarter
    // of a word each.
    Hand hand{{2, 4, 1, 3}, {{LoopDim::k, 2}}};
    const TemporalLoop c5{LoopDim::c, 5};
    const auto edges = words_by(AccessCause::fractional_edges, hand.causes({{c5}, {kOx3}, {}}, {{c5, kOx3}, {}}));
    EXPECT_EQ(edges.at({kSram, MemoryOperand::i2, Direction::read_down}), 3 * 2 * 0.25);
    EXPECT_EQ(edges.at({kSram, MemoryOperand::i1, Direction::read_down}), 3 * 1 * 0.25);
}

TEST(AccessCauses, CountSpansOfFractionalLanesUntruncated)
{
    // 3 columns under a window of 3, on 2 lanes: 1.5 columns on average, counted as one. 6 iterations of half a feature
    // of a quarter of a word.
    Hand hand{{1, 1, 1, 3, 1, 3}, {{LoopDim::ox, 1.5}}};
    const std::vector<TemporalLoop> loops{{LoopDim::fx, 3}, {LoopDim::ox, 2}};
    const auto rows = hand.causes({{loops[0]}, {loops[1]}, {}}, {loops, {}});
    EXPECT_EQ(words_by(AccessCause::halo, rows),
              (Words{{{kSram, MemoryOperand::i1, Direction::read_down}, -6 * 0.5 * 0.25}}));
}

TEST(AccessCauses, CountFeaturesThatStayInPlace)
{
    // Windows of 2 slide over 4 features, which come one by one: 0 1, 1 2, 2 3. Twice the next is there already.
    Hand hand{{2, 1, 1, 3, 1, 2}, {{LoopDim::k, 2}}};
    const std::vector<TemporalLoop> loops{{LoopDim::fx, 2}, kOx3};
    const auto rows = hand.causes({{loops[0]}, {loops[1]}, {}}, {{}, loops});
    const auto halo = words_by(AccessCause::halo, rows);
    EXPECT_EQ(halo.at({kSram, MemoryOperand::i1, Direction::write_from_up}), 2 * 0.25);
    // dram reads a word, its granule, for each.
    EXPECT_EQ(halo.at({kDram, MemoryOperand::i1, Direction::read_down}), 2);
}

/// dram with a port of 64 bits in granules of 16; sram is written 24 bits at a time.
Accelerator unequal_ports()
{
    Memory sram = tiny::sram();
    sram.ports[1].width = Bits{24};
    Memory dram = tiny::dram();
    dram.ports[0].width = Bits{64};
    return {"unequal", tiny::accelerator().array(), {tiny::output_register(), sram, dram}};
}

TEST(AccessCauses, CountTransfersInOnePiece)
{
    // 6 weights of 8 bits are 3 granules. In two parts of 24 bits they are 4.
    Hand hand{{2, 3}, {{LoopDim::k, 2}}};
    hand.accelerator = unequal_ports();
    const TemporalLoop c3{LoopDim::c, 3};
    const auto links = words_by(AccessCause::link_rounding, hand.causes({{c3}, {}, {}}, {{c3}, {}}));
    EXPECT_EQ(links.at({kDram, MemoryOperand::i2, Direction::read_down}), (4 - 3) * 0.25);
}

Words words_of(const LayerCost& cost)
{
    Words words;
    for (const OperandCost& operand : cost.operands)
        for (const LevelCost& level : operand.levels)
            for (Direction d : kAllDirections)
                words[{level.memory, operand.memory_operand, d}] = level.accesses[d].count();
    return words;
}

TEST(AccessCauses, AddUpToTheDifferenceOfTheEstimators)
{
    std::array<int, kAccessCauses> seen{};
    for (unsigned seed = 0; seed < 500; ++seed) {
        const validate::RandomMapping random{seed, seed % 2 == 0};
        const auto cost = [&](Estimator estimator) {
            return words_of(layer_cost(random.accelerator, random.layer, random.mapping, estimator));
        };
        Words left = cost(Estimator::uniform);
        const Words uniform = left;
        for (const auto& [row, words] : cost(Estimator::refined)) left[row] -= words;
        for (const AccessDifference& row : access_differences(random.accelerator, random.layer, random.mapping))
            for (AccessCause cause : kAllAccessCauses) {
                left.at({row.memory, row.operand, row.direction}) -= row.words[cause].count();
                if (row.words[cause] != Accesses{}) ++seen[static_cast<std::size_t>(cause)];
            }
        for (const auto& [row, words] : left) EXPECT_NEAR(words, 0, 1e-9 * (1 + uniform.at(row))) << "seed " << seed;
    }
    for (AccessCause cause : kAllAccessCauses) EXPECT_GT(seen[static_cast<std::size_t>(cause)], 0) << name_of(cause);
}

TEST(AccessCauses, OfAScheduleAreThoseOfItsTilesAsOftenAsTheyRun)
{
    // 6 columns in tiles of one: a first, a last, and four between.
    Schedule schedule = test::tiny_schedule();
    schedule.stacks[0].tile = {1, 4};
    schedule.stacks[0].grid = {6, 1};
    schedule.stacks[0].classes = {test::tiny_tile(TilePosition::first, 1), test::tiny_tile(TilePosition::middle, 1),
                                  test::tiny_tile(TilePosition::last, 1)};
    schedule.stacks[0].classes[1].count = 4;
    const Accelerator accelerator = test::tiny_accelerator();
    const Workload workload = test::tiny_workload();
    const Layer& conv = workload.layer(0);
    const Words once =
        words_by(AccessCause::first_partial_sum, access_differences(accelerator, conv, test::tiny_mapping(conv, 1)));
    ASSERT_FALSE(once.empty());
    for (const AccessDifference& row : access_differences(accelerator, workload, schedule)) {
        if (row.layer != conv.id) continue;
        const auto found = once.find({row.memory, row.operand, row.direction});
        EXPECT_EQ(row.words[AccessCause::first_partial_sum].count(), found == once.end() ? 0 : 6 * found->second);
    }
}

}  // namespace
}  // namespace plumbline
