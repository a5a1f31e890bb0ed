// SPDX-License-Identifier: Apache-2.0
#include "mapper/orders/loop_lattice.hpp"

#include <gtest/gtest.h>

namespace plumbline {
namespace {

using detail::LoopLattice;
using detail::LoopOrder;
using detail::LoopState;

constexpr TemporalLoop kTwoK{LoopDim::k, 2};
constexpr TemporalLoop kThreeK{LoopDim::k, 3};
constexpr TemporalLoop kTwoC{LoopDim::c, 2};

std::int64_t orders_from(const LoopLattice& lattice, LoopState state)
{
    if (state == lattice.end()) return 1;
    std::int64_t orders = 0;
    for (const detail::LoopStep& step : lattice.steps_from(state)) orders += orders_from(lattice, step.to);
    return orders;
}

TEST(LoopLattice, HasOneStateForEachMultisetOfLoops)
{
    // None, one or two of the alike loops, times with or without each of the other two.
    const LoopOrder order{{kTwoK, kTwoK, kThreeK, kTwoC}, 0, 4};
    const LoopLattice lattice{order};
    EXPECT_EQ(lattice.size(), 3 * 2 * 2);
    EXPECT_EQ(LoopLattice::size_of(order, 100), 3 * 2 * 2);
    EXPECT_EQ(LoopLattice::size_of(order, 11), 12);
    EXPECT_EQ(lattice.all()[LoopDim::k], 12);
    EXPECT_EQ(lattice.all()[LoopDim::c], 2);
}

TEST(LoopLattice, HasOnePathForEachDistinctOrder)
{
    // Four loops, two of them alike: 4! / 2!.
    const LoopLattice lattice{LoopOrder{{kTwoK, kTwoK, kThreeK, kTwoC}, 0, 4}};
    EXPECT_EQ(orders_from(lattice, lattice.begin()), 12);
}

TEST(LoopLattice, StepsLeadToHigherStatesWithOneMoreLoop)
{
    const LoopLattice lattice{LoopOrder{{kTwoK, kTwoK, kThreeK, kTwoC}, 0, 4}};
    for (LoopState state = 0; state < lattice.size(); ++state)
        for (const detail::LoopStep& step : lattice.steps_from(state)) {
            EXPECT_GT(step.to, state);
            EXPECT_EQ(volume(lattice.below(step.to)), volume(lattice.below(state)) * step.loop.size);
        }
}

TEST(LoopLattice, KeepsLoopsThatARuleHasPutInTheirPlace)
{
    // C innermost, 3 of K outermost, the two between in one order: 1 + (3 states) + 1.
    const LoopLattice lattice{LoopOrder{{kTwoC, kTwoK, kTwoK, kThreeK}, 1, 3}};
    EXPECT_EQ(lattice.size(), 5);
    EXPECT_EQ(orders_from(lattice, lattice.begin()), 1);
    EXPECT_EQ(lattice.below(1)[LoopDim::c], 2);
    EXPECT_EQ(lattice.below(3)[LoopDim::k], 4);
}

TEST(LoopLattice, OfNoLoopsIsOneState)
{
    const LoopLattice lattice{LoopOrder{}};
    EXPECT_EQ(lattice.begin(), lattice.end());
    EXPECT_EQ(volume(lattice.all()), 1);
}

}  // namespace
}  // namespace plumbline
