// SPDX-License-Identifier: Apache-2.0
#include "storage/geometry/samples.hpp"

#include <gtest/gtest.h>

#include "storage/region_store.hpp"

namespace plumbline::sim {
namespace {

TEST(SampledAxis, KnowsWhereItsSamplesLie)
{
    const SampledAxis odd{2, 1};
    EXPECT_EQ(odd.place(0), 1);
    EXPECT_EQ(odd.place(3), 7);
    EXPECT_EQ(odd.within({0, 5}), (Interval{0, 2}));  // 1, 3
    EXPECT_EQ(odd.within({2, 6}), (Interval{1, 3}));  // 3, 5
    EXPECT_TRUE(odd.within({2, 3}).empty());
    EXPECT_EQ(odd.span({1, 3}), (Interval{3, 6}));
    EXPECT_TRUE(odd.span({1, 1}).empty());
}

TEST(SampledAxis, IsTheMapWhereNothingIsLeftOut)
{
    const SampledAxis all;
    EXPECT_EQ(all.within({2, 5}), (Interval{2, 5}));
    EXPECT_EQ(all.span({2, 5}), (Interval{2, 5}));
}

TEST(Samples, PickTheirValues)
{
    // Two channels of 3 rows and 5 columns; of them rows 0 and 2, columns 1 and 3: samples 0 and 1 both.
    const Samples samples{{2, 1}, {2, 0}};
    RegionStore whole;
    const MapFormat format{2, Bits{8}};
    const FeatureValues values{0,  1,  2,  3,  4,  10, 11, 12, 13, 14, 20, 21, 22, 23, 24,
                               50, 51, 52, 53, 54, 60, 61, 62, 63, 64, 70, 71, 72, 73, 74};
    whole.fill({}, format, {{0, 5}, {0, 3}}, values);
    const RegionStore store = whole.sampled({}, samples);
    const FeatureBox box{{0, 2}, {0, 2}};
    EXPECT_EQ(store.common({}, {{0, 9}, {0, 9}}), std::vector<FeatureBox>{box});
    EXPECT_EQ(store.read({}, box), (FeatureValues{1, 3, 21, 23, 51, 53, 71, 73}));
    EXPECT_EQ(store.held(), Bits{2 * 2 * 2 * 8});
}

}  // namespace
}  // namespace plumbline::sim
