// SPDX-License-Identifier: Apache-2.0
// A broken \pre ends the program at its assertion. Only builds that have assertions can show it.
#ifndef NDEBUG

#include <gtest/gtest.h>

#include "plumbline/sim/requantisation.hpp"
#include "storage/region_store.hpp"

namespace plumbline::sim {
namespace {

const FeatureBox kFourPixels{{0, 2}, {0, 2}};

TEST(PreconditionDeathTest, ARegionIsFilledWithTheValuesOfItsBox)
{
    RegionStore store;
    EXPECT_DEATH(store.fill({}, MapFormat{1, Bits{8}}, kFourPixels, {1, 2, 3}), "box.pixels");
}

TEST(PreconditionDeathTest, FeaturesThatAreNotThereAreNotRead)
{
    RegionStore store;
    store.fill({}, MapFormat{1, Bits{8}}, kFourPixels, {1, 2, 3, 4});
    EXPECT_DEATH((void)store.read(MapId{}, FeatureBox{{0, 3}, {0, 2}}), "missing");
}

TEST(PreconditionDeathTest, SumsOfTooManyTermsHaveNoScale)
{
    EXPECT_DEATH((void)convolution_scale(kMostTerms), "kMostTerms");
    EXPECT_DEATH((void)average_scale(0), "terms > 0");
}

}  // namespace
}  // namespace plumbline::sim

#endif
