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

/// A loop of a layer's loop nest, by what it runs over.
enum class LoopDim : std::uint8_t {
    b,   ///< batch
    g,   ///< groups
    k,   ///< output channels (of a group)
    c,   ///< input channels (of a group)
    oy,  ///< output rows
    ox,  ///< output columns
    fy,  ///< filter rows
    fx,  ///< filter columns
};

/// How many loop dimensions there are.
inline constexpr std::size_t kLoopDims = 8;
/// All of them, outermost first in the notation of convolutions.
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
    /// Value of a loop dimension.
    constexpr T& operator[](LoopDim dim) { return values_[static_cast<std::size_t>(dim)]; }
    /// Value of a loop dimension.
    constexpr const T& operator[](LoopDim dim) const { return values_[static_cast<std::size_t>(dim)]; }
    /// The same value for all.
    static constexpr PerLoopDim filled(const T& value)
    {
        PerLoopDim all{};
        for (auto& each : all.values_) each = value;
        return all;
    }
    /// All values equal.
    friend bool operator==(const PerLoopDim& a, const PerLoopDim& b) { return a.values_ == b.values_; }
    /// Some value differs.
    friend bool operator!=(const PerLoopDim& a, const PerLoopDim& b) { return !(a == b); }
    /// Lexicographic in the order of the enumerators, for use as a key.
    friend bool operator<(const PerLoopDim& a, const PerLoopDim& b) { return a.values_ < b.values_; }

private:
    std::array<T, kLoopDims> values_{};
};

/// Iterations along each loop dimension; 1 where a layer does not use it.
using LoopSizes = PerLoopDim<std::int64_t>;
/// A layer of a single iteration.
inline constexpr LoopSizes kUnitLoopSizes = LoopSizes::filled(1);

/// Iterations of the whole loop nest: the product over all dimensions. \pre it fits int64
std::int64_t volume(const LoopSizes& sizes);

/// A set of loop dimensions.
class DimSet {
public:
    /// The empty set.
    constexpr DimSet() = default;
    /// Adds a dimension, which may be in the set.
    constexpr void insert(LoopDim dim) { mask_ |= bit(dim); }
    /// Whether a dimension is in the set.
    constexpr bool contains(LoopDim dim) const { return (mask_ & bit(dim)) != 0; }
    /// The same dimensions.
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
