// SPDX-License-Identifier: Apache-2.0
// All mappings of a layer, one by one: every order of its loops, and every way to cut it for each operand. What fits is counted
// index by index.
#pragma once

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "cost/layer_evaluation.hpp"
#include "mapper/orders/loop_allocation.hpp"
#include "mapper/orders/loop_order.hpp"

namespace plumbline::test {

class AllMappings {
public:
    AllMappings(const detail::CostModel& model, const detail::SharedMemories& memories, detail::LoopOrder order)
        : layer_{model.layer()},
          memories_{memories},
          order_{std::move(order)}
    {}

    /// How many there are, whether they fit or not, unless that is more than `most`.
    std::int64_t count(std::int64_t most) const
    {
        std::int64_t all = 1;
        const auto loops = static_cast<std::int64_t>(order_.loops.size());
        for (std::int64_t i = 2; i <= loops; ++i) all *= i;
        for (std::size_t i = 0; i < layer_.operands; ++i)
            for (std::size_t cut = 1; cut < layer_.operand[i].levels && all <= most; ++cut) all *= loops + 1;
        return all;
    }

    /// Calls `visit(cuts)` for each that fits.
    template <class Visit>
    void visit(Visit visit)
    {
        std::vector<TemporalLoop>& loops = order_.loops;
        do {
            for (std::size_t i = 0; i < layer_.operands; ++i) {
                cuts_[i].loops = loops.data();
                cuts_[i].count = loops.size();
                cuts_[i].cut.fill(0);
                cuts_[i].cut[layer_.operand[i].levels] = loops.size();
            }
            visit_cuts(0, 1, visit);
        } while (std::next_permutation(loops.begin(), loops.end(), detail::before));
    }

private:
    template <class Visit>
    void visit_cuts(std::size_t operand, std::size_t level, Visit& visit)
    {
        if (operand == layer_.operands) {
            if (fits()) visit(cuts_);
            return;
        }
        if (level >= layer_.operand[operand].levels) return visit_cuts(operand + 1, 1, visit);
        for (std::size_t cut = cuts_[operand].cut[level - 1]; cut <= order_.loops.size(); ++cut) {
            cuts_[operand].cut[level] = cut;
            visit_cuts(operand, level + 1, visit);
        }
    }

    bool fits() const
    {
        return std::all_of(memories_.memories.begin(), memories_.memories.end(), [&](const auto& memory) {
            std::int64_t all = 0;
            bool alone = true;
            bool takes_none = true;
            for (const detail::OperandLevel& level : memory.levels) {
                const std::int64_t bits = bits_at(level);
                all += bits;
                alone = alone && bits <= memory.capacity;
                const auto& cut = cuts_[level.operand].cut;
                takes_none = takes_none && cut[level.level] == cut[level.level + 1];
            }
            const bool may_overflow =
                memories_.policy == CapacityPolicy::optimistic && memory.innermost() && takes_none;
            return all <= memory.capacity || (may_overflow && alone);
        });
    }

    std::int64_t bits_at(const detail::OperandLevel& level) const
    {
        const detail::OperandFacts& facts = layer_.operand[level.operand];
        const detail::LoopCut& cut = cuts_[level.operand];
        bool partial = false;
        for (std::size_t i = cut.cut[level.level]; i < cut.count; ++i)
            partial = partial || facts.irrelevant(cut.loops[i].dim);
        return elements(level) * (partial ? facts.precision : facts.final_precision);
    }

    std::int64_t elements(const detail::OperandLevel& level) const
    {
        const detail::OperandFacts& facts = layer_.operand[level.operand];
        std::int64_t product = 1;
        for (LoopDim dim : kAllLoopDims)
            if (facts.relevant(dim)) product *= static_cast<std::int64_t>(indices(level, dim).size());
        for (const SlidingAxis& axis : facts.operand->sliding) {
            std::set<std::int64_t> features;
            for (std::int64_t position : indices(level, axis.position))
                for (std::int64_t offset : indices(level, axis.window))
                    features.insert(axis.stride * position + axis.dilation * offset);
            product *= static_cast<std::int64_t>(features.size());
        }
        return product;
    }

    /// Along a dimension, of the first instance; `optimistic`: as many in a row as there are on average, rounded up.
    std::vector<std::int64_t> indices(const detail::OperandLevel& level, LoopDim dim) const
    {
        const detail::OperandFacts& facts = layer_.operand[level.operand];
        const detail::LoopCut& cut = cuts_[level.operand];
        std::int64_t steps = 1;
        for (std::size_t i = 0; i < cut.cut[level.level + 1]; ++i)
            if (cut.loops[i].dim == dim) steps *= cut.loops[i].size;
        double average = static_cast<double>(steps);
        std::int64_t inside = 1;
        std::int64_t lanes = 1;
        for (std::size_t at = 0; at <= facts.levels; ++at)
            for (const SpatialLoop& loop : facts.spatial[at]) {
                if (loop.dim != dim) continue;
                lanes *= whole_lanes(loop);
                if (at > level.level) continue;
                inside *= whole_lanes(loop);
                average *= loop.size;
            }
        std::vector<std::int64_t> all;
        if (memories_.policy == CapacityPolicy::optimistic) {
            for (std::int64_t i = 0; i < round_up(average, kQuotientNoise); ++i) all.push_back(i);
            return all;
        }
        for (std::int64_t step = 0; step < steps; ++step)
            for (std::int64_t lane = 0; lane < inside; ++lane)
                if (lane + lanes * step < layer_.sizes[dim]) all.push_back(lane + lanes * step);
        return all;
    }

    const detail::LayerFacts& layer_;
    const detail::SharedMemories& memories_;
    detail::LoopOrder order_;
    detail::LoopCuts cuts_;
};

}  // namespace plumbline::test
