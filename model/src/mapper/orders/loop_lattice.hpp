// SPDX-License-Identifier: Apache-2.0
// Which loops can stand below a point of some order, and which may come next?
//
// What lies below a point decides what the memories there hold, not the order in which it lies. So a search goes through
// states, the multisets of loops placed so far, which are far fewer than orders: a lattice between no loop and all of them.
// Loops that a rule has put into an order make a chain before it, and one behind it. States are numbered such that a step
// leads to a higher number.
//
//     LoopLattice lattice{loop_order(rule.ordering, sizes, 0)};
//     for (const LoopStep& step : lattice.steps_from(lattice.begin())) lattice.below(step.to);
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "mapper/orders/loop_order.hpp"

namespace plumbline::detail {

using LoopState = std::uint32_t;

/// The next loop, and the state that it leads to.
struct LoopStep {
    LoopState to = 0;
    TemporalLoop loop;
};

/// All steps from one state.
struct LoopSteps {
    const LoopStep* first = nullptr;
    const LoopStep* last = nullptr;
    const LoopStep* begin() const { return first; }
    const LoopStep* end() const { return last; }
};

class LoopLattice {
public:
    /// \pre size_of(order) is not too large to hold
    explicit LoopLattice(const LoopOrder& order);
    /// How many states it has, at most `limit` + 1.
    static std::size_t size_of(const LoopOrder& order, std::size_t limit);

    std::size_t size() const { return below_.size(); }
    LoopState begin() const { return 0; }
    LoopState end() const { return static_cast<LoopState>(size() - 1); }
    /// Iterations along each dimension of the loops in a state.
    const LoopSizes& below(LoopState state) const { return below_[state]; }
    /// And of all loops.
    const LoopSizes& all() const { return below_.back(); }
    LoopSteps steps_from(LoopState state) const
    {
        return {steps_.data() + first_step_[state], steps_.data() + first_step_[state + 1]};
    }

private:
    void add_state(const LoopSizes& below);
    void add_step(std::size_t to, const TemporalLoop& loop);
    void add_chain(const TemporalLoop* begin, const TemporalLoop* end);
    void add_free(const std::vector<TemporalLoop>& sorted);

    std::vector<LoopSizes> below_;
    std::vector<LoopStep> steps_;
    std::vector<std::size_t> first_step_;  // one more than states once it is built
};

}  // namespace plumbline::detail
