// SPDX-License-Identifier: Apache-2.0
#include "tlm/crossbar.hpp"

#include <gmock/gmock.h>

#include "machine/memory.hpp"
#include "systemc/small_machine.hpp"

namespace plumbline::sim {
namespace {

struct AnyInitiator : sc_core::sc_module {
    explicit AnyInitiator(const sc_core::sc_module_name& name) : sc_core::sc_module{name} {}
    tlm_utils::simple_initiator_socket<AnyInitiator> socket{"socket"};
};

/// The two ports of the small machine's sram behind a crossbar.
class CrossbarToMemory : public testing::Test {
protected:
    CrossbarToMemory()
    {
        initiator_.socket.bind(crossbar_.in);
        for (PortId port : {0U, 1U}) crossbar_.out[port].bind(memory_.ports[port]);
        sc_core::sc_start(sc_core::SC_ZERO_TIME);  // binds
        payload_.set_command(tlm::TLM_READ_COMMAND);
        payload_.set_data_ptr(data_.data());
        payload_.set_data_length(4);
        payload_.set_streaming_width(4);
    }

    tlm::tlm_response_status read(sc_dt::uint64 address)
    {
        payload_.set_address(address);
        payload_.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
        sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
        initiator_.socket->b_transport(payload_, delay);
        return payload_.get_response_status();
    }

    Accelerator accelerator_ = small::accelerator();
    Memory memory_{"sram", accelerator_.memory(small::kSram)};
    Crossbar crossbar_{"crossbar", 2};
    AnyInitiator initiator_{"initiator"};
    std::array<unsigned char, 4> data_{};
    tlm::tlm_generic_payload payload_;
};

TEST_F(CrossbarToMemory, LeadsEachWindowToItsPort)
{
    // The write port refuses to read; the read port does not know for whom.
    EXPECT_EQ(read(Crossbar::base(0)), tlm::TLM_GENERIC_ERROR_RESPONSE);
    EXPECT_EQ(read(Crossbar::base(1)), tlm::TLM_COMMAND_ERROR_RESPONSE);
}

TEST_F(CrossbarToMemory, AnswersWhereNoPortIs) { EXPECT_EQ(read(Crossbar::base(2)), tlm::TLM_ADDRESS_ERROR_RESPONSE); }

TEST_F(CrossbarToMemory, DeniesDirectAccessToTheWholeWindow)
{
    tlm::tlm_dmi dmi;
    payload_.set_address(Crossbar::base(1) + 8);
    EXPECT_FALSE(initiator_.socket->get_direct_mem_ptr(payload_, dmi));
    EXPECT_EQ(dmi.get_start_address(), Crossbar::base(1));
    EXPECT_EQ(dmi.get_end_address(), Crossbar::base(2) - 1);
}

TEST_F(CrossbarToMemory, PassesDebugAccessesOn)
{
    payload_.set_address(Crossbar::base(0));
    EXPECT_EQ(initiator_.socket->transport_dbg(payload_), 0U);
}

}  // namespace
}  // namespace plumbline::sim
