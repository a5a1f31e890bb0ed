// SPDX-License-Identifier: Apache-2.0
#include "arbitration/max_min_fairness.hpp"

#include <gmock/gmock.h>

#include <random>

namespace plumbline::sim {
namespace {

using Uses = std::vector<PortUse>;
using testing::DoubleEq;
using testing::DoubleNear;
using testing::ElementsAre;

std::vector<double> rates(std::size_t ports, const std::vector<PortRequest>& requests)
{
    MaxMinFairness fairness{ports};
    std::vector<double> rates;
    fairness.rates(requests, rates);
    return rates;
}

TEST(MaxMinFairness, LetsATransferAloneGoAsFastAsItsSlowerEnd)
{
    const Uses uses{{0, 8}, {1, 2}};
    EXPECT_THAT(rates(2, {{&uses, 0}}), ElementsAre(DoubleEq(1.0 / 8)));
}

TEST(MaxMinFairness, HalvesAPortThatTwoWant)
{
    const Uses a{{0, 8}, {1, 8}};
    const Uses b{{0, 4}, {2, 4}};
    EXPECT_THAT(rates(3, {{&a, 0}, {&b, 0}}), ElementsAre(DoubleEq(0.5 / 8), DoubleEq(0.5 / 4)));
}

TEST(MaxMinFairness, LeavesToOthersWhatOneCannotUse)
{
    // `slow` needs port 1 for 16 cycles, and port 0 for 4 of them: a quarter of it. `fast` gets the other three.
    const Uses slow{{0, 4}, {1, 16}};
    const Uses fast{{0, 3}};
    EXPECT_THAT(rates(2, {{&slow, 0}, {&fast, 0}}), ElementsAre(DoubleEq(1.0 / 16), DoubleEq(0.75 / 3)));
}

TEST(MaxMinFairness, KeepsTheMacArrayToOneIterationACycle)
{
    // 100 iterations read one word each: alone they take 100 cycles, beside a transfer that wants the port they take
    // 200.
    const Uses array{{0, 100}};
    const Uses transfer{{0, 10}};
    EXPECT_THAT(rates(1, {{&array, 100}}), ElementsAre(DoubleEq(0.01)));
    EXPECT_THAT(rates(1, {{&array, 100}, {&transfer, 0}}), ElementsAre(DoubleEq(0.005), DoubleEq(0.05)));
}

TEST(MaxMinFairness, PassesOnWhatAChainOfPortsLeaves)
{
    // Port 0 is halved between a and b; b leaves half of port 1 to c, which wants all of it.
    const Uses a{{0, 1}};
    const Uses b{{0, 1}, {1, 1}};
    const Uses c{{1, 1}};
    EXPECT_THAT(rates(2, {{&a, 0}, {&b, 0}, {&c, 0}}), ElementsAre(DoubleEq(0.5), DoubleEq(0.5), DoubleEq(0.5)));
    const Uses b_slow{{0, 1}, {1, 4}};
    EXPECT_THAT(rates(2, {{&a, 0}, {&b_slow, 0}, {&c, 0}}),
                ElementsAre(DoubleNear(0.875, 1e-9), DoubleNear(0.125, 1e-9), DoubleNear(0.5, 1e-9)));
}

TEST(MaxMinFairness, NeverGivesOutMoreThanAPortHas)
{
    std::mt19937 random{7};
    const auto below = [&](std::int64_t n) { return static_cast<std::int64_t>(random() % static_cast<unsigned>(n)); };
    for (int round = 0; round < 2000; ++round) {
        std::vector<Uses> uses(static_cast<std::size_t>(1 + below(6)));
        for (Uses& each : uses) {
            each = {{static_cast<PortIndex>(below(3)), 1 + below(20)},
                    {static_cast<PortIndex>(3 + below(3)), 1 + below(20)}};
        }
        std::vector<PortRequest> requests;
        for (const Uses& each : uses) requests.push_back({&each, 0});
        std::vector<double> taken(6);
        const std::vector<double> result = rates(6, requests);
        for (std::size_t i = 0; i < uses.size(); ++i) {
            EXPECT_GT(result[i], 0);
            for (PortUse use : uses[i]) taken[use.port] += static_cast<double>(use.slots) * result[i];
        }
        for (double share : taken) EXPECT_LE(share, 1 + 1e-9);
    }
}

}  // namespace
}  // namespace plumbline::sim
