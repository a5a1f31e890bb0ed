// SPDX-License-Identifier: Apache-2.0
#include "cost/differences/assumption_chain.hpp"

#include <algorithm>
#include <cmath>

#include "cost/differences/unrounded_accesses.hpp"
#include "cost/refined/accesses.hpp"
#include "cost/uniform/accesses.hpp"

namespace plumbline::detail {
namespace {

using refined::SumMoves;
using uniform::LinkTransfers;

/// Why the countings before and after a link differ.
constexpr std::array<AccessCause, kChainLinks> kCauseOfLink{
    AccessCause::link_rounding,       // transfers in one piece
    AccessCause::granule_rounding,    // to the bit
    AccessCause::fractional_edges,    // averages are real numbers
    AccessCause::halo,                // spans are not truncated
    AccessCause::fractional_edges,    // whole lanes, and iterations as they are
    AccessCause::granule_rounding,    // granules of each block
    AccessCause::halo,                // windows stay
    AccessCause::last_partial_sum,    // finished sums are narrow
    AccessCause::shared_partial_sum,  // sums come back once
    AccessCause::first_partial_sum    // and not before the first
};

/// What is lost from one counting to the next; real numbers that differ in their last digits are equal.
double change(double before, double after)
{
    constexpr double kSame = 1e-12;
    return std::abs(before - after) <= kSame * std::abs(before) ? 0 : before - after;
}

/// Ports that access single bits: amounts of data, which are whole bits, are not rounded.
OperandFacts to_the_bit(OperandFacts facts)
{
    for (LevelFacts& level : facts.level)
        for (Direction d : kAllDirections) level.granule[d] = std::min<std::int64_t>(level.granule[d], 1);
    return facts;
}

}  // namespace

AccessChain access_chain(const OperandFacts& facts, const refined::OperandLanes& lanes, const LoopCut& cut)
{
    const LoopCut still = uniform::stationary(facts, cut);
    const uniform::Reuse reuse = uniform::analyse_reuse(facts, still);
    const uniform::Transfers transfers = uniform::transfers_of(facts, reuse);
    const OperandFacts bits = to_the_bit(facts);
    const auto counted = [&](const OperandFacts& by, bool windows_stay, SumMoves sums) {
        return refined::accesses(by, lanes, cut, {windows_stay, sums, reuse.partial});
    };
    return {uniform::accesses(facts, transfers, uniform::link_transfers(facts)),
            uniform::accesses(facts, transfers, LinkTransfers::whole),
            uniform::accesses(bits, transfers, LinkTransfers::whole),
            unrounded_accesses(facts, still, transfers, Spans::truncated),
            unrounded_accesses(facts, still, transfers, Spans::exact),
            counted(bits, false, SumMoves::averaged),
            counted(facts, false, SumMoves::averaged),
            counted(facts, true, SumMoves::averaged),
            counted(facts, true, SumMoves::last_is_final),
            counted(facts, true, SumMoves::reloaded_once),
            counted(facts, true, SumMoves::exact)};
}

ChainCauses causes(const AccessChain& chain)
{
    ChainCauses causes{};
    for (std::size_t link = 0; link < kChainLinks; ++link)
        for (std::size_t level = 0; level < kMaxLevels; ++level)
            for (Direction d : kAllDirections)
                causes[level][d][kCauseOfLink[link]] += change(chain[link][level][d], chain[link + 1][level][d]);
    return causes;
}

}  // namespace plumbline::detail
