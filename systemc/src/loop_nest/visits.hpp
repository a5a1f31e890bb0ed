// SPDX-License-Identifier: Apache-2.0
// When the block that a memory level holds of an operand changes.
//
// A visit is a run of iterations that all use one block. It ends when a loop outside the level advances that the
// operand depends on; other loops outside let the block stay (it is stationary). Visits are equally long. Inside a
// visit, a pass is one walk through the block: what is passed over in the last pass is not needed any more.
//
// A block of outputs may be visited several times, once per round of the reduction loops outside.
#pragma once

#include "loop_nest/iteration_space.hpp"
#include "loop_nest/operand_view.hpp"

namespace plumbline::sim {

class Visits {
public:
    /// Of the blocks at `position` in the sequence of loops. Both must outlive this.
    Visits(const IterationSpace& space, const OperandView& view, std::size_t position);

    std::int64_t iterations() const { return iterations_; }  ///< of one visit
    std::int64_t count() const { return space_->iterations() / iterations_; }
    std::int64_t pass() const { return pass_; }  ///< iterations of one pass; divides those of a visit

    LoopSizes steps(std::int64_t visit) const { return space_->at(visit * iterations_); }
    /// Whether the visit needs other data than the one before; the first one does.
    bool changes(std::int64_t visit) const;
    /// Of an output: no earlier visit accumulated into this block.
    bool begins(std::int64_t visit) const;
    /// Of an output: no later visit will.
    bool completes(std::int64_t visit) const;
    /// Of outputs: whether some block is visited more than once.
    bool returns() const;

private:
    bool same_block(const LoopSizes& a, const LoopSizes& b) const;
    bool same_features(const SlidingAxis& axis, const LoopSizes& a, const LoopSizes& b) const;
    std::int64_t block(LoopDim dim, const LoopSizes& steps) const;
    std::int64_t extent(LoopDim dim, const LoopSizes& steps) const;

    const IterationSpace* space_;
    const OperandView* view_;
    std::size_t position_;
    std::size_t advance_;  ///< position of the loop that ends a visit
    std::int64_t iterations_;
    std::int64_t pass_ = 1;
};

}  // namespace plumbline::sim
