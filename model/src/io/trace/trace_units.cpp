// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/trace_units.hpp"

namespace plumbline::io {

std::optional<AmountUnit> amount_unit_named(std::string_view name)
{
    if (name == "words") return AmountUnit::words;
    if (name == "granules") return AmountUnit::granules;
    if (name == "bits") return AmountUnit::bits;
    if (name == "bytes") return AmountUnit::bytes;
    return std::nullopt;
}

double words(double amount, AmountUnit unit, const Port& port)
{
    const auto width = static_cast<double>(port.width.count());
    switch (unit) {
        case AmountUnit::words: return amount;
        case AmountUnit::granules: return amount * static_cast<double>(port.granule.count()) / width;
        case AmountUnit::bits: return amount / width;
        case AmountUnit::bytes: return 8 * amount / width;
    }
    return amount;
}

std::optional<TimeUnit> time_unit_named(std::string_view name)
{
    if (name == "cycles") return TimeUnit::cycles;
    if (name == "ps") return TimeUnit::picoseconds;
    if (name == "ns") return TimeUnit::nanoseconds;
    if (name == "us") return TimeUnit::microseconds;
    return std::nullopt;
}

double cycles(double time, TimeUnit unit, double cycle_ns)
{
    switch (unit) {
        case TimeUnit::cycles: return time;
        case TimeUnit::picoseconds: return time / 1000 / cycle_ns;
        case TimeUnit::nanoseconds: return time / cycle_ns;
        case TimeUnit::microseconds: return time * 1000 / cycle_ns;
    }
    return time;
}

}  // namespace plumbline::io
