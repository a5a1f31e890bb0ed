// SPDX-License-Identifier: Apache-2.0
#include "off_chip/four_phase_sender.hpp"

namespace plumbline::sim {

FourPhaseSender::FourPhaseSender(BusQueue& queue, tlm::tlm_initiator_socket<>& socket)
    : queue_{&queue},
      socket_{&socket}
{
    sc_core::sc_spawn_options requesting;
    requesting.spawn_method();
    requesting.set_sensitivity(&wanted_);
    requesting.dont_initialize();
    sc_core::sc_spawn([this] { request(); }, "request", &requesting);
    sc_core::sc_spawn_options advancing;
    advancing.spawn_method();
    for (auto* phases : {&ended_, &responses_, &completed_}) advancing.set_sensitivity(&phases->get_event());
    advancing.dont_initialize();
    sc_core::sc_spawn([this] { advance(); }, "advance", &advancing);
}

void FourPhaseSender::request()
{
    while (requested_ == nullptr) {
        BusPayload* payload = queue_->next();
        if (payload == nullptr) return;
        begin(*payload);
    }
}

void FourPhaseSender::begin(BusPayload& payload)
{
    requested_ = &payload;
    tlm::tlm_phase phase = tlm::BEGIN_REQ;
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    switch ((*socket_)->nb_transport_fw(payload, phase, delay)) {
        case tlm::TLM_ACCEPTED: return;
        case tlm::TLM_UPDATED: hear(payload, phase, delay); return;
        case tlm::TLM_COMPLETED: completed_.notify(payload, delay); return;
    }
}

/// Phases that this does not know are ignorable.
tlm::tlm_sync_enum FourPhaseSender::hear(tlm::tlm_generic_payload& payload, const tlm::tlm_phase& phase,
                                         const sc_core::sc_time& delay)
{
    if (phase == tlm::END_REQ) ended_.notify(payload, delay);
    if (phase == tlm::BEGIN_RESP) responses_.notify(payload, delay);
    return tlm::TLM_ACCEPTED;
}

/// Whatever is due.
void FourPhaseSender::advance()
{
    while (const auto* payload = ended_.get_next_transaction()) end_request(*payload);
    while (auto* payload = responses_.get_next_transaction()) respond(*payload);
    while (auto* payload = completed_.get_next_transaction()) finish(*payload);
}

void FourPhaseSender::end_request(const tlm::tlm_generic_payload& payload)
{
    if (requested_ != &payload) return;
    requested_ = nullptr;
    wake();
}

void FourPhaseSender::respond(tlm::tlm_generic_payload& payload)
{
    tlm::tlm_phase phase = tlm::END_RESP;
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    (*socket_)->nb_transport_fw(payload, phase, delay);
    finish(payload);
}

/// A response, or the end of a transaction, ends its request as well.
void FourPhaseSender::finish(tlm::tlm_generic_payload& payload)
{
    end_request(payload);
    queue_->finish(static_cast<BusPayload&>(payload));
    wake();
}

}  // namespace plumbline::sim
