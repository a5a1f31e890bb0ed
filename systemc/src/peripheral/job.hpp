// SPDX-License-Identifier: Apache-2.0
// Job descriptors and completion records as bytes in system memory, and what is wrong with a descriptor.
//
// Whatever a guest writes there is a value to be judged: nothing here throws or asserts because of it.
//
//     const plumbline_job job = decode(bytes);
//     if (const JobError error = check_form(job)) return error;
#pragma once

#include <array>
#include <cstdint>

#include "plumbline/firmware/plumbline_registers.h"
#include "plumbline/sim/accelerator_options.hpp"
#include "plumbline/sim/job_layout.hpp"

namespace plumbline::sim {

/// One of PLUMBLINE_ERROR_…, and the address or value that goes with it.
struct JobError {
    std::uint32_t code = PLUMBLINE_ERROR_NONE;
    std::uint64_t detail = 0;
    std::uint32_t response = PLUMBLINE_RESPONSE_NONE;  ///< of the bus, where it was that
    explicit operator bool() const { return code != PLUMBLINE_ERROR_NONE; }
};

using JobBytes = std::array<unsigned char, sizeof(plumbline_job)>;
using CompletionBytes = std::array<unsigned char, sizeof(plumbline_completion)>;

plumbline_job decode(const JobBytes& bytes);
CompletionBytes encode(const plumbline_completion& completion);

GroupAddresses addresses_of(const plumbline_job& job);

/// PLUMBLINE_RESPONSE_… of what a target answered.
std::uint32_t response_code(int status);

/// An address that is no multiple of PLUMBLINE_ALIGNMENT, or bytes from there on that leave the window.
JobError check_place(std::uint64_t address, std::uint64_t length, const AddressWindow& window);
/// Magic, version and flags.
JobError check_form(const plumbline_job& job);
/// Addresses of all groups that have bytes.
JobError check_areas(const plumbline_job& job, const JobLayout& layout, const AddressWindow& window);

/// Tiles of a program, in the order in which they run.
struct TileRange {
    std::int64_t first = 0;
    std::int64_t count = 0;
};
/// What the job is to run: all tiles that are left, where it says none.
TileRange range_of(const plumbline_job& job, std::int64_t tiles);
/// \param next tile with which the program goes on \param tiles of the program
JobError check_tiles(const plumbline_job& job, std::int64_t next, std::int64_t tiles);

}  // namespace plumbline::sim
