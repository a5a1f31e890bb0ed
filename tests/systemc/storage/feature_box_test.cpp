// SPDX-License-Identifier: Apache-2.0
// Laws of boxes and sets of them, and of what a memory holds.
#include "plumbline/sim/feature_box.hpp"

#include <gtest/gtest.h>

#include "storage/region_store.hpp"

namespace plumbline::sim {
namespace {

constexpr FeatureBox kAll{{0, 6}, {0, 4}};

TEST(FeatureBox, DifferenceAndIntersectionMakeTheWhole)
{
    for (std::int64_t left = -1; left < 7; ++left) {
        for (std::int64_t top = -1; top < 5; ++top) {
            const FeatureBox other{{left, left + 3}, {top, top + 2}};
            std::int64_t pixels = intersection(kAll, other).pixels();
            for (const FeatureBox& part : difference(kAll, other)) {
                EXPECT_TRUE(intersection(part, other).empty());
                pixels += part.pixels();
            }
            EXPECT_EQ(pixels, kAll.pixels());
        }
    }
}

TEST(BoxSet, CountsEachPixelOnce)
{
    BoxSet set;
    set.insert({{0, 4}, {0, 2}});
    set.insert({{2, 6}, {0, 2}});
    EXPECT_EQ(set.pixels(), 12);
    EXPECT_EQ(set.boxes().size(), 1U);  // side by side they make one
    set.erase({{1, 2}, {0, 2}});
    EXPECT_EQ(set.pixels(), 10);
    EXPECT_EQ(set.missing({{0, 6}, {0, 2}}), (std::vector<FeatureBox>{{{1, 2}, {0, 2}}}));
}

constexpr MapFormat kTwoBytes{2, Bits{8}};

TEST(RegionStore, ReadsWhatWasFilledLast)
{
    RegionStore store;
    store.fill(7, kTwoBytes, {{0, 2}, {0, 1}}, {1, 2, 3, 4});
    store.fill(7, kTwoBytes, {{1, 3}, {0, 1}}, {5, 6, 7, 8});
    EXPECT_EQ(store.read(7, {{0, 3}, {0, 1}}), (FeatureValues{1, 5, 6, 3, 7, 8}));
    EXPECT_EQ(store.held(), Bits{3 * 16});
}

TEST(RegionStore, ForgetsWhatIsShrunkAway)
{
    RegionStore store;
    store.fill(7, kTwoBytes, {{0, 3}, {0, 1}}, {1, 2, 3, 4, 5, 6});
    store.shrink(7, {{{2, 3}, {0, 1}}});
    EXPECT_EQ(store.missing(7, {{0, 3}, {0, 1}}), (std::vector<FeatureBox>{{{0, 2}, {0, 1}}}));
    EXPECT_EQ(store.read(7, {{2, 3}, {0, 1}}), (FeatureValues{3, 6}));
    EXPECT_EQ(store.held(7), Bits{16});
    EXPECT_EQ(store.held(8), Bits{0});
}

}  // namespace
}  // namespace plumbline::sim
