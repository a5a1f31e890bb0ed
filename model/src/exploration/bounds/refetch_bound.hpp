// SPDX-License-Identifier: Apache-2.0
// How often do weights and sums go to and fro at least between the lowest two memories?
//
// Each dimension of a convolution's loops indexes its weights, its outputs or both. So where the loops next to the MACs keep
// weights in place, they go through outputs, and the other way round. Let the lowest memory hold `w` weights and `s` sums for
// each of its lanes. Of the loops below those that change its weights, those without index in the weights index outputs, and
// the like of sums. Whichever changes first in the order of loops, either weights stay for at most `s` iterations or sums for
// at most `w`.
#pragma once

#include <cstdint>

#include "exploration/bounds/passage.hpp"
#include "planning/geometry/stack_graph.hpp"

namespace plumbline::detail {

class RefetchFloor {
public:
    /// Of a layer without weights.
    RefetchFloor() = default;
    /// \pre the node is a layer
    RefetchFloor(const Passage& passage, const StackNode& node);

    /// Of a tile with so many pixels of the output, beyond weights that come once, and outputs that leave once.
    Picojoules of(double pixels) const;

private:
    /// Weights or sums, for each pixel of the output.
    struct Moved {
        double once = 0;        ///< elements, if none came twice; of weights for all pixels together
        double most = 0;        ///< elements, if each iteration moved those of its lanes
        double iterations = 1;  ///< for which an element may be used, of weights for each pixel
        double held = 1;        ///< elements for a lane at once
        Picojoules element{};   ///< to move one
    };

    static double held_by_lane(const Passage& passage, MemoryOperand operand, Bits element);

    Moved weights_;
    Moved sums_;
    bool applies_ = false;
};

}  // namespace plumbline::detail
