// SPDX-License-Identifier: Apache-2.0
// The example platform's DRAM: when it refreshes, and what that does to a machine.
#include <gmock/gmock.h>

#include "plumbline/sim/counters.hpp"
#include "plumbline/sim/dram.hpp"
#include "plumbline/sim/machine.hpp"
#include "plumbline/sim/schedule_program.hpp"
#include "refreshing_dram.hpp"
#include "systemc/equal_counters.hpp"
#include "systemc/nanoseconds.hpp"
#include "systemc/two_layers.hpp"

namespace plumbline::sim {
namespace {

using namespace plumbline::small;

using test::nanoseconds;

struct DramAccessor : sc_core::sc_module {
    explicit DramAccessor(const sc_core::sc_module_name& name) : sc_core::sc_module{name} {}
    tlm_utils::simple_initiator_socket<DramAccessor> socket{"socket"};
};

TEST(RefreshingDram, StopsWhileItRefreshes)
{
    RefreshingDram dram{"dram", {nanoseconds(10), 1, nanoseconds(100), nanoseconds(30)}};
    DramAccessor accessor{"accessor"};
    accessor.socket.bind(dram.socket);
    sc_core::sc_start(sc_core::SC_ZERO_TIME);  // binds
    const auto end_of = [&](double begin, unsigned bytes) {
        std::vector<unsigned char> data(bytes);
        tlm::tlm_generic_payload payload;
        payload.set_command(tlm::TLM_READ_COMMAND);
        payload.set_data_ptr(data.data());
        payload.set_data_length(bytes);
        payload.set_streaming_width(bytes);
        sc_core::sc_time delay = nanoseconds(begin);
        accessor.socket->b_transport(payload, delay);
        EXPECT_TRUE(payload.is_response_ok());
        return delay;
    };
    EXPECT_EQ(end_of(0, 90), nanoseconds(100));              // there is none at the very beginning
    EXPECT_EQ(end_of(50, 50), nanoseconds(50 + 60 + 30));    // 50 before the refresh, 10 after it
    EXPECT_EQ(end_of(110, 10), nanoseconds(130 + 20));       // begins in the midst of it
    EXPECT_EQ(end_of(60, 130), nanoseconds(60 + 140 + 60));  // two of them
}

TEST(RefreshingDram, SlowsAMachineDownAndChangesNoCounter)
{
    const TwoLayers network;
    const Accelerator accelerator = small::accelerator();
    const ScheduleProgram program = compile(accelerator, network.workload(), network.schedule());
    Machine usual{"usual", accelerator, program};
    Machine slowed{"slowed", accelerator, program};
    Dram built_in{"built_in", dram_parameters(accelerator.memory(kDram))};
    // As fast as the port of 16 bits, but for the refresh.
    RefreshingDram own{"own", {nanoseconds(0), 2, nanoseconds(40), nanoseconds(20)}};
    usual.off_chip().bind(built_in.socket);
    slowed.off_chip().bind(own.socket);
    sc_core::sc_start();
    const Counters fast = usual.counters(network.workload());
    const Counters slow = slowed.counters(network.workload());
    EXPECT_GT(slow.cycles, fast.cycles);
    expect_equal_work(slow, fast);
}

}  // namespace
}  // namespace plumbline::sim
