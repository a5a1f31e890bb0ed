// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/estimate.hpp"

#include "cost/refined/accesses.hpp"
#include "cost/refined/latency.hpp"

namespace plumbline::detail::refined {

OperandAccesses Estimate::accesses(std::size_t operand) const
{
    return refined::accesses(model_.layer.operand[operand], model_.lanes.operand[operand], cuts_[operand]);
}

LatencyTerms Estimate::latency(CapacityRanges* ranges) const { return refined::latency(model_, cuts_, ranges); }

}  // namespace plumbline::detail::refined
