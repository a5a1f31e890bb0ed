// SPDX-License-Identifier: Apache-2.0
// Sits between two sockets, passes everything on, and lists what breaks the base protocol of TLM-2.0 in blocking
// transport: payloads that are not set up, targets that change what is not theirs, responses that are not given.
//
//     initiator.socket.bind(monitor.in);
//     monitor.out.bind(target.socket);
#pragma once

#include <string>
#include <vector>

#include "plumbline/sim/kernel.hpp"
#include "tlm/access_extension.hpp"

namespace plumbline::sim {

class ProtocolMonitor : public sc_core::sc_module {
public:
    tlm_utils::simple_target_socket<ProtocolMonitor> in{"in"};
    tlm_utils::simple_initiator_socket<ProtocolMonitor> out{"out"};

    explicit ProtocolMonitor(const sc_core::sc_module_name& name) : sc_core::sc_module{name}
    {
        in.register_b_transport(this, &ProtocolMonitor::b_transport);
        in.register_transport_dbg(this, &ProtocolMonitor::transport_dbg);
    }

    std::int64_t transactions() const { return transactions_; }
    const std::vector<std::string>& violations() const { return violations_; }

private:
    void expect(bool holds, const char* rule)
    {
        if (!holds) violations_.push_back(std::string{name()} + ": " + rule);
    }

    void check_request(const tlm::tlm_generic_payload& payload)
    {
        expect(payload.get_response_status() == tlm::TLM_INCOMPLETE_RESPONSE, "the response is incomplete at first");
        expect(!payload.is_dmi_allowed(), "the DMI hint is false at first");
        expect(payload.get_streaming_width() > 0, "the streaming width is positive");
        if (payload.get_byte_enable_ptr() != nullptr) {
            expect(payload.get_byte_enable_length() > 0, "byte enables have a length");
        }
        if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) return;
        expect(payload.get_data_ptr() != nullptr, "reads and writes have data");
        expect(payload.get_data_length() > 0, "reads and writes have a length");
    }

    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
    {
        ++transactions_;
        check_request(payload);
        const tlm::tlm_command command = payload.get_command();
        const auto* data = payload.get_data_ptr();
        const unsigned length = payload.get_data_length();
        const unsigned width = payload.get_streaming_width();
        const auto* enables = payload.get_byte_enable_ptr();
        const auto* access_extension = payload.get_extension<AccessExtension>();
        const sc_core::sc_time begin = sc_core::sc_time_stamp() + delay;
        out->b_transport(payload, delay);
        expect(payload.get_command() == command, "the command is the initiator's");
        expect(payload.get_data_ptr() == data && payload.get_data_length() == length, "the data are the initiator's");
        expect(payload.get_streaming_width() == width, "the streaming width is the initiator's");
        expect(payload.get_byte_enable_ptr() == enables, "the byte enables are the initiator's");
        expect(payload.get_extension<AccessExtension>() == access_extension, "extensions are left alone");
        expect(payload.get_response_status() != tlm::TLM_INCOMPLETE_RESPONSE, "targets give a response");
        expect(sc_core::sc_time_stamp() + delay >= begin, "time does not run backwards");
    }

    unsigned transport_dbg(tlm::tlm_generic_payload& payload) { return out->transport_dbg(payload); }

    std::int64_t transactions_ = 0;
    std::vector<std::string> violations_;
};

}  // namespace plumbline::sim
