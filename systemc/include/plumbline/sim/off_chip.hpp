// SPDX-License-Identifier: Apache-2.0
// The way out of the machine: turns accesses to the top memory into transactions with addresses, for whatever memory is
// bound there.
//
// Sockets      socket     base protocol, blocking: 32 bits wide in type alone, any data length
// Sends        plain reads and writes: no extension, byte enables or streaming; data as the machine has it
// Addresses    those of the layout. An access takes the bytes that follow the last ones of its area and direction, and
//              begins again at the end of the area. It is one transaction, unless it wraps or exceeds the longest burst;
//              what happens several times in one access follows one another
// Time         none of its own. A target may wait, or annotate a delay, or both: the bursts of an access run one after
//              the other
// Errors       reported with memory, command, address, length and response
#pragma once

#include <vector>

#include "plumbline/sim/access.hpp"
#include "plumbline/sim/kernel.hpp"
#include "plumbline/sim/machine_options.hpp"
#include "plumbline/sim/off_chip_layout.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

class OffChip : public sc_core::sc_module {
public:
    tlm_utils::simple_initiator_socket<OffChip> socket;

    /// The layout must outlive the module.
    OffChip(const sc_core::sc_module_name& name, const OffChipLayout& layout, OffChipOptions options);

    /// Sends what `payload` stands for, and adds the annotated delays to `delay`. Call from a thread.
    tlm::tlm_response_status send(const Access& access, const tlm::tlm_generic_payload& payload,
                                  sc_core::sc_time& delay);
    /// Debug access to the address of `payload`, counted from the beginning of the layout.
    unsigned debug(tlm::tlm_generic_payload& payload);
    /// The next accesses begin at the beginnings of their areas again.
    void rewind();

private:
    struct Burst {
        tlm::tlm_command command;
        sc_dt::uint64 address;
        unsigned char* data;
        std::uint64_t length;
    };
    struct Position {
        std::uint64_t read = 0;
        std::uint64_t written = 0;
    };

    tlm::tlm_response_status send(const Burst& burst, sc_core::sc_time& delay);
    void report(const Burst& burst, const std::string& response) const;

    const OffChipLayout* layout_;
    OffChipOptions options_;
    std::vector<Position> positions_;  ///< per area, from its beginning
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
