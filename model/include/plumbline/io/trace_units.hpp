// SPDX-License-Identifier: Apache-2.0
// Units in which others count what moved and how long it took, by their names in headers and mapping files.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "plumbline/accelerator.hpp"

#pragma GCC visibility push(default)
namespace plumbline::io {

/// In what amounts are counted.
enum class AmountUnit : std::uint8_t {
    words,     ///< of the port
    granules,  ///< of the port
    bits,      ///< that moved
    bytes,     ///< that moved
};
/// Names of the units, for messages.
inline constexpr const char* kAmountUnits = "words, granules, bits or bytes";

/// The unit of that name; nothing for other names.
std::optional<AmountUnit> amount_unit_named(std::string_view name);
/// Full-width words of a port. Bits and bytes are divided by the width: what granules waste is not in them.
double words(double amount, AmountUnit unit, const Port& port);

/// In what times are counted.
enum class TimeUnit : std::uint8_t {
    cycles,        ///< of the clock
    picoseconds,   ///< "ps"
    nanoseconds,   ///< "ns"
    microseconds,  ///< "us"
};
/// Names of the units, for messages.
inline constexpr const char* kTimeUnits = "cycles, ps, ns or us";

/// The unit of that name; nothing for other names.
std::optional<TimeUnit> time_unit_named(std::string_view name);
/// Clock cycles, not rounded. `cycle_ns`: length of a clock cycle in nanoseconds.
double cycles(double time, TimeUnit unit, double cycle_ns);

}  // namespace plumbline::io
#pragma GCC visibility pop
