// SPDX-License-Identifier: Apache-2.0
// An initiator that sends one transaction by nb_transport, in the four phases of the base protocol, and the payload
// with a memory manager that this needs.
#pragma once

#include <vector>

#include "plumbline/sim/kernel.hpp"

namespace plumbline::sim {

/// Owns a payload and its data; whoever acquired it must have released it before it dies.
class ManagedPayload : tlm::tlm_mm_interface {
public:
    ManagedPayload(tlm::tlm_command command, sc_dt::uint64 address, std::vector<unsigned char> data)
        : data_{std::move(data)},
          payload_{this}
    {
        payload_.set_command(command);
        payload_.set_address(address);
        payload_.set_data_ptr(data_.data());
        payload_.set_data_length(static_cast<unsigned>(data_.size()));
        payload_.set_streaming_width(static_cast<unsigned>(data_.size()));
        payload_.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
        payload_.acquire();
    }
    ~ManagedPayload() override { payload_.release(); }
    ManagedPayload(const ManagedPayload&) = delete;
    ManagedPayload& operator=(const ManagedPayload&) = delete;

    tlm::tlm_generic_payload& get() { return payload_; }
    tlm::tlm_generic_payload* operator->() { return &payload_; }

private:
    void free(tlm::tlm_generic_payload*) override {}

    std::vector<unsigned char> data_;
    tlm::tlm_generic_payload payload_;
};

class NonBlockingInitiator : public sc_core::sc_module {
public:
    SC_HAS_PROCESS(NonBlockingInitiator);

    tlm_utils::simple_initiator_socket<NonBlockingInitiator> socket{"socket"};

    explicit NonBlockingInitiator(const sc_core::sc_module_name& name) : sc_core::sc_module{name}
    {
        socket.register_nb_transport_bw(this, &NonBlockingInitiator::nb_transport_bw);
        SC_THREAD(work);
    }

    void send_at(const sc_core::sc_time& time, tlm::tlm_generic_payload& payload)
    {
        time_ = time;
        payload_ = &payload;
    }

    /// When the response came; zero before.
    sc_core::sc_time answered() const { return answered_; }

private:
    void work()
    {
        sc_core::wait(time_);
        tlm::tlm_phase phase = tlm::BEGIN_REQ;
        sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
        if (socket->nb_transport_fw(*payload_, phase, delay) == tlm::TLM_COMPLETED) {
            answered_ = sc_core::sc_time_stamp() + delay;
        }
    }

    tlm::tlm_sync_enum nb_transport_bw(tlm::tlm_generic_payload&, tlm::tlm_phase& phase, sc_core::sc_time& delay)
    {
        if (phase != tlm::BEGIN_RESP) return tlm::TLM_ACCEPTED;
        answered_ = sc_core::sc_time_stamp() + delay;
        phase = tlm::END_RESP;
        return tlm::TLM_COMPLETED;
    }

    sc_core::sc_time time_;
    tlm::tlm_generic_payload* payload_ = nullptr;
    sc_core::sc_time answered_;
};

}  // namespace plumbline::sim
