// SPDX-License-Identifier: Apache-2.0
// Non-blocking transport, in the four phases of the base protocol: a request begins when the one before has ended, and a
// response is accepted in the instant in which it begins.
#pragma once

#include "off_chip/bus_sender.hpp"

namespace plumbline::sim {

class FourPhaseSender : public BusSender {
public:
    /// During elaboration, in the module that is being constructed. Both must outlive the sender.
    FourPhaseSender(BusQueue& queue, tlm::tlm_initiator_socket<>& socket);

    void wake() override { wanted_.notify(sc_core::SC_ZERO_TIME); }
    tlm::tlm_sync_enum hear(tlm::tlm_generic_payload& payload, const tlm::tlm_phase& phase,
                            const sc_core::sc_time& delay) override;

private:
    void request();
    void begin(BusPayload& payload);
    void advance();
    void end_request(const tlm::tlm_generic_payload& payload);
    void respond(tlm::tlm_generic_payload& payload);
    void finish(tlm::tlm_generic_payload& payload);

    BusQueue* queue_;
    tlm::tlm_initiator_socket<>* socket_;
    const tlm::tlm_generic_payload* requested_ = nullptr;                        ///< whose request has not ended
    tlm_utils::peq_with_get<tlm::tlm_generic_payload> ended_{"requests_ended"};  ///< with the delays of targets
    tlm_utils::peq_with_get<tlm::tlm_generic_payload> responses_{"responses"};
    tlm_utils::peq_with_get<tlm::tlm_generic_payload> completed_{"completed"};
    sc_core::sc_event wanted_{"request_wanted"};
};

}  // namespace plumbline::sim
