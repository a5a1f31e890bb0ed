// SPDX-License-Identifier: Apache-2.0
// Counts and times what passes between any initiator and any target, per range of addresses: a pass-through that can be put
// into a platform that knows nothing of Plumbline.
//
// Sockets      in, out    base protocol, any width of bus; the payload passes unchanged, so do extensions
// Transport    b_transport, nb_transport_fw and _bw, transport_dbg (not counted: debug is no traffic)
// Counts       transactions and bytes of a completed read or write that got TLM_OK_RESPONSE, in every range that it
//              touches; of a transaction that reaches beyond a range, only the bytes inside. Errors count as errors.
// Times        from the call to its return, annotated delays included (kernel time plus delay); non-blocking from
//              BEGIN_REQ to the end of the transaction
// DMI          denied by choice, or what goes through a direct pointer is not seen; passed by choice
// Temporal decoupling is respected: the moment of a transaction is the kernel's time plus its delay.
//
//     Probe probe{"probe", {{"weights", 0x1000, 0x1fff, {"sram", "W", "read_down"}, {}}}};
//     cpu.socket.bind(probe.in);  probe.out.bind(memory.socket);
//     sc_start();  probe.write_csv(file);
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <unordered_map>
#include <vector>

#include "plumbline/sim/kernel.hpp"

namespace plumbline::sim {

/// What an access means in terms of a description; names are not checked here, but where the file is read.
struct Border {
    std::string memory;
    std::string operand;    ///< "I1", "I2", "O"
    std::string direction;  ///< "read_down", …; empty: what a command of this kind does not count for
};

/// Addresses that mean something, ends included. Ranges may overlap: each counts for itself.
struct ProbeRange {
    std::string name;
    sc_dt::uint64 first = 0;
    sc_dt::uint64 last = 0;
    Border read;   ///< what reads are
    Border write;  ///< what writes are
};

}  // namespace plumbline::sim
