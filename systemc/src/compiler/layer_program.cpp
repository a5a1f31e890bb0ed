// SPDX-License-Identifier: Apache-2.0
#include "compiler/layer_program.hpp"

#include <algorithm>

namespace plumbline::sim {

std::int64_t cycles_alone(const Transfer& transfer)
{
    std::int64_t most = 0;
    for (PortUse use : transfer.uses) most = std::max(most, use.slots);
    return most;
}

/// Of a visit and the one before.
Sums LinkProgram::sums(std::int64_t index) const
{
    return blocks.sums(index < visits() && fills[static_cast<std::size_t>(index)] != kNoTransfer);
}

/// Fine links below are done with all of a block only when its visit is over.
std::int64_t LinkProgram::drain_after(std::int64_t index) const
{
    return blocks.drain_after(index, above_fine ? Sums::stay_apart : sums(index + 1));
}

std::int64_t LinkProgram::drained_before(std::int64_t iteration) const
{
    return blocks.drained_before(iteration, sums(blocks.over_before(iteration)));
}

}  // namespace plumbline::sim
