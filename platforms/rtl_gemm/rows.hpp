// SPDX-License-Identifier: Apache-2.0
// What the RTL design was given to compute, and what it took: a row of one of the two files beside this one.
//
// Matrices are A[m, k] and B[k, n]; their product has m x n elements. Sizes and tiles are in elements, which are 16-bit words;
// tiles divide their sizes. In a fused pair the second product's A is the first product, of which a tile has all columns.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <plumbline/units.hpp>

namespace plumbline::rtl {

inline constexpr Bits kWord{16};
inline constexpr std::int64_t kArray = 16;  ///< rows of A, and of the reduction, at once

struct Gemm {
    std::int64_t m = 0, n = 0, k = 0;
    std::int64_t tile_m = 0, tile_n = 0, tile_k = 0;
};

struct GemmRow {
    Gemm gemm;
    Cycles cycles{};
};

/// Over the four links of the machine.
struct RtlTraffic {
    Bits memory_to_buffer{};
    Bits buffer_to_memory{};
    Bits buffer_to_registers{};
    Bits registers_to_buffer{};
};

struct FusedRow {
    Gemm first, second;
    Cycles cycles{};
    RtlTraffic traffic;
};

/// \throws InputError naming file, line and column where a number is missing or is none, or tiles do not fit
std::vector<GemmRow> read_gemm_rows(const std::string& path);
std::vector<FusedRow> read_fused_rows(const std::string& path);

/// "gemm 64x32x128, tiles 16x16x32".
std::string name_of(const GemmRow& row);
std::string name_of(const FusedRow& row);

}  // namespace plumbline::rtl
