// SPDX-License-Identifier: Apache-2.0
// What a BusInitiator may send, and how much of it at a time; and what it is asked to send.
#pragma once

#include "plumbline/sim/address_window.hpp"
#include "plumbline/sim/kernel.hpp"
#include "plumbline/sim/off_chip_options.hpp"

namespace plumbline::sim {

struct BusOptions {
    std::uint64_t longest_burst = 0;  ///< bytes of a transaction; 0: no limit
    std::uint64_t alignment = 0;      ///< no transaction crosses a multiple of it; 0: it may
    std::size_t outstanding = 0;      ///< transactions under way; 0: one per order
    BusTransport transport = BusTransport::blocking;
    AddressWindow window;      ///< what lies outside is answered here, and never sent
    std::uint64_t offset = 0;  ///< added to addresses on the bus, modulo 2^64
};

/// Bytes that lie together, and where they are in the host.
struct Burst {
    tlm::tlm_command command = tlm::TLM_IGNORE_COMMAND;
    std::uint64_t address = 0;
    unsigned char* data = nullptr;
    std::uint64_t length = 0;
};

/// A transaction that was not answered with OK.
struct BusRefusal {
    tlm::tlm_command command = tlm::TLM_IGNORE_COMMAND;
    std::uint64_t address = 0;
    std::uint64_t length = 0;
    tlm::tlm_response_status response = tlm::TLM_OK_RESPONSE;
};

}  // namespace plumbline::sim
