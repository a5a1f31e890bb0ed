// SPDX-License-Identifier: Apache-2.0
// Accelerators that nobody chose, and rules that unroll anything over their arrays: registers beside MACs, local memories
// that are replicated along some dimensions, buffers that operands share or have to themselves, and off-chip memory.
//
// Tiny ones have memories of a few words, so that most plans are tight; usual ones have arrays and memories in the
// proportions of hardware: ports as wide as the lanes behind them, or a part of that, and latencies.
//
//     const GeneratedAccelerator drawn = generated_accelerator(7, Extent::usual);
#pragma once

#include <cstdint>

#include "plumbline/accelerator.hpp"
#include "plumbline/mapping.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// How large what is drawn may be.
enum class Extent : std::uint8_t {
    tiny,   ///< so that every count can be taken feature by feature
    usual,  ///< so that latencies are thousands of cycles
};

/// An accelerator, and how layers are laid out on it.
struct GeneratedAccelerator {
    Accelerator accelerator;  ///< of 2 to 6 levels of memory
    MappingRules rules;       ///< any loop dimension over any array dimension
};

/// The same for the same seed and extent.
GeneratedAccelerator generated_accelerator(std::uint64_t seed, Extent extent);

}  // namespace plumbline::validate
#pragma GCC visibility pop
