// SPDX-License-Identifier: Apache-2.0
// Physical quantities, one type per dimension.
//
// Construction is explicit and `.count()` leaves the type again, so bits never turn into cycles by accident. Like over
// like is a plain number. Crossing dimensions takes a named function, because rounding is a modelling decision.
//
//     Bits tile = kibibytes(64);
//     Cycles t = transfer_cycles(tile, Bits{512});  // rounds up
#pragma once

#include <cassert>
#include <cmath>
#include <cstdint>
#include <ostream>

#pragma GCC visibility push(default)
/// Descriptions of networks, accelerators and schedules, and what a schedule is predicted to cost.
namespace plumbline {

/// An amount of one physical dimension, counted in `Rep`. \tparam Dimension tells quantities apart and names their unit
template <class Dimension, class Rep>
class Quantity {
public:
    /// Type of the count.
    using rep = Rep;

    /// Zero.
    constexpr Quantity() = default;
    /// So many units of the dimension.
    constexpr explicit Quantity(Rep count) : count_{count} {}

    /// The bare number of units.
    constexpr Rep count() const { return count_; }

    /// Adds like to like; int64 may overflow, which nobody checks.
    constexpr Quantity& operator+=(Quantity other)
    {
        count_ += other.count_;
        return *this;
    }
    /// Subtracts like from like; the result may be negative.
    constexpr Quantity& operator-=(Quantity other)
    {
        count_ -= other.count_;
        return *this;
    }
    /// Multiplies by a bare number.
    constexpr Quantity& operator*=(Rep factor)
    {
        count_ *= factor;
        return *this;
    }

    /// Sum of like quantities.
    friend constexpr Quantity operator+(Quantity a, Quantity b) { return a += b; }
    /// Difference of like quantities; may be negative.
    friend constexpr Quantity operator-(Quantity a, Quantity b) { return a -= b; }
    /// So many times the quantity.
    friend constexpr Quantity operator*(Quantity a, Rep factor) { return a *= factor; }
    /// So many times the quantity.
    friend constexpr Quantity operator*(Rep factor, Quantity a) { return a *= factor; }
    /// Like over like is a plain number, not rounded; infinite or NaN where `b` is zero.
    friend constexpr double operator/(Quantity a, Quantity b)
    {
        return static_cast<double>(a.count_) / static_cast<double>(b.count_);
    }

    /// Compares the counts.
    friend constexpr bool operator==(Quantity a, Quantity b) { return a.count_ == b.count_; }
    /// Compares the counts.
    friend constexpr bool operator!=(Quantity a, Quantity b) { return a.count_ != b.count_; }
    /// Compares the counts.
    friend constexpr bool operator<(Quantity a, Quantity b) { return a.count_ < b.count_; }
    /// Compares the counts.
    friend constexpr bool operator<=(Quantity a, Quantity b) { return a.count_ <= b.count_; }
    /// Compares the counts.
    friend constexpr bool operator>(Quantity a, Quantity b) { return a.count_ > b.count_; }
    /// Compares the counts.
    friend constexpr bool operator>=(Quantity a, Quantity b) { return a.count_ >= b.count_; }

private:
    Rep count_{};
};

/// Dimension of information.
struct BitsTag {
    static constexpr const char* symbol = "bit";  ///< printed after the count
};
/// Dimension of time, in periods of the accelerator's clock.
struct CyclesTag {
    static constexpr const char* symbol = "cycles";  ///< printed after the count
};
/// Dimension of memory traffic.
struct AccessesTag {
    static constexpr const char* symbol = "accesses";  ///< printed after the count
};
/// Dimension of energy.
struct PicojoulesTag {
    static constexpr const char* symbol = "pJ";  ///< printed after the count
};

/// Amount of data or size of a memory, in bits.
using Bits = Quantity<BitsTag, std::int64_t>;
/// Time in whole clock cycles.
using Cycles = Quantity<CyclesTag, std::int64_t>;
/// Full-width words moved; fractional where a port's granule is narrower than its word.
using Accesses = Quantity<AccessesTag, double>;
/// Energy in picojoules.
using Picojoules = Quantity<PicojoulesTag, double>;

/// 8 bits each.
constexpr Bits bytes(std::int64_t n) { return Bits{8 * n}; }
/// 1,024 bytes each.
constexpr Bits kibibytes(std::int64_t n) { return bytes(1024 * n); }
/// 1,024 kibibytes each.
constexpr Bits mebibytes(std::int64_t n) { return kibibytes(1024 * n); }

/// Quotient of positive integers, rounded up. \pre `divisor > 0`, `dividend >= 0`
constexpr std::int64_t divide_up(std::int64_t dividend, std::int64_t divisor)
{
    assert(divisor > 0 && dividend >= 0);
    return (dividend + divisor - 1) / divisor;
}

/// Rounding error of a quotient of loop sizes, such as 46 / 12: their own is below 1e-12, and no true remainder is as small.
inline constexpr double kQuotientNoise = 1e-9;
/// Rounding error of cycles that are summed up from fractions: up to 1e9 cycles of 16 digits each.
inline constexpr double kSumNoise = 1e-6;

/// The least whole number that is not below `value`. `value` is computed: what it exceeds a whole number by, up to `noise`,
/// is an error of that computation and does not count. 34 / (34 / 7.0) is more than 7, and rounds to 7.
inline std::int64_t round_up(double value, double noise) { return static_cast<std::int64_t>(std::ceil(value - noise)); }

/// Cycles that a port of `width` per cycle needs for `amount`, rounded up to whole cycles.
constexpr Cycles transfer_cycles(Bits amount, Bits width) { return Cycles{divide_up(amount.count(), width.count())}; }

/// Prints count and unit: "12 bit", "3 cycles".
template <class Dimension, class Rep>
std::ostream& operator<<(std::ostream& out, Quantity<Dimension, Rep> quantity)
{
    return out << quantity.count() << ' ' << Dimension::symbol;
}

}  // namespace plumbline
#pragma GCC visibility pop
