// SPDX-License-Identifier: Apache-2.0
// Which memory is too small for a layer, whatever the order of its loops?
//
// The least that a memory must hold: one element of each operand that passes through it, and all of those that it is the highest
// level of. Where that is too much for one, no search finds anything. The innermost such memory is named, since those further out
// are not what is wrong.
//
//     if (const auto shortage = innermost_shortage(problem)) reason << text_of(*shortage, accelerator);
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plumbline/mapping_problem.hpp"

namespace plumbline::detail {

/// One operand's part in what a memory must hold.
struct LeastBlock {
    std::string operand;
    Bits size{};
    bool partial_sum = false;  ///< of an output that is accumulated over time
    bool whole = false;        ///< the operand's highest level: all of the tile
    bool output = false;
    bool constant = false;  ///< weights
};

struct Shortage {
    MemoryId memory = 0;
    Bits taken{};  ///< by others: caches, weights that stay, maps of other layers
    std::vector<LeastBlock> blocks;
};

/// Nothing where each memory has that much space, although the search may still find no order that fits.
/// \pre accelerator, layer and rule of the problem are there
std::optional<Shortage> innermost_shortage(const MappingProblem& problem);

/// "reg_o has 16 bit, but needs at least 32 bit (a partial sum of O: 32 bit)", and where a memory of a single operand is too narrow for
/// one element of it: how wide those may be, and what says so of a network.
std::string text_of(const Shortage& shortage, const Accelerator& accelerator);

}  // namespace plumbline::detail
