// SPDX-License-Identifier: Apache-2.0
// Loop dimensions as descriptions write them: by the names of plumbline/loops.hpp, or numbered.
//
// ZigZag's example of a matrix product numbers its dimensions: `O[d0][d1]+=I[d0][d2]*W[d2][d1]`. A workload and the
// mapping for it must agree on what a number means without knowing each other, so numbers have one meaning: D0 is OX
// (positions), D1 is K (outputs), D2 is C (what is summed over), as of a 1x1 convolution on one row.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "plumbline/loops.hpp"

namespace plumbline::io {

inline constexpr std::string_view kLoopDimNames = "B, G, K, C, OY, OX, FY or FX";
inline constexpr std::string_view kNumberedProduct = "O[d0][d1]+=I[d0][d2]*W[d2][d1]";

/// A numbered dimension and which operands it indexes.
struct NumberedDim {
    std::string_view name;
    LoopDim dim = LoopDim::ox;
    bool output = false;
    bool weight = false;
    bool input = false;
};

inline constexpr std::array<NumberedDim, 3> kNumberedDims{{{"D0", LoopDim::ox, true, false, true},
                                                           {"D1", LoopDim::k, true, true, false},
                                                           {"D2", LoopDim::c, false, true, true}}};

/// Null for a name that is no number; either case.
const NumberedDim* numbered_dim(std::string_view name);
/// Either case; nothing for a name that is no loop dimension.
std::optional<LoopDim> written_loop_dim(std::string_view name);

}  // namespace plumbline::io
