// SPDX-License-Identifier: Apache-2.0
// What Gemmini's RTL was given to compute, and what it took: a row of one of the two files beside this one.
//
// A shape is a convolution of `p` x `q` outputs and a window of `r` x `s`; a matrix product is one with a single column and
// a window of 1. A mapping says what a tile spans and in which order tiles follow each other; the hardware's own tiler
// knows its own order.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <plumbline/units.hpp>

namespace plumbline::gemmini {

/// What loops run over, in the letters of the rows: P along x, Q along y, R and S within the window.
enum class Dim : std::uint8_t { n, k, c, p, q, r, s };
inline constexpr std::size_t kDims = 7;

/// One number per dimension.
class Extents {
public:
    std::int64_t& operator[](Dim dim) { return values_[static_cast<std::size_t>(dim)]; }
    std::int64_t operator[](Dim dim) const { return values_[static_cast<std::size_t>(dim)]; }
    friend bool operator<(const Extents& a, const Extents& b) { return a.values_ < b.values_; }
    friend bool operator==(const Extents& a, const Extents& b) { return a.values_ == b.values_; }

private:
    std::array<std::int64_t, kDims> values_{1, 1, 1, 1, 1, 1, 1};
};

struct Shape {
    Extents sizes;
    std::int64_t stride_p = 1, stride_q = 1;

    /// A product of p x c by c x k, for which Gemmini has a library function of its own.
    bool matrix_product() const;
};

/// "1x64x64 56x56 3x3 stride 1": batch, K, C, outputs, window.
std::string name_of(const Shape& shape);

struct TileLoop {
    Dim dim = Dim::n;
    std::int64_t size = 1;
};

/// What a row says of its mapping.
struct Mapping {
    Extents tile;                           ///< iterations below main memory
    std::vector<TileLoop> loops;            ///< over tiles, outermost first
    std::int64_t lanes_k = 1, lanes_c = 1;  ///< of the array, of 16 each
};

struct Row {
    int line = 0;  ///< of its file
    Shape shape;
    std::string mapping_text;
    Mapping mapping;
    Cycles cycles{};                     ///< under the mapping
    std::optional<Extents> own_tile;     ///< that the hardware's tiler chose
    std::optional<Cycles> own_cycles;    ///< under it
    std::optional<Cycles> their_cycles;  ///< that the authors' analytical model predicts for the mapping
};

/// Rows of `buffers.csv` or `mappings.csv`, which lacks what is optional in a Row.
/// \throws InputError naming file, line and column, and what was expected
std::vector<Row> read_rows(const std::string& path);

}  // namespace plumbline::gemmini
