// SPDX-License-Identifier: Apache-2.0
// What does one operand cost under an order of loops, as soon as the loops that are known decide it?
//
// What crosses a link depends on which loops lie below its cut, not on their order: loops directly outside that leave the block in
// place count as if they lay below. Under `refined`, loops outside of that along one sliding axis may leave a part of the
// block in place. So there are few energies, and many orders that have them: each is computed once.
//
//     OperandEnergies energies{model, loops};
//     if (auto energy = energies.find(0, shares.cut[0], path, order)) sum += *energy;
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "cost/estimators.hpp"
#include "mapper/orders/loop_allocation.hpp"

namespace plumbline::detail {

/// Not to be shared by threads.
class OperandEnergies {
public:
    /// All must outlive it.
    OperandEnergies(const CostModel& model, const LoopLattice& loops);

    /// Picojoules of all memories; nothing while they depend on loops that are not known yet.
    /// \param cut of all levels, as LoopCut::cut \param order loops of the path; behind them, others may be put there
    std::optional<double> find(std::size_t operand, const std::array<LoopCount, kMaxArrayLevels>& cut,
                               const LoopPath& path, std::vector<TemporalLoop>& order);

private:
    /// Of all that an energy depends on.
    using Key = std::vector<LoopState>;
    struct Hash {
        std::size_t operator()(const Key& key) const
        {
            std::uint64_t hash = 0;
            for (LoopState state : key) hash = (hash ^ state) * 0x9E3779B97F4A7C15U;
            return static_cast<std::size_t>(hash ^ (hash >> 32));
        }
    };

    bool add_link(std::size_t operand, std::size_t position, const LoopPath& path,
                  const std::vector<TemporalLoop>& order);

    void complete(std::vector<TemporalLoop>& order, const LoopPath& path) const;

    const CostModel& model_;
    const LoopLattice& loops_;
    std::array<PerLoopDim<bool>, kMaxOperands> irrelevant_{};
    std::array<std::unordered_map<Key, double, Hash>, kMaxOperands> known_;
    Key key_;  // of the last search
};

}  // namespace plumbline::detail
