// SPDX-License-Identifier: Apache-2.0
// With how much space in a memory would a search have come out the same?
//
// A search asks of numbers of bits whether they fit. Whoever has the same layer and tile but other things beside it in the memories
// finds the same mapping, if all that mattered fits there, too, and nothing else does.
//
//     CapacityRange range;
//     range.fits(24);         // of 32 bit
//     range.overflows(40);
//     range.contains(39);     // as of 32
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#pragma GCC visibility push(default)
namespace plumbline {

/// Bits of one memory; all of them until something is asked.
struct CapacityRange {
    std::int64_t least = std::numeric_limits<std::int64_t>::min();   ///< the smallest number that is in it
    std::int64_t beyond = std::numeric_limits<std::int64_t>::max();  ///< the smallest one above that is not

    /// So many bits fit into the memory.
    void fits(std::int64_t bits) { least = std::max(least, bits); }
    /// So many do not.
    void overflows(std::int64_t bits) { beyond = std::min(beyond, bits); }
    /// Whether a memory of so many bits is alike in all that was asked.
    bool contains(std::int64_t bits) const { return least <= bits && bits < beyond; }
};

/// By MemoryId.
using CapacityRanges = std::vector<CapacityRange>;

/// What is in both. Of memories that one does not have it knows nothing.
inline void narrow(CapacityRanges& ranges, const CapacityRanges& others)
{
    for (std::size_t i = 0; i < std::min(ranges.size(), others.size()); ++i) {
        ranges[i].fits(others[i].least);
        ranges[i].overflows(others[i].beyond);
    }
}

}  // namespace plumbline
#pragma GCC visibility pop
