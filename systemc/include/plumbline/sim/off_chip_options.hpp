// SPDX-License-Identifier: Apache-2.0
// How a machine addresses off-chip memory: chosen at construction.
#pragma once

#include <cstddef>
#include <cstdint>

#pragma GCC visibility push(default)
namespace plumbline::sim {

class BusInitiator;

/// How transactions are carried out.
enum class BusTransport : std::uint8_t {
    blocking,     ///< b_transport: loosely timed memories, and whatever else takes it
    non_blocking  ///< nb_transport in the four phases of the base protocol: approximately timed memories
};

/// Of the transactions that leave the machine.
struct OffChipOptions {
    std::uint64_t base = 0;           ///< address where the layout begins
    std::uint64_t longest_burst = 0;  ///< bytes of a transaction at most; 0: no limit
    std::uint64_t alignment = 0;      ///< bytes: no transaction crosses a multiple of it; 0: they may cross anything
    /// Transactions under way at the socket at most; 0: one for each transfer that is under way.
    std::size_t outstanding = 0;
    BusTransport transport = BusTransport::blocking;  ///< by what call
    /// For the library itself: whose transactions they are, instead of those of a socket of the machine.
    BusInitiator* bus = nullptr;
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
