// SPDX-License-Identifier: Apache-2.0
// The accelerator's transactions on a bus of others. Whoever has bytes to move orders them and waits; processes that never
// die carry the transactions out.
//
// Sockets      socket   initiator, base protocol, blocking or in four phases: plain reads and writes
// Sends        bursts of at most the longest one, none across the alignment; as many at a time as are outstanding, those of
//              several orders in turn. Where nothing says how many, those of an order follow one another
// Payloads     under a memory manager, with bytes of their own: they outlive whoever ordered them. An extension of the
//              host's may be added to each
// Reset        whoever waits for an order may be reset: what is under way completes and is dropped, the rest is never sent
// Time         where the bursts of an order follow one another, what targets annotate is added up and told; else each waits
//              for its own
#pragma once

#include "off_chip/bus_sender.hpp"

namespace plumbline::sim {

class BusInitiator : public sc_core::sc_module {
public:
    tlm_utils::simple_initiator_socket<BusInitiator> socket;

    BusInitiator(const sc_core::sc_module_name& name, const BusOptions& options);
    ~BusInitiator() override;

    /// Moves bytes, and adds to `delay` what is annotated and was not waited for. Returns what was refused, if anything:
    /// the rest was not sent. Call from a thread. \pre the data stay until it returns or the thread is reset
    std::optional<BusRefusal> transfer(std::vector<Burst> pieces, sc_core::sc_time& delay);
    /// Debug access, in the window; returns how many bytes were moved.
    unsigned debug(const Burst& bytes);
    /// Called with each payload before it is sent.
    void extend(std::function<void(tlm::tlm_generic_payload&)> extension) { queue_.extend(std::move(extension)); }
    /// Nothing more of what was ordered so far is sent. \pre whoever waits for it is reset
    void abandon() { queue_.abandon(); }

    /// Whether nothing is under way.
    bool idle() const { return queue_.under_way() == 0; }
    /// Notified when nothing is under way any more.
    const sc_core::sc_event& became_idle() const { return queue_.idle(); }
    /// Waits until nothing is under way. Call from a thread.
    void drain();

private:
    tlm::tlm_sync_enum nb_transport_bw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                       sc_core::sc_time& delay);

    BusQueue queue_;
    std::unique_ptr<BusSender> sender_;
};

}  // namespace plumbline::sim
