// SPDX-License-Identifier: Apache-2.0
// How long a mapped layer takes on a machine of whole lanes that fetches blocks, with one of them or two at each level.
//
// Loop by loop outwards: iterations below a loop run as often as it advances, and each advance costs what its change of
// blocks costs (block_stall.hpp). model/docs/refined_latency.md derives it.
#pragma once

#include "cost/layer/decided_links.hpp"
#include "cost/layer/latency_terms.hpp"
#include "cost/layer/loop_cuts.hpp"
#include "cost/refined/model.hpp"
#include "plumbline/capacity_range.hpp"

namespace plumbline::detail::refined {

/// Allocates only where a memory is replicated along a sliding axis
/// \param ranges null, or narrowed to the space with which as many blocks have room
LatencyTerms latency(const Model& model, const LoopCuts& cuts, CapacityRanges* ranges = nullptr);

/// Cycles of an input's first fills, or of the output's last drains. What keeps no port busy is not waited for.
LinkCycles first_or_last(const Model& model, const LoopCut& cut, std::size_t operand);

/// Cycles that no mapping is below which has the links that are decided, whatever lies outside of them: what its iterations take
/// without a stall, first blocks of the inputs side by side, and last ones of the outputs.
std::int64_t least_latency(const Model& model, const LoopCuts& cuts, const DecidedLinks& decided);

}  // namespace plumbline::detail::refined
