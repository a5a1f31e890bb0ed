// SPDX-License-Identifier: Apache-2.0
#include "cost/uniform/reuse.hpp"

#include <cmath>

#include "cost/layer/loop_elements.hpp"

namespace plumbline::detail::uniform {
namespace {

std::int64_t whole(const LoopElements& block)
{
    return static_cast<std::int64_t>(std::nearbyint(block.elements(Spans::truncated)));
}

std::int64_t top_product(const LoopCut& cut, std::size_t level, const OperandFacts& facts,
                         bool (OperandFacts::*belongs)(LoopDim) const)
{
    std::int64_t product = 1;
    for (std::size_t i = cut.cut[level + 1]; i > cut.cut[level]; --i) {
        if (!(facts.*belongs)(cut.loops[i - 1].dim)) break;
        product *= cut.loops[i - 1].size;
    }
    return product;
}

/// Iterations for which the MACs keep what they have read: those of the innermost loops that leave it as it is.
std::int64_t cycles_at_macs(const OperandFacts& facts, const LoopCut& cut)
{
    std::int64_t cycles = 1;
    if (!facts.kept) return cycles;
    for (std::size_t i = 0; i < cut.cut[1] && (facts.irrelevant(cut.loops[i].dim) || cut.loops[i].size == 1); ++i)
        cycles *= cut.loops[i].size;
    return cycles;
}

/// Sums reaching array level `a` are partial when a loop that accumulates runs at a memory level above it, in time or
/// in space.
void mark_partial_sums(Reuse& reuse, const OperandFacts& facts, const LoopCut& cut)
{
    bool accumulates = false;
    for (std::size_t level = facts.levels; level-- > 0;) {
        for (const SpatialLoop& loop : facts.spatial[level + 1])
            accumulates = accumulates || (facts.irrelevant(loop.dim) && loop.size > 1);
        for (std::size_t i = cut.cut[level]; i < cut.cut[level + 1]; ++i)
            accumulates = accumulates || (facts.irrelevant(cut.loops[i].dim) && cut.loops[i].size > 1);
        reuse.partial[level] = accumulates;
    }
    reuse.partial[facts.levels] = false;
}

}  // namespace

LoopCut stationary(const OperandFacts& facts, LoopCut cut)
{
    for (std::size_t level = 1; level < facts.levels; ++level)
        while (cut.cut[level] < cut.count && facts.irrelevant(cut.loops[cut.cut[level]].dim)) ++cut.cut[level];
    return cut;
}

Reuse analyse_reuse(const OperandFacts& facts, const LoopCut& cut)
{
    Reuse reuse;
    LoopElements average{facts};
    LoopElements lanes{facts};
    reuse.elements[0] = reuse.lane_elements[0] = 1;
    reuse.cycles[0] = cycles_at_macs(facts, cut);
    reuse.top_relevant[0] = reuse.top_irrelevant[0] = 1;
    for (std::size_t level = 0; level < facts.levels; ++level) {
        for (std::size_t i = cut.cut[level]; i < cut.cut[level + 1]; ++i) {
            const TemporalLoop& loop = cut.loops[i];
            average.add(loop.dim, static_cast<double>(loop.size));
            lanes.add(loop.dim, static_cast<double>(loop.size));
            reuse.iterations *= loop.size;
        }
        for (const SpatialLoop& loop : facts.spatial[level]) {
            average.add(loop.dim, loop.size);
            lanes.add(loop.dim, static_cast<double>(whole_lanes(loop)));
        }
        reuse.elements[level + 1] = whole(average);
        reuse.lane_elements[level + 1] = whole(lanes);
        reuse.cycles[level + 1] = reuse.iterations;
        reuse.top_relevant[level + 1] = top_product(cut, level, facts, &OperandFacts::relevant);
        reuse.top_irrelevant[level + 1] = top_product(cut, level, facts, &OperandFacts::irrelevant);
    }
    if (facts.output) mark_partial_sums(reuse, facts, cut);
    return reuse;
}

}  // namespace plumbline::detail::uniform
