// SPDX-License-Identifier: Apache-2.0
// Predictions of a prepared schedule through the C interface are those of the model.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "network.hpp"

namespace plumbline::test {
namespace {

using testing::DoubleNear;
using testing::HasSubstr;

struct Prepared {
    CNetwork c;
    Handle<plumbline_schedule> schedule = c.schedule();
    Handle<plumbline_prepared> prepared =
        made<plumbline_prepared>(plumbline_prepare, c.session.get(), schedule.get(), "uniform");
    Handle<plumbline_rates> rates = made<plumbline_rates>(plumbline_rates_create, c.session.get(), c.accelerator.get());
    Handle<plumbline_cost> cost = made<plumbline_cost>(plumbline_predict, c.session.get(), schedule.get(), "uniform");

    double energy() const { return plumbline_prepared_energy(prepared.get(), rates.get()); }
    std::int64_t latency() const { return plumbline_prepared_latency(prepared.get(), rates.get()); }
};

TEST(PreparedThroughC, CostsWhatIsPredicted)
{
    const Prepared p;
    const double energy = plumbline_cost_energy(p.cost.get(), 0);
    EXPECT_THAT(p.energy(), DoubleNear(energy, 1e-12 * energy));
    EXPECT_EQ(p.latency(), plumbline_cost_latency(p.cost.get(), 0));
}

TEST(PreparedThroughC, CostsAsMuchMoreAsItsRates)
{
    const Prepared p;
    const double energy = p.energy();
    ASSERT_EQ(plumbline_rates_set_mac(p.c.session.get(), p.rates.get(), 0), PLUMBLINE_OK);
    const double macs = plumbline_cost_mac_energy(p.cost.get(), 0);
    EXPECT_THAT(p.energy(), DoubleNear(energy - macs, 1e-12 * energy));

    // Each row of the total is one memory and operand: writes and reads of memory 0 at 1 pJ and 2 pJ more are so many words.
    double reads = 0;
    double writes = 0;
    for (std::size_t row = 0; row < plumbline_cost_traffic_count(p.cost.get(), 0); ++row) {
        if (plumbline_cost_traffic_memory(p.cost.get(), 0, row) != 0) continue;
        const auto words = [&](plumbline_direction direction) {
            return plumbline_cost_traffic_accesses(p.cost.get(), 0, row, direction);
        };
        reads += words(PLUMBLINE_READ_DOWN) + words(PLUMBLINE_READ_UP);
        writes += words(PLUMBLINE_WRITE_FROM_DOWN) + words(PLUMBLINE_WRITE_FROM_UP);
    }
    ASSERT_EQ(plumbline_rates_set_memory(p.c.session.get(), p.rates.get(), 0, 0, 0), PLUMBLINE_OK);
    const double without = p.energy();
    ASSERT_EQ(plumbline_rates_set_memory(p.c.session.get(), p.rates.get(), 0, 2, 1), PLUMBLINE_OK);
    EXPECT_THAT(p.energy() - without, DoubleNear(2 * reads + writes, 1e-9 * energy));
    EXPECT_GT(reads + writes, 0);
}

TEST(PreparedThroughC, RefusesRatesThatAreNone)
{
    const Prepared p;
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(plumbline_rates_set_mac(p.c.session.get(), p.rates.get(), -1), PLUMBLINE_BAD_INPUT);
    EXPECT_EQ(plumbline_rates_set_memory(p.c.session.get(), p.rates.get(), 0, nan, 1), PLUMBLINE_BAD_INPUT);
    EXPECT_EQ(plumbline_rates_set_memory(p.c.session.get(), p.rates.get(), 1000, 1, 1), PLUMBLINE_BAD_INPUT);
    EXPECT_THAT(p.c.error(), HasSubstr("memory: is 1000, expected less than"));
    EXPECT_EQ(plumbline_rates_set_dispatch(p.c.session.get(), p.rates.get(), -1), PLUMBLINE_BAD_INPUT);
    EXPECT_EQ(plumbline_prepared_energy(p.prepared.get(), nullptr), 0);
    EXPECT_EQ(plumbline_prepared_latency(nullptr, p.rates.get()), 0);
}

TEST(PreparedThroughC, RefusesRatesOfAnotherAccelerator)
{
    const Prepared p;
    const auto other = made<plumbline_accelerator>(plumbline_accelerator_load, p.c.session.get(), "tpu_like_df");
    const auto rates = made<plumbline_rates>(plumbline_rates_create, p.c.session.get(), other.get());
    EXPECT_EQ(plumbline_prepared_energy(p.prepared.get(), rates.get()), 0);
}

}  // namespace
}  // namespace plumbline::test
