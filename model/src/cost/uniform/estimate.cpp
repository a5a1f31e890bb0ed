// SPDX-License-Identifier: Apache-2.0
#include "cost/uniform/estimate.hpp"

#include "cost/uniform/accesses.hpp"
#include "cost/uniform/latency.hpp"

namespace plumbline::detail::uniform {

OperandAccesses Estimate::accesses(std::size_t operand)
{
    const OperandFacts& facts = layer_.operand[operand];
    return uniform::accesses(facts, mapped()[operand].transfers, link_transfers(facts));
}

LatencyTerms Estimate::latency(const CapacityRanges* /*ranges*/) { return uniform::latency(layer_, mapped()); }

const MappedOperands& Estimate::mapped()
{
    if (!mapped_) mapped_ = map_operands(layer_, cuts_);
    return *mapped_;
}

}  // namespace plumbline::detail::uniform
