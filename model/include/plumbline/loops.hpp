// SPDX-License-Identifier: Apache-2.0
// Loop dimensions of a layer and sizes along them: the coordinates in which layers, tiles and mappings are written.
//
// A convolution runs over B (batch), G (groups), K (output channels), C (input channels), OY and OX (output rows and
// columns), FY and FX (filter rows and columns). Other operators use a subset.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#pragma GCC visibility push(default)
namespace plumbline {

enum class LoopDim : std::uint8_t { b, g, k, c, oy, ox, fy, fx };

inline constexpr std::size_t kLoopDims = 8;
inline constexpr std::array<LoopDim, kLoopDims> kAllLoopDims{LoopDim::b,  LoopDim::g,  LoopDim::k,  LoopDim::c,
                                                             LoopDim::oy, LoopDim::ox, LoopDim::fy, LoopDim::fx};

/// "B", "G", "K", "C", "OY", "OX", "FY" or "FX".
std::string_view name_of(LoopDim dim);
/// Either case; nothing for a name that is no loop dimension.
std::optional<LoopDim> loop_dim_named(std::string_view name);

/// One value per loop dimension.
template <class T>
class PerLoopDim {
public:
    constexpr T& operator[](LoopDim dim) { return values_[static_cast<std::size_t>(dim)]; }
    constexpr const T& operator[](LoopDim dim) const { return values_[static_cast<std::size_t>(dim)]; }
    static constexpr PerLoopDim filled(const T& value)
    {
        PerLoopDim all{};
        for (auto& each : all.values_) each = value;
        return all;
    }
    friend bool operator==(const PerLoopDim& a, const PerLoopDim& b) { return a.values_ == b.values_; }
    friend bool operator!=(const PerLoopDim& a, const PerLoopDim& b) { return !(a == b); }
    friend bool operator<(const PerLoopDim& a, const PerLoopDim& b) { return a.values_ < b.values_; }

private:
    std::array<T, kLoopDims> values_{};
};

/// Iterations along each loop dimension; 1 where a layer does not use it.
using LoopSizes = PerLoopDim<std::int64_t>;
inline constexpr LoopSizes kUnitLoopSizes = LoopSizes::filled(1);

/// Product over all dimensions.
std::int64_t volume(const LoopSizes& sizes);

/// A set of loop dimensions.
class DimSet {
public:
    constexpr DimSet() = default;
    constexpr void insert(LoopDim dim) { mask_ |= bit(dim); }
    constexpr bool contains(LoopDim dim) const { return (mask_ & bit(dim)) != 0; }
    friend constexpr bool operator==(DimSet a, DimSet b) { return a.mask_ == b.mask_; }

private:
    static constexpr std::uint8_t bit(LoopDim dim)
    {
        return static_cast<std::uint8_t>(1U << static_cast<unsigned>(dim));
    }
    std::uint8_t mask_ = 0;
};

}  // namespace plumbline
#pragma GCC visibility pop
