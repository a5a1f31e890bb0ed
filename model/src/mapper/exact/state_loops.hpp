// SPDX-License-Identifier: Apache-2.0
// An order of all loops that has those of a state below the cuts of an operand, and the others outside.
//
// What crosses a link depends on the state at which it is cut, so one order stands for all.
//
//     model.moved(operand, StateLoops{facts, loops.below(state), loops.all()}.cut);
#pragma once

#include <array>

#include "cost/layer/layer_facts.hpp"
#include "cost/layer/loop_cuts.hpp"

namespace plumbline::detail {

/// All loops, one for each dimension below a state and one outside of it, where a loop that changes the operand's blocks comes
/// first: energies depend on the iterations of a dimension, not on the factors that they are split into.
struct StateLoops {
    std::array<TemporalLoop, 2 * kLoopDims> loop;
    LoopCut cut;

    /// Cuts all links of an operand at a state. \param below its iterations \param all of the layer
    StateLoops(const OperandFacts& facts, const LoopSizes& below, const LoopSizes& all)
    {
        for (LoopDim dim : kAllLoopDims) add(dim, below[dim]);
        cut.cut.fill(cut.count);
        cut.cut[0] = 0;
        for (bool irrelevant : {false, true})
            for (LoopDim dim : kAllLoopDims)
                if (facts.irrelevant(dim) == irrelevant) add(dim, all[dim] / below[dim]);
        cut.cut[facts.levels] = cut.count;
        cut.loops = loop.data();
    }
    StateLoops(const StateLoops&) = delete;
    StateLoops& operator=(const StateLoops&) = delete;

private:
    void add(LoopDim dim, std::int64_t size)
    {
        if (size > 1) loop[cut.count++] = {dim, size};
    }
};

}  // namespace plumbline::detail
