// SPDX-License-Identifier: Apache-2.0
// A platform of someone else: an initiator and a memory made of nothing but the sockets of the SystemC distribution.
#pragma once

#include <array>
#include <cstring>
#include <functional>
#include <vector>

#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>
#include <systemc>
#include <tlm>

namespace plumbline::test {

/// 256 bytes. A transaction blocks for 10 ns and annotates 5 more.
struct PlainMemory : sc_core::sc_module {
    tlm_utils::simple_target_socket<PlainMemory> socket{"socket"};

    explicit PlainMemory(const sc_core::sc_module_name& name) : sc_core::sc_module{name}
    {
        socket.register_b_transport(this, &PlainMemory::b_transport);
        socket.register_get_direct_mem_ptr(this, &PlainMemory::get_direct_mem_ptr);
        socket.register_transport_dbg(this, &PlainMemory::transport_dbg);
    }

    std::array<unsigned char, 256> bytes{};

private:
    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
    {
        sc_core::wait(10, sc_core::SC_NS);
        delay += sc_core::sc_time{5, sc_core::SC_NS};
        const bool inside = transport_dbg(payload) != 0;
        payload.set_dmi_allowed(true);
        payload.set_response_status(inside ? tlm::TLM_OK_RESPONSE : tlm::TLM_ADDRESS_ERROR_RESPONSE);
        payload.set_address(0);  // as an interconnect would: what it does with the address is its own affair
    }
    unsigned transport_dbg(tlm::tlm_generic_payload& payload)
    {
        const auto at = payload.get_address();
        const unsigned length = payload.get_data_length();
        if (at + length > bytes.size()) return 0;
        unsigned char* const here = bytes.data() + at;
        if (payload.is_read()) std::memcpy(payload.get_data_ptr(), here, length);
        if (payload.is_write()) std::memcpy(here, payload.get_data_ptr(), length);
        return length;
    }
    bool get_direct_mem_ptr(tlm::tlm_generic_payload&, tlm::tlm_dmi& dmi)
    {
        dmi.allow_read_write();
        dmi.set_dmi_ptr(bytes.data());
        dmi.set_start_address(0);
        dmi.set_end_address(bytes.size() - 1);
        return true;
    }
};

/// Runs a script in a thread of the kernel.
struct PlainInitiator : sc_core::sc_module {
    tlm_utils::simple_initiator_socket<PlainInitiator> socket{"socket"};
    std::function<void(PlainInitiator&)> script;

    SC_HAS_PROCESS(PlainInitiator);
    explicit PlainInitiator(const sc_core::sc_module_name& name) : sc_core::sc_module{name}
    {
        socket.register_nb_transport_bw(this, &PlainInitiator::nb_transport_bw);
        SC_THREAD(run);
    }

    tlm::tlm_response_status access(tlm::tlm_command command, sc_dt::uint64 address, unsigned length,
                                    unsigned streaming_width = 0)
    {
        prepare(command, address, length, streaming_width);
        sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
        socket->b_transport(payload, delay);
        sc_core::wait(delay);
        return payload.get_response_status();
    }

    /// Four phases, up to the response.
    tlm::tlm_response_status access_non_blocking(tlm::tlm_command command, sc_dt::uint64 address, unsigned length)
    {
        prepare(command, address, length, 0);
        sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
        tlm::tlm_phase phase = tlm::BEGIN_REQ;
        if (socket->nb_transport_fw(payload, phase, delay) != tlm::TLM_COMPLETED) sc_core::wait(responded_);
        return payload.get_response_status();
    }

    void prepare(tlm::tlm_command command, sc_dt::uint64 address, unsigned length, unsigned streaming_width)
    {
        payload.set_command(command);
        payload.set_address(address);
        payload.set_data_ptr(data.data());
        payload.set_data_length(length);
        payload.set_streaming_width(streaming_width == 0 ? length : streaming_width);
        payload.set_dmi_allowed(false);
        payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    }

    tlm::tlm_generic_payload payload;
    std::array<unsigned char, 64> data{};

private:
    void run() { script(*this); }
    tlm::tlm_sync_enum nb_transport_bw(tlm::tlm_generic_payload&, tlm::tlm_phase& phase, sc_core::sc_time& delay)
    {
        if (phase != tlm::BEGIN_RESP) return tlm::TLM_ACCEPTED;
        responded_.notify(delay);
        return tlm::TLM_COMPLETED;
    }

    sc_core::sc_event responded_;
};

}  // namespace plumbline::test
