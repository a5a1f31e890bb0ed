// SPDX-License-Identifier: Apache-2.0
// A memory of others that is approximately timed: it registers nb_transport alone, takes a request at a time, answers in
// four phases after a latency, and holds the payload meanwhile. Requests beyond a depth are accepted late.
#pragma once

#include <tlm_utils/peq_with_cb_and_phase.h>

#include <cstring>
#include <deque>
#include <vector>

#include "plumbline/sim/kernel.hpp"

namespace plumbline::test {

class AtMemory : public sc_core::sc_module {
public:
    tlm_utils::simple_target_socket<AtMemory> socket{"socket"};
    sc_core::sc_time accepts{1, sc_core::SC_NS};     ///< after a request: END_REQ
    sc_core::sc_time latency{50, sc_core::SC_NS};    ///< from there to BEGIN_RESP
    std::uint64_t refused_from = ~std::uint64_t{0};  ///< addresses from here on answer with an error
    std::size_t under_way = 0;
    std::size_t most_under_way = 0;
    std::int64_t transactions = 0;

    /// \param base of the bytes, which are whose memory it is
    AtMemory(const sc_core::sc_module_name& name, unsigned char* bytes, std::uint64_t base, std::uint64_t size)
        : sc_core::sc_module{name},
          bytes_{bytes},
          base_{base},
          size_{size}
    {
        socket.register_nb_transport_fw(this, &AtMemory::nb_transport_fw);
        socket.register_transport_dbg(this, &AtMemory::transport_dbg);
    }

private:
    tlm::tlm_sync_enum nb_transport_fw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                       sc_core::sc_time& delay)
    {
        if (phase == tlm::BEGIN_REQ) payload.acquire();
        events_.notify(payload, phase, delay);
        return tlm::TLM_ACCEPTED;
    }

    void advance(tlm::tlm_generic_payload& payload, const tlm::tlm_phase& phase)
    {
        switch (phase) {
            case tlm::BEGIN_REQ:
                ++transactions;
                most_under_way = std::max(most_under_way, ++under_way);
                events_.notify(payload, tlm::END_REQ, accepts);
                break;
            case tlm::END_REQ:
                tell(payload, tlm::END_REQ);
                events_.notify(payload, tlm::BEGIN_RESP, latency);
                break;
            case tlm::BEGIN_RESP:
                answers_.push_back(&payload);
                if (answers_.size() == 1) answer();
                break;
            default: end();
        }
    }

    /// One response at a time.
    void answer()
    {
        tlm::tlm_generic_payload& payload = *answers_.front();
        const bool moved = payload.get_address() < refused_from && move(payload);
        payload.set_response_status(moved ? tlm::TLM_OK_RESPONSE : tlm::TLM_ADDRESS_ERROR_RESPONSE);
        if (tell(payload, tlm::BEGIN_RESP) == tlm::TLM_COMPLETED) end();
    }

    void end()
    {
        --under_way;
        answers_.front()->release();
        answers_.pop_front();
        if (!answers_.empty()) answer();
    }

    tlm::tlm_sync_enum tell(tlm::tlm_generic_payload& payload, tlm::tlm_phase phase)
    {
        sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
        return socket->nb_transport_bw(payload, phase, delay);
    }

    unsigned transport_dbg(tlm::tlm_generic_payload& payload) { return move(payload) ? payload.get_data_length() : 0; }

    bool move(const tlm::tlm_generic_payload& payload) const
    {
        const std::uint64_t address = payload.get_address();
        const unsigned length = payload.get_data_length();
        if (address < base_ || address - base_ > size_ || length > size_ - (address - base_)) return false;
        unsigned char* here = bytes_ + (address - base_);
        if (payload.is_read()) std::memcpy(payload.get_data_ptr(), here, length);
        if (payload.is_write()) std::memcpy(here, payload.get_data_ptr(), length);
        return true;
    }

    unsigned char* bytes_;
    std::uint64_t base_;
    std::uint64_t size_;
    std::deque<tlm::tlm_generic_payload*> answers_;
    tlm_utils::peq_with_cb_and_phase<AtMemory> events_{this, &AtMemory::advance};
};

}  // namespace plumbline::test
