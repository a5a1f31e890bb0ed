// SPDX-License-Identifier: Apache-2.0
// A user's off-chip memory: waits inside each transaction, annotates a delay, or both, and remembers what came.
#pragma once

#include <vector>

#include "plumbline/sim/kernel.hpp"

namespace plumbline::sim {

class SlowDram : public sc_core::sc_module {
public:
    struct Transaction {
        sc_dt::uint64 address = 0;
        unsigned length = 0;
        bool read = true;
    };

    tlm_utils::simple_target_socket<SlowDram> socket{"socket"};
    sc_core::sc_time waits;
    sc_core::sc_time annotates;
    tlm::tlm_response_status answers = tlm::TLM_OK_RESPONSE;
    std::vector<Transaction> transactions;

    explicit SlowDram(const sc_core::sc_module_name& name) : sc_core::sc_module{name}
    {
        socket.register_b_transport(this, &SlowDram::b_transport);
    }

private:
    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
    {
        transactions.push_back({payload.get_address(), payload.get_data_length(), payload.is_read()});
        if (waits > sc_core::SC_ZERO_TIME) sc_core::wait(waits);
        delay += annotates;
        payload.set_response_status(answers);
    }
};

}  // namespace plumbline::sim
