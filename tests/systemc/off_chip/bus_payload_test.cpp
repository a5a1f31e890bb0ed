// SPDX-License-Identifier: Apache-2.0
// How long a payload lives that is on the bus.
#include "off_chip/bus_payload.hpp"

#include <gmock/gmock.h>

#include <array>

namespace plumbline::sim {
namespace {

/// An extension that says when its payload lets go of it.
struct Witness : tlm::tlm_extension<Witness> {
    bool* gone;
    explicit Witness(bool& says) : gone{&says} {}
    ~Witness() override { *gone = true; }
    tlm::tlm_extension_base* clone() const override { return nullptr; }
    void copy_from(const tlm::tlm_extension_base&) override {}
};

TEST(BusPayload, LivesAsLongAsAMemoryHoldsItThoughItsAcceleratorIsGone)
{
    bool gone = false;
    PayloadPool::Owner accelerator{new PayloadPool};
    std::array<unsigned char, 4> bytes{1, 2, 3, 4};
    BusPayload& payload = accelerator->take();
    payload.prepare({tlm::TLM_WRITE_COMMAND, 64, bytes.data(), bytes.size()}, 0);
    payload.set_auto_extension(new Witness{gone});
    payload.acquire();  // by the memory
    payload.release();  // by the accelerator, which is answered
    accelerator.reset();
    EXPECT_FALSE(gone);
    EXPECT_EQ(payload.get_data_ptr()[3], 4);
    payload.release();
    EXPECT_TRUE(gone);
}

TEST(BusPayload, ComesBackToItsPoolWhenNobodyHoldsIt)
{
    const PayloadPool::Owner pool{new PayloadPool};
    BusPayload& first = pool->take();
    first.acquire();
    first.release();
    EXPECT_NE(&pool->take(), &first);
    first.release();
    EXPECT_EQ(&pool->take(), &first);
}

}  // namespace
}  // namespace plumbline::sim
