// SPDX-License-Identifier: Apache-2.0
#include "plumbline/units.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <type_traits>

namespace plumbline {
namespace {

TEST(Units, AddScaleAndCompareWithinADimension)
{
    EXPECT_EQ(Bits{8} + Bits{8}, bytes(2));
    EXPECT_EQ(bytes(3) - bytes(1), 2 * bytes(1));
    EXPECT_EQ(kibibytes(1), Bits{8192});
    EXPECT_EQ(mebibytes(1), 1024 * kibibytes(1));
    EXPECT_LT(Cycles{1}, Cycles{2});
}

TEST(Units, LikeOverLikeIsAPlainNumber) { EXPECT_DOUBLE_EQ(Bits{3} / Bits{2}, 1.5); }

TEST(Units, NeverConvertSilently)
{
    static_assert(!std::is_convertible_v<std::int64_t, Bits>);
    static_assert(!std::is_convertible_v<Bits, std::int64_t>);
    static_assert(!std::is_constructible_v<Cycles, Bits>);
    static_assert(!std::is_convertible_v<Picojoules, Accesses>);
}

TEST(TransferCycles, RoundUpToWholeCycles)
{
    EXPECT_EQ(transfer_cycles(Bits{0}, Bits{64}), Cycles{0});
    EXPECT_EQ(transfer_cycles(Bits{64}, Bits{64}), Cycles{1});
    EXPECT_EQ(transfer_cycles(Bits{65}, Bits{64}), Cycles{2});
}

TEST(Units, PrintWithTheirSymbol)
{
    std::ostringstream out;
    out << Bits{8} << ", " << Picojoules{1.5};
    EXPECT_EQ(out.str(), "8 bit, 1.5 pJ");
}

TEST(RoundUp, DoesNotCountTheErrorOfAQuotient)
{
    const double seven = 34 / (34 / 7.0);
    ASSERT_GT(seven, 7);
    EXPECT_EQ(round_up(seven, kQuotientNoise), 7);
    EXPECT_EQ(round_up(7.001, kQuotientNoise), 8);
}

}  // namespace
}  // namespace plumbline
