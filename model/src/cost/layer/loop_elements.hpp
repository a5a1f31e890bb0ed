// SPDX-License-Identifier: Apache-2.0
// Elements of an operand that loops need, as loops are added one by one; their sizes may be fractions.
//
// Padding is not there: as in ZigZag v3, no block has more features along an axis than the tile has between the edges.
// Nothing is rounded here but what ZigZag truncates: reuse.hpp makes whole elements of it, unrounded_accesses.hpp does not.
//
//     LoopElements block{facts};
//     block.add(LoopDim::ox, 3.9);
//     block.add(LoopDim::fx, 3);
//     block.elements(Spans::exact);  // 5.9; truncated: 5
#pragma once

#include <algorithm>

#include "cost/layer/layer_facts.hpp"

namespace plumbline::detail {

/// Features along a sliding axis that a fractional number of positions needs.
enum class Spans : std::uint8_t { truncated, exact };

class LoopElements {
public:
    explicit LoopElements(const OperandFacts& facts) : facts_{facts} {}

    void add(LoopDim dim, double size)
    {
        sizes_[dim] *= size;
        if (facts_.relevant(dim)) relevant_ *= size;
    }

    double elements(Spans spans) const
    {
        const auto span = spans == Spans::exact ? exact_span : truncated_span;
        double product = relevant_;
        for (std::size_t i = 0; i < facts_.operand->sliding.size(); ++i) {
            const SlidingAxis& axis = facts_.operand->sliding[i];
            const double all = span(axis, sizes_[axis.position], sizes_[axis.window]);
            product *= facts_.padding.empty() ? all : std::min(all, static_cast<double>(facts_.between_edges[i]));
        }
        return product;
    }

private:
    static double exact_span(const SlidingAxis& axis, double positions, double window);

    const OperandFacts& facts_;
    PerLoopDim<double> sizes_ = PerLoopDim<double>::filled(1);
    double relevant_ = 1;
};

}  // namespace plumbline::detail
