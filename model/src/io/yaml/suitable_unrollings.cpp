// SPDX-License-Identifier: Apache-2.0
#include "yaml/suitable_unrollings.hpp"

#include <algorithm>

namespace plumbline::io {
namespace {

/// Of a convolution, by the memory operand that it is usually linked to.
bool indexes(LoopDim dim, MemoryOperand operand)
{
    switch (dim) {
        case LoopDim::g: return true;
        case LoopDim::k: return operand != MemoryOperand::i1;
        case LoopDim::c:
        case LoopDim::fx:
        case LoopDim::fy: return operand != MemoryOperand::o;
        case LoopDim::b:
        case LoopDim::ox:
        case LoopDim::oy: break;
    }
    return operand != MemoryOperand::i2;
}

/// Lanes along an array dimension that share a register want the same word in it: no loop over them that tells words apart. A memory that
/// all lanes share gives each its own.
bool suits(LoopDim dim, const Accelerator& accelerator, std::size_t array_dimension)
{
    for (const MemoryOperand operand : {MemoryOperand::i1, MemoryOperand::i2, MemoryOperand::o}) {
        const std::vector<MemoryId>& levels = accelerator.levels(operand);
        if (levels.empty() || !indexes(dim, operand)) continue;
        const auto& served = accelerator.memory(levels.front()).served_dimensions;
        const bool shared = std::find(served.begin(), served.end(), array_dimension) != served.end();
        if (shared && served.size() < accelerator.array().dimensions.size()) return false;
    }
    return true;
}

}  // namespace

std::vector<Unrolling> suitable_unrollings(const Accelerator& accelerator)
{
    std::vector<Unrolling> all;
    const std::vector<ArrayDimension>& dimensions = accelerator.array().dimensions;
    for (std::size_t i = 0; i < dimensions.size(); ++i)
        for (const LoopDim dim :
             {LoopDim::k, LoopDim::c, LoopDim::ox, LoopDim::oy, LoopDim::g, LoopDim::fx, LoopDim::fy, LoopDim::b})
            if (suits(dim, accelerator, i)) all.push_back({dimensions[i].name, dim, kAsFarAsItFits});
    return all;
}

}  // namespace plumbline::io
