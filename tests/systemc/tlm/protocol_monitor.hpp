// SPDX-License-Identifier: Apache-2.0
// Sits between two sockets, passes everything on, and lists what breaks the base protocol of TLM-2.0: payloads that are not
// set up, or are not there any more; targets that change what is not theirs; responses that are not given; phases that
// are out of order, overlap or run backwards in time.
//
//     initiator.socket.bind(monitor.in);
//     monitor.out.bind(target.socket);
#pragma once

#include <map>
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
        in.register_nb_transport_fw(this, &ProtocolMonitor::nb_transport_fw);
        in.register_transport_dbg(this, &ProtocolMonitor::transport_dbg);
        out.register_nb_transport_bw(this, &ProtocolMonitor::nb_transport_bw);
    }

    std::int64_t transactions() const { return transactions_; }
    /// Of non-blocking transport.
    std::size_t under_way() const { return transfers_.size(); }
    std::size_t most_under_way() const { return most_under_way_; }
    const std::vector<std::string>& violations() const { return violations_; }

private:
    /// What a target must leave as it is.
    struct Attributes {
        explicit Attributes(const tlm::tlm_generic_payload& payload)
            : command{payload.get_command()},
              data{payload.get_data_ptr()},
              length{payload.get_data_length()},
              width{payload.get_streaming_width()},
              enables{payload.get_byte_enable_ptr()},
              access{payload.get_extension<AccessExtension>()}
        {}

        tlm::tlm_command command;
        const unsigned char* data;
        unsigned length;
        unsigned width;
        const unsigned char* enables;
        const AccessExtension* access;
    };
    /// A transaction in four phases.
    struct Transfer {
        Attributes attributes;
        tlm::tlm_phase phase;
        sc_core::sc_time since;
    };

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

    void check_attributes(const tlm::tlm_generic_payload& payload, const Attributes& before)
    {
        const Attributes now{payload};
        expect(now.command == before.command, "the command is the initiator's");
        expect(now.data == before.data && now.length == before.length, "the data are the initiator's");
        expect(now.width == before.width, "the streaming width is the initiator's");
        expect(now.enables == before.enables, "the byte enables are the initiator's");
        expect(now.access == before.access, "extensions are left alone");
    }

    void check_response(const tlm::tlm_generic_payload& payload)
    {
        expect(payload.get_response_status() != tlm::TLM_INCOMPLETE_RESPONSE, "targets give a response");
    }

    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
    {
        ++transactions_;
        check_request(payload);
        const Attributes attributes{payload};
        const sc_core::sc_time begin = sc_core::sc_time_stamp() + delay;
        out->b_transport(payload, delay);
        check_attributes(payload, attributes);
        check_response(payload);
        expect(sc_core::sc_time_stamp() + delay >= begin, "time does not run backwards");
    }

    tlm::tlm_sync_enum nb_transport_fw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                       sc_core::sc_time& delay)
    {
        expect(phase == tlm::BEGIN_REQ || phase == tlm::END_RESP, "initiators begin requests and end responses");
        if (phase == tlm::BEGIN_REQ) begin(payload);
        pass(payload, phase, delay);
        const tlm::tlm_phase sent = phase;
        const tlm::tlm_sync_enum status = out->nb_transport_fw(payload, phase, delay);
        follow(payload, sent, phase, delay, status);
        return status;
    }

    tlm::tlm_sync_enum nb_transport_bw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                       sc_core::sc_time& delay)
    {
        expect(phase == tlm::END_REQ || phase == tlm::BEGIN_RESP, "targets end requests and begin responses");
        pass(payload, phase, delay);
        const tlm::tlm_phase sent = phase;
        const tlm::tlm_sync_enum status = in->nb_transport_bw(payload, phase, delay);
        follow(payload, sent, phase, delay, status);
        return status;
    }

    void begin(tlm::tlm_generic_payload& payload)
    {
        ++transactions_;
        check_request(payload);
        expect(payload.has_mm() && payload.get_ref_count() > 0, "payloads are managed, and acquired");
        expect(transfers_.count(&payload) == 0, "a payload is not used while it is under way");
        transfers_.erase(&payload);
        transfers_.insert({&payload, {Attributes{payload}, tlm::UNINITIALIZED_PHASE, sc_core::SC_ZERO_TIME}});
        most_under_way_ = std::max(most_under_way_, transfers_.size());
    }

    /// What a return says beyond the call.
    void follow(tlm::tlm_generic_payload& payload, const tlm::tlm_phase& sent, const tlm::tlm_phase& phase,
                const sc_core::sc_time& delay, tlm::tlm_sync_enum status)
    {
        if (status == tlm::TLM_UPDATED) pass(payload, phase, delay);
        if (status != tlm::TLM_COMPLETED || transfers_.count(&payload) == 0) return;
        if (sent == tlm::BEGIN_REQ) check_response(payload);
        end(payload);
    }

    /// One phase of one payload.
    void pass(const tlm::tlm_generic_payload& payload, const tlm::tlm_phase& phase, const sc_core::sc_time& delay)
    {
        const auto found = transfers_.find(&payload);
        expect(found != transfers_.end(), "phases belong to a transaction that is under way");
        if (found == transfers_.end()) return;
        Transfer& transfer = found->second;
        expect(payload.get_ref_count() > 0, "a payload lives as long as it is under way");
        check_attributes(payload, transfer.attributes);
        check_order(payload, transfer.phase, phase);
        const sc_core::sc_time time = sc_core::sc_time_stamp() + delay;
        expect(time >= transfer.since, "time does not run backwards");
        transfer.since = time;
        transfer.phase = phase;
        if (phase == tlm::END_RESP) end(payload);
    }

    void check_order(const tlm::tlm_generic_payload& payload, const tlm::tlm_phase& before, const tlm::tlm_phase& phase)
    {
        if (phase == tlm::BEGIN_REQ) {
            expect(before == tlm::UNINITIALIZED_PHASE, "a request begins once");
            expect(in_phase(tlm::BEGIN_REQ, payload) == 0, "a request begins when the one before has ended");
        } else if (phase == tlm::END_REQ) {
            expect(before == tlm::BEGIN_REQ, "a request ends after it began");
        } else if (phase == tlm::BEGIN_RESP) {
            expect(before == tlm::BEGIN_REQ || before == tlm::END_REQ, "a response follows a request");
            expect(in_phase(tlm::BEGIN_RESP, payload) == 0, "a response begins when the one before has ended");
            check_response(payload);
        } else {
            expect(before == tlm::BEGIN_RESP, "a response ends after it began");
        }
    }

    /// Others that are in a phase.
    std::size_t in_phase(const tlm::tlm_phase& phase, const tlm::tlm_generic_payload& payload) const
    {
        std::size_t count = 0;
        for (const auto& [other, transfer] : transfers_) count += other != &payload && transfer.phase == phase ? 1 : 0;
        return count;
    }

    void end(const tlm::tlm_generic_payload& payload) { transfers_.erase(&payload); }

    unsigned transport_dbg(tlm::tlm_generic_payload& payload) { return out->transport_dbg(payload); }

    std::int64_t transactions_ = 0;
    std::size_t most_under_way_ = 0;
    std::map<const tlm::tlm_generic_payload*, Transfer> transfers_;
    std::vector<std::string> violations_;
};

}  // namespace plumbline::sim
