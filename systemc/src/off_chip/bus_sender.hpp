// SPDX-License-Identifier: Apache-2.0
// Carries out transactions of a queue, by blocking transport or in four phases.
#pragma once

#include "off_chip/bus_queue.hpp"

namespace plumbline::sim {

/// Told of what is in the queue; asks it for more by itself.
class BusSender {
public:
    BusSender() = default;
    BusSender(const BusSender&) = delete;
    BusSender& operator=(const BusSender&) = delete;
    virtual ~BusSender() = default;

    /// There is something to send.
    virtual void wake() = 0;
    /// What a target says by nb_transport_bw.
    virtual tlm::tlm_sync_enum hear(tlm::tlm_generic_payload& payload, const tlm::tlm_phase& phase,
                                    const sc_core::sc_time& delay) = 0;
};

}  // namespace plumbline::sim
