// SPDX-License-Identifier: Apache-2.0
// Time and the end: what firmware asks how late it is, and tells how it went.
//
// Sockets      socket     base protocol, blocking; words of 4 bytes, aligned
// Registers    0x00  TIME_LOW    read: clock cycles since the simulation began; remembers their upper half
//              0x04  TIME_HIGH   read: the upper half of what TIME_LOW last read
//              0x08  EXIT        write: one more hart is done, with this code; read: how many are
//              0x0c  MARK        write: something that the host is to note the time of, in cycles and on its own clock
// Answers      ADDRESS_ERROR to anything else
#pragma once

#include <plumbline/sim/kernel.hpp>

#include <chrono>
#include <optional>
#include <vector>

class SystemControl : public sc_core::sc_module {
public:
    tlm_utils::simple_target_socket<SystemControl> socket;

    struct Exit {
        std::uint32_t code = 0;
        std::uint64_t cycle = 0;
    };

    struct Mark {
        std::uint32_t what = 0;
        std::uint64_t cycle = 0;
        std::chrono::steady_clock::time_point host;
    };

    SystemControl(const sc_core::sc_module_name& name, const sc_core::sc_time& period);

    /// In the order in which harts were done.
    const std::vector<Exit>& exits() const { return exits_; }
    const std::vector<Mark>& marks() const { return marks_; }

private:
    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
    std::optional<std::uint32_t> read(std::uint64_t offset);
    bool write(std::uint64_t offset, std::uint32_t value);
    std::uint64_t cycle() const;

    sc_core::sc_time period_;
    std::uint32_t time_high_ = 0;
    std::vector<Exit> exits_;
    std::vector<Mark> marks_;
};
