// SPDX-License-Identifier: Apache-2.0
// Countings of one operand's accesses from `uniform` to `refined`, each with one assumption less.
//
// The order is fixed: what rounds averages goes first, then the averages go themselves, then blocks get granules of their
// own, and last comes what a machine does not move. model/docs/differences.md lists them.
#pragma once

#include "cost/layer/loop_cuts.hpp"
#include "cost/layer/operand_accesses.hpp"
#include "cost/refined/blocks/lanes.hpp"
#include "plumbline/access_causes.hpp"

namespace plumbline::detail {

inline constexpr std::size_t kChainLinks = 10;
/// Words from `uniform` (front) to `refined` (back).
using AccessChain = std::array<OperandAccesses, kChainLinks + 1>;

AccessChain access_chain(const OperandFacts& facts, const refined::OperandLanes& lanes, const LoopCut& cut);

/// Per level and direction: `uniform` less `refined`, by cause.
using ChainCauses = std::array<PerDirection<PerAccessCause<double>>, kMaxLevels>;

ChainCauses causes(const AccessChain& chain);

}  // namespace plumbline::detail
