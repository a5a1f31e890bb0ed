// SPDX-License-Identifier: Apache-2.0
// How large may be what comes from outside?
//
// Sizes are multiplied by each other all over the model and the machine, so descriptions keep within bounds that leave room:
// far above what anybody builds, and low enough that a product of one of each kind stays below 2^63. Whatever is checked here
// needs no check where it is used. Up to 2^53, a floating-point number is exact, too.
//
//     require_at_most(kMostUnits, array.units(), "operational_array.sizes", "MACs");
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "plumbline/error.hpp"

namespace plumbline {

/// A power of two that knows how it is written.
struct Bound {
    int exponent = 0;  ///< at most 62

    constexpr std::int64_t value() const { return std::int64_t{1} << exponent; }
    std::string text() const { return "2^" + std::to_string(exponent); }
};

inline constexpr Bound kMostUnits{31};         // MACs of an array, and so instances of a memory
inline constexpr Bound kMostWidth{31};         // bits that a port moves in a cycle
inline constexpr Bound kMostLatency{30};       // cycles of an access
inline constexpr Bound kMostPrecision{10};     // bits of a value
inline constexpr Bound kMostPositions{31};     // rows or columns of a map, and a step between two of them
inline constexpr Bound kMostInDepth{15};       // positions of an axis that are channels of a pixel
inline constexpr Bound kMostMacs{50};          // of a network; with all bits of their operands, below 2^60
inline constexpr Bound kMostMapBits{53};       // of an operand of a layer
inline constexpr Bound kMostMemoryBits{62};    // of all instances of a memory together
inline constexpr double kMostEnergy = 1e15;    // picojoules of an access
inline constexpr std::size_t kMostLevels = 8;  // memories that serve an operand
inline constexpr std::size_t kMostPorts = 64;  // of a memory
inline constexpr std::size_t kMostLoops = 64;  // of a mapping

/// \throws InputError unless `value` is at most the bound
inline void require_at_most(Bound bound, std::int64_t value, const std::string& field, const std::string& unit)
{
    if (value <= bound.value()) return;
    throw InputError{field, "is " + std::to_string(value) + ", expected at most " + bound.text() + ' ' + unit};
}

}  // namespace plumbline
