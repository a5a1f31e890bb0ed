// SPDX-License-Identifier: Apache-2.0
// Between an initiator that reads and writes any bytes and a memory controller that takes whole bursts alone.
//
// A transaction that is less than a burst becomes one: what is read beyond it is dropped, what is written beyond it is not enabled.
//
// Sockets      in, out    base protocol, non-blocking: each phase passes in the instant in which it comes
// Answers      those of the memory
// Queries      sent(), widened(), pace(): what the memory was asked, and how fast it was
// Debug        passes as it is
#pragma once

#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>
#include <plumbline/sim/kernel.hpp>

#include <array>
#include <memory>
#include <vector>

/// How long the memory takes for bursts, each from its request or from the response before, whichever came later.
struct Pace {
    std::size_t bursts = 0;
    sc_core::sc_time time;
    Pace& operator+=(const Pace& more)
    {
        bursts += more.bursts;
        time += more.time;
        return *this;
    }
    /// Nanoseconds; 0 where there was none.
    double mean() const
    {
        return bursts == 0 ? 0 : time / sc_core::sc_time{1, sc_core::SC_NS} / static_cast<double>(bursts);
    }
};

class WholeBursts : public sc_core::sc_module, private tlm::tlm_mm_interface {
public:
    tlm_utils::simple_target_socket<WholeBursts> in;
    tlm_utils::simple_initiator_socket<WholeBursts> out;

    /// \param bytes of a burst; nothing that comes in may cross a multiple of it
    WholeBursts(const sc_core::sc_module_name& name, std::size_t bytes);

    std::size_t sent() const { return sent_; }        ///< bursts
    std::size_t widened() const { return widened_; }  ///< of these, bursts of which less was asked for
    /// Of the bursts of a command whose response follows that of another one.
    const Pace& pace(tlm::tlm_command command, tlm::tlm_command after) const { return paces_[command][after]; }

private:
    struct Burst : tlm::tlm_generic_payload {
        using tlm_generic_payload::tlm_generic_payload;
        tlm::tlm_generic_payload* asked = nullptr;
        sc_core::sc_time requested;
        std::vector<unsigned char> data;
        std::vector<unsigned char> enabled;
    };

    tlm::tlm_sync_enum nb_transport_fw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                       sc_core::sc_time& delay);
    tlm::tlm_sync_enum nb_transport_bw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                       sc_core::sc_time& delay);
    unsigned transport_dbg(tlm::tlm_generic_payload& payload) { return out->transport_dbg(payload); }
    void free(tlm::tlm_generic_payload* payload) override;

    Burst& widen(tlm::tlm_generic_payload& payload);
    Burst& of(const tlm::tlm_generic_payload& payload) const;
    void answer(const Burst& burst);
    void end(Burst& burst);

    std::size_t bytes_;
    std::vector<std::unique_ptr<Burst>> all_;
    std::vector<Burst*> free_;
    std::vector<Burst*> under_way_;
    std::size_t sent_ = 0;
    std::size_t widened_ = 0;
    tlm::tlm_command last_ = tlm::TLM_IGNORE_COMMAND;
    sc_core::sc_time last_answer_;
    std::array<std::array<Pace, 3>, 3> paces_;  ///< by command, and by the one before
};
