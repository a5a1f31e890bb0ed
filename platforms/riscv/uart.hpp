// SPDX-License-Identifier: Apache-2.0
// A serial line that only sends, as fast as it is written to. Collects what was sent and passes it on as it comes.
//
// Sockets      socket     base protocol, blocking; words of 4 bytes, aligned
// Registers    0x0  DATA    write: sends the lowest byte; read: 0
//              0x4  STATUS  read: 1, it can always send; write: nothing
// Answers      ADDRESS_ERROR to anything else
#pragma once

#include <plumbline/sim/kernel.hpp>

#include <iosfwd>
#include <string>

class Uart : public sc_core::sc_module {
public:
    tlm_utils::simple_target_socket<Uart> socket;

    /// What is sent also goes to `line`, which must outlive this. May be null.
    Uart(const sc_core::sc_module_name& name, std::ostream* line);

    const std::string& sent() const { return sent_; }

private:
    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
    void send(char character);

    std::ostream* line_;
    std::string sent_;
};
