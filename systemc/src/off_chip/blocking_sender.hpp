// SPDX-License-Identifier: Apache-2.0
// Blocking transport: as many processes as there are transactions at a time, none of which ever dies.
//
// Where the bursts of an order follow one another, what targets annotate is added up; else each waits for its own.
#pragma once

#include "off_chip/bus_sender.hpp"

namespace plumbline::sim {

class BlockingSender : public BusSender {
public:
    /// During elaboration, in the module that is being constructed. Both must outlive the sender.
    BlockingSender(BusQueue& queue, tlm::tlm_initiator_socket<>& socket);

    void wake() override;
    tlm::tlm_sync_enum hear(tlm::tlm_generic_payload&, const tlm::tlm_phase&, const sc_core::sc_time&) override
    {
        return tlm::TLM_ACCEPTED;
    }

private:
    /// A process that carries out one transaction at a time.
    struct Lane {
        sc_core::sc_event work;
    };

    void add_lane();
    void serve(Lane& lane);
    void send(BusPayload& payload);

    BusQueue* queue_;
    tlm::tlm_initiator_socket<>* socket_;
    std::vector<std::unique_ptr<Lane>> lanes_;
    std::vector<Lane*> idle_;
    sc_core::sc_event lane_wanted_{"lane_wanted"};
};

}  // namespace plumbline::sim
