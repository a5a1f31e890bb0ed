// SPDX-License-Identifier: Apache-2.0
// How an accelerator reaches a memory of a latency: bursts of a length, so many under way at a time.
#pragma once

#include <plumbline/calibration.hpp>
#include <plumbline/sim/accelerator_options.hpp>

#include <string>
#include <vector>

struct Setting {
    std::size_t outstanding = 1;  ///< transactions under way
    std::uint64_t burst = 64;     ///< bytes of a transaction, aligned to as many
    std::int64_t latency_ns = 0;  ///< of a transaction, in nanoseconds, which are cycles here
};

/// Bursts of 64 and 256 bytes at latencies of 0, 50 and 200 ns, for each number of outstanding transactions.
std::vector<Setting> settings(const std::vector<std::size_t>& outstanding);

/// "o4_b64_l50".
std::string name_of(const Setting& setting);

plumbline::sim::AcceleratorOptions options(const Setting& setting, plumbline::sim::AcceleratorFidelity fidelity);

/// What the profile of the setting has to be by what is known of it, without a run. Per latency L there are n bursts of b bits, which
/// a port of width w (bits a cycle) could move in n b / w: the port keeps up n b / (L w) of its width, or all of it if that is more
/// than 1. A transfer ends with a burst that is not full, and with a group of bursts that is not full: half a latency more, in the mean.
plumbline::Calibration known_profile(const Setting& setting, const plumbline::Accelerator& accelerator);
