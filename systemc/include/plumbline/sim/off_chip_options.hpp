// SPDX-License-Identifier: Apache-2.0
// How a machine addresses off-chip memory: chosen at construction.
#pragma once

#include <cstdint>

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// Of the transactions that leave the machine.
struct OffChipOptions {
    std::uint64_t base = 0;           ///< address where the layout begins
    std::uint64_t longest_burst = 0;  ///< bytes of a transaction at most; 0: no limit
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
