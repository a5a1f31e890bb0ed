// SPDX-License-Identifier: Apache-2.0
// How long a mapped layer takes: stalls of the busiest port while computing, loading before, offloading after.
//
// ZigZag's uniform latency model (Mei et al., DATE 2022): each transfer has a real and an allowed duration per period; a
// port that serves several adds up their stalls and what they cannot hide in the union of their windows; ports work in
// parallel.
#pragma once

#include "cost/layer/decided_links.hpp"
#include "cost/layer/latency_terms.hpp"
#include "cost/layer/layer_facts.hpp"
#include "cost/uniform/transfer.hpp"

namespace plumbline::detail::uniform {

LatencyTerms latency(const LayerFacts& layer, const MappedOperands& mapped);

/// Cycles that no mapping is below which has the links that are decided, whatever lies outside of them. Windows are taken to be as
/// long as the periods: a port stalls by what each transfer takes beyond its period, and by what all take beyond all cycles.
std::int64_t least_latency(const LayerFacts& layer, const MappedOperands& mapped, const DecidedLinks& decided);

}  // namespace plumbline::detail::uniform
