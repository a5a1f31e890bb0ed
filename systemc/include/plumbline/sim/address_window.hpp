// SPDX-License-Identifier: Apache-2.0
// Which addresses of a bus may be touched: a range.
#pragma once

#include <cstdint>
#include <limits>

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// Addresses from the first to the last, both included.
struct AddressWindow {
    std::uint64_t first = 0;                                         ///< lowest address
    std::uint64_t last = std::numeric_limits<std::uint64_t>::max();  ///< highest address

    /// Whether `length` bytes from `address` on lie inside. \pre length > 0
    bool contains(std::uint64_t address, std::uint64_t length) const
    {
        return address >= first && address <= last && length - 1 <= last - address;
    }
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
