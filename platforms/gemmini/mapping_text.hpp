// SPDX-License-Identifier: Apache-2.0
// Reads a mapping as the rows write it: "L3[WIO] K48 - L2[WI] N1 K16X - L1[O] C48 P16 C16X - L0[W] P8".
//
// Loops lie per level from the outside in; X marks those that are unrolled over the array. L3 is main memory: its loops run
// over tiles. What lies below is a tile.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "rows.hpp"

namespace plumbline::gemmini {

inline constexpr std::array<Dim, kDims> kAllDims{Dim::n, Dim::k, Dim::c, Dim::p, Dim::q, Dim::r, Dim::s};

/// 'N', 'K', 'C', 'P', 'Q', 'R' or 'S'.
char letter_of(Dim dim);

/// What is wrong with a mapping, as the rest of a sentence that begins with its place.
struct MappingError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A whole number above 0 that all of the text is, and that fits.
std::optional<std::int64_t> whole_number(std::string_view text);

/// \throws MappingError
Mapping parse_mapping(std::string_view text);

}  // namespace plumbline::gemmini
