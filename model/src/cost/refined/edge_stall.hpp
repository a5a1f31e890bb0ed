// SPDX-License-Identifier: Apache-2.0
// How long does a transfer stall on average, where blocks at the edges of a tile are smaller than others?
//
// A long transfer beside a short run of iterations stalls, and a short one beside a long run makes up for none of it. So this is
// the mean of stalls over all changes of a block, not the stall of mean blocks. model/docs/refined_latency.md derives it.
#pragma once

#include "cost/refined/block_transfers.hpp"

namespace plumbline::detail::refined {

/// Of a mapped layer under one order of its loops.
class EdgeStalls {
public:
    /// \param iteration cycles of one on average. \pre all but the last outlive it
    EdgeStalls(const Model& model, const LoopCuts& cuts, const BlockLinks& links, double iteration);

    /// Of a transfer that takes so much `longer` than the iterations that hide it if all blocks are average; at least 0.
    double mean(const BlockTransfer& transfer, double longer);

private:
    /// How much longer than on average a transfer takes, compared with the iterations that hide it.
    struct Case {
        double longer;
        double share;  ///< of all changes
    };
    /// Few: sizes of blocks are.
    struct Cases {
        std::array<Case, 32> each;  // not initialised
        std::size_t count;

        void add(const Case& more);
    };

    const Cases& cases_of(const BlockTransfer& transfer, double iterations);
    void add_cases(Cases& cases, const BlockTransfer& transfer, double iterations) const;
    void add_padded_cases(Cases& cases, const BlockTransfer& transfer, double iterations) const;

    const Model& model_;
    const LoopCuts& cuts_;
    const BlockLinks& links_;
    double iteration_;
    double least_;  ///< of an iteration
    double most_;
    static constexpr std::size_t kKinds = 3;  ///< fill, drain of partial sums, of final ones
    std::array<std::array<bool, kKinds>, kMaxOperands * kMaxLevels> known_{};
    std::array<std::array<Cases, kKinds>, kMaxOperands * kMaxLevels> cases_;  // not initialised
};

}  // namespace plumbline::detail::refined
