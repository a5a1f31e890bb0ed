// SPDX-License-Identifier: Apache-2.0
// The accelerator's way to system memory: everything it reads or writes there passes here, and nothing outside of the
// window that the host allows.
//
//     if (const JobError error = dma.read(address, bytes.data(), bytes.size())) return error;
#pragma once

#include "off_chip/bus_initiator.hpp"
#include "peripheral/job.hpp"

namespace plumbline::sim {

class Dma {
public:
    /// Builds a bus initiator of that name in the module that is being constructed.
    Dma(const char* name, const AcceleratorOptions& options);

    /// Whether the delays that the bus annotates are waited for; what it waits itself takes its time in any case.
    enum class Pace : std::uint8_t { bus, hurried };

    /// What went wrong, if anything. Call from a thread.
    JobError read(std::uint64_t address, unsigned char* data, std::uint64_t length, Pace pace = Pace::bus);
    JobError write(std::uint64_t address, unsigned char* data, std::uint64_t length, Pace pace = Pace::bus);

    /// For machines, whose off-chip memory is the system's.
    BusInitiator& bus() { return bus_; }

private:
    JobError move(const Burst& bytes, Pace pace);

    BusInitiator bus_;
};

}  // namespace plumbline::sim
