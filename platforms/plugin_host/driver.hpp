// SPDX-License-Identifier: Apache-2.0
// Drives one accelerator as firmware would: stores a job, starts it, sleeps until the interrupt, reads the counters.
#pragma once

#include <cstdint>
#include <sstream>

#include <tlm_utils/simple_initiator_socket.h>
#include <systemc>
#include <tlm>

#include <plumbline_sc.h>

#include "memory.hpp"

class Driver : public sc_core::sc_module {
public:
    SC_HAS_PROCESS(Driver);

    tlm_utils::simple_initiator_socket<Driver> registers{"registers"};
    sc_core::sc_in<bool> interrupt{"interrupt"};
    bool good = false;
    std::ostringstream report;  ///< cycles and counters, once the job is done

    Driver(const sc_core::sc_module_name& name, Memory& memory, const plumbline_job& job)
        : sc_core::sc_module{name},
          memory_{memory},
          job_{job}
    {
        SC_THREAD(run);
    }

private:
    void run();
    void report_counters();
    std::uint32_t access(tlm::tlm_command command, std::uint32_t offset, std::uint32_t value);
    std::uint32_t read(std::uint32_t offset) { return access(tlm::TLM_READ_COMMAND, offset, 0); }
    void write(std::uint32_t offset, std::uint32_t value) { access(tlm::TLM_WRITE_COMMAND, offset, value); }
    std::uint64_t read_pair(std::uint32_t low)
    {
        const std::uint64_t value = read(low);  // latches the high half
        return value | std::uint64_t{read(low + 4)} << 32;
    }

    Memory& memory_;
    plumbline_job job_;
};
